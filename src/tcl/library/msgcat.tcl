# Message catalogs. `clock` reads Loclist and Msgs (clock-locale.ts). Answers to msgcat.n.

package provide msgcat 1.6.1

namespace eval ::msgcat {
  namespace export mc mcexists mcflmset mcflset mcforgetpackage mcload mcloadedlocales mclocale mcmax mcmset mcpackageconfig mcpackagelocale mcpreferences mcset mcunknown

  # Locales by preference, and those for which files were looked for.
  variable Loclist {}
  variable LoadedLocales {}
  # Of a package, by option and namespace; `loclist` and `loadedlocales` where it has a locale of its own.
  variable PackageConfig {mcfolder {} loadcmd {} changecmd {} unknowncmd {} loadedlocales {} loclist {}}
  # Translations, by namespace, locale and source.
  variable Msgs {}
  # FileLocale is the locale of the file that is being read.
}

# ---- Looking up

proc ::msgcat::mc {src args} {
  variable Msgs
  set ns [uplevel 1 {::namespace current}]
  set locales [PackagePreferences $ns]
  for {set at $ns} {$at ne ""} {set at [namespace parent $at]} {
    foreach locale $locales {
      if {[dict exists $Msgs $at $locale $src]} {
        return [DefaultUnknown "" [dict get $Msgs $at $locale $src] {*}$args]
      }
    }
  }
  set words [list [lindex $locales 0] $src {*}$args]
  switch -- [Invoke unknowncmd $words $ns result 1] {
    0 {return [uplevel 1 [list [namespace origin mcunknown] {*}$words]]}
    1 {return [DefaultUnknown {*}$words]}
    default {return $result}
  }
}

proc ::msgcat::mcexists args {
  variable Msgs
  set ns [uplevel 1 {::namespace current}]
  set locales [PackagePreferences $ns]
  set exact 0
  while {[llength $args] != 1} {
    set args [lassign $args option]
    switch -glob -- $option {
      -exactnamespace {set exact 1}
      -exactlocale {set locales [lrange $locales 0 0]}
      -* {return -code error "unknown option \"$option\""}
      default {
        return -code error "wrong # args: should be \"[lindex [info level 0] 0] ?-exactnamespace? ?-exactlocale? src\""
      }
    }
  }
  for {} {$ns ne ""} {set ns [namespace parent $ns]} {
    foreach locale $locales {
      if {[dict exists $Msgs $ns $locale [lindex $args 0]]} {return 1}
    }
    if {$exact} {return 0}
  }
  return 0
}

proc ::msgcat::mcunknown args {
  return [uplevel 1 [list [namespace origin DefaultUnknown] {*}$args]]
}

proc ::msgcat::DefaultUnknown {locale src args} {
  if {[llength $args]} {return [format $src {*}$args]}
  return $src
}

proc ::msgcat::mcmax args {
  set max 0
  foreach text $args {
    set max [expr {max($max, [string length [uplevel 1 [list [namespace origin mc] $text]]])}]
  }
  return $max
}

# ---- Setting

proc ::msgcat::mcset {locale src {dest ""}} {
  variable Msgs
  if {[llength [info level 0]] == 3} {set dest $src}
  dict set Msgs [uplevel 1 {::namespace current}] [string tolower $locale] $src $dest
  return $dest
}

proc ::msgcat::mcmset {locale pairs} {
  variable Msgs
  set length [llength $pairs]
  if {$length % 2} {
    return -code error "bad translation list: should be \"[lindex [info level 0] 0] locale {src dest ...}\""
  }
  set ns [uplevel 1 {::namespace current}]
  set locale [string tolower $locale]
  foreach {src dest} $pairs {dict set Msgs $ns $locale $src $dest}
  expr {$length / 2}
}

proc ::msgcat::CheckInFile {} {
  variable FileLocale
  if {![info exists FileLocale]} {
    return -level 2 -code error "must only be used inside a message catalog loaded with ::msgcat::mcload"
  }
}

proc ::msgcat::mcflset {src {dest ""}} {
  variable FileLocale
  CheckInFile
  return [uplevel 1 [list [namespace origin mcset] $FileLocale $src $dest]]
}

proc ::msgcat::mcflmset pairs {
  variable FileLocale
  CheckInFile
  return [uplevel 1 [list [namespace origin mcmset] $FileLocale $pairs]]
}

# ---- Locales

proc ::msgcat::mclocale args {
  variable Loclist
  if {[llength $args] > 1} {
    return -code error "wrong # args: should be \"[lindex [info level 0] 0] ?newLocale?\""
  }
  if {[llength $args]} {
    set locale [string tolower [lindex $args 0]]
    if {$locale ne [file tail $locale]} {
      return -code error "invalid newLocale value \"$locale\": could be path to unsafe code."
    }
    if {[lindex $Loclist 0] ne $locale} {
      set Loclist [GetPreferences $locale]
      LoadAll $Loclist
      Invoke changecmd $Loclist
    }
  }
  lindex $Loclist 0
}

# A locale, what is left of it without its last parts, and the root.
proc ::msgcat::GetPreferences locale {
  set locale [string tolower $locale]
  set all [list $locale]
  while {[set at [string last _ $locale]] >= 0} {
    set locale [string range $locale 0 $at-1]
    if {[string index $locale end] ne "_"} {lappend all $locale}
  }
  if {[lindex $all end] ne ""} {lappend all {}}
  return $all
}

proc ::msgcat::mcpreferences {} {
  variable Loclist
  return $Loclist
}

proc ::msgcat::mcloadedlocales subcommand {
  variable Loclist
  variable LoadedLocales
  variable Msgs
  variable PackageConfig
  switch -- $subcommand {
    loaded {return $LoadedLocales}
    clear {
      set LoadedLocales $Loclist
      foreach ns [dict keys $Msgs] {
        if {![dict exists $PackageConfig loclist $ns]} {Forget $ns $Loclist}
      }
    }
    default {return -code error "unknown subcommand \"$subcommand\": must be clear, or loaded"}
  }
  return
}

# Drops what a namespace has in locales other than those.
proc ::msgcat::Forget {ns locales} {
  variable Msgs
  if {![dict exists $Msgs $ns]} return
  foreach locale [dict keys [dict get $Msgs $ns]] {
    if {$locale ni $locales} {dict unset Msgs $ns $locale}
  }
}

proc ::msgcat::Missing {all known} {
  lmap locale $all {if {$locale in $known} continue; set locale}
}

# ---- Packages

proc ::msgcat::PackageValue {key ns default} {
  variable PackageConfig
  if {[dict exists $PackageConfig $key $ns]} {return [dict get $PackageConfig $key $ns]}
  return $default
}

proc ::msgcat::PackagePreferences ns {
  variable Loclist
  PackageValue loclist $ns $Loclist
}

proc ::msgcat::PackageLocales ns {
  variable LoadedLocales
  PackageValue loadedlocales $ns $LoadedLocales
}

proc ::msgcat::mcpackagelocale {subcommand {locale ""}} {
  variable Loclist
  variable LoadedLocales
  variable PackageConfig
  set given [expr {[llength [info level 0]] > 2}]
  if {$given && $subcommand in {get isset unset preferences loaded clear}} {
    return -code error "wrong # args: should be \"[lrange [info level 0] 0 1]\""
  }
  set locale [string tolower $locale]
  set ns [uplevel 1 {::namespace current}]
  set own [dict exists $PackageConfig loclist $ns]
  switch -- $subcommand {
    get {return [lindex [PackagePreferences $ns] 0]}
    preferences {return [PackagePreferences $ns]}
    loaded {return [PackageLocales $ns]}
    present {return [expr {$locale in [PackageLocales $ns]}]}
    isset {return $own}
    set {
      if {!$own} {
        dict set PackageConfig loclist $ns $Loclist
        dict set PackageConfig loadedlocales $ns $LoadedLocales
      }
      set now [lindex [dict get $PackageConfig loclist $ns] 0]
      if {!$given || $locale eq $now} {return $now}
      set locales [GetPreferences $locale]
      dict set PackageConfig loclist $ns $locales
      set loaded [dict get $PackageConfig loadedlocales $ns]
      if {$locale in $loaded} {return $locale}
      set missing [Missing $locales $loaded]
      dict set PackageConfig loadedlocales $ns [concat $loaded $missing]
      Load $ns $missing
      return $locale
    }
    clear {
      if {!$own} {return -code error "clear only when package locale set"}
      set locales [dict get $PackageConfig loclist $ns]
      dict set PackageConfig loadedlocales $ns $locales
      Forget $ns $locales
    }
    unset {
      if {!$own} return
      set missing [Missing $LoadedLocales [dict get $PackageConfig loadedlocales $ns]]
      dict unset PackageConfig loadedlocales $ns
      dict unset PackageConfig loclist $ns
      Forget $ns $LoadedLocales
      Load $ns $missing
    }
    default {
      return -code error "unknown subcommand \"$subcommand\": must be clear, get, isset, loaded, present, set, or unset"
    }
  }
  return
}

proc ::msgcat::mcforgetpackage {} {
  variable PackageConfig
  variable Msgs
  set ns [uplevel 1 {::namespace current}]
  dict unset Msgs $ns
  foreach key [dict keys $PackageConfig] {dict unset PackageConfig $key $ns}
}

proc ::msgcat::mcpackageconfig {subcommand option {value ""}} {
  variable PackageConfig
  set ns [uplevel 1 {::namespace current}]
  if {$option ni {mcfolder loadcmd changecmd unknowncmd}} {
    return -code error "bad option \"$option\": must be mcfolder, loadcmd, changecmd, or unknowncmd"
  }
  set words [info level 0]
  if {[llength $words] == 4} {
    if {$subcommand in {get isset unset}} {return -code error "wrong # args: should be \"[lrange $words 0 2] value\""}
  } elseif {$subcommand eq "set"} {
    return -code error "wrong # args: should be \"[lrange $words 0 2]\""
  }
  set known [dict exists $PackageConfig $option $ns]
  switch -- $subcommand {
    get {
      if {!$known} {return -code error "package option \"$option\" not set"}
      return [dict get $PackageConfig $option $ns]
    }
    isset {return $known}
    unset {dict unset PackageConfig $option $ns}
    set {
      if {$option eq "mcfolder"} {set value [file normalize $value]}
      if {$known && $value eq [dict get $PackageConfig $option $ns]} {return 0}
      dict set PackageConfig $option $ns $value
      switch -- $option {
        mcfolder {return [Load $ns [PackageLocales $ns]]}
        loadcmd {return [Load $ns [PackageLocales $ns] 1]}
      }
      return 0
    }
    default {return -code error "unknown subcommand \"$subcommand\": must be get, isset, set, or unset"}
  }
  return
}

# ---- Files

proc ::msgcat::mcload langdir {
  return [uplevel 1 [list [namespace origin mcpackageconfig] set mcfolder $langdir]]
}

proc ::msgcat::LoadAll locales {
  variable PackageConfig
  variable LoadedLocales
  set locales [Missing $locales $LoadedLocales]
  if {![llength $locales]} return
  lappend LoadedLocales {*}$locales
  set packages [concat [dict keys [dict get $PackageConfig loadcmd]] [dict keys [dict get $PackageConfig mcfolder]]]
  foreach ns [lsort -unique $packages] {
    if {![dict exists $PackageConfig loclist $ns]} {Load $ns $locales}
  }
  return $locales
}

# Tells the package of locales that are wanted, and reads their files; how many there were.
proc ::msgcat::Load {ns locales {callbackonly 0}} {
  variable FileLocale
  variable PackageConfig
  if {![llength $locales]} {return 0}
  Invoke loadcmd $locales $ns
  if {$callbackonly || ![dict exists $PackageConfig mcfolder $ns]} {return 0}
  set folder [dict get $PackageConfig mcfolder $ns]
  if {[info exists FileLocale]} {set outer $FileLocale}
  set count 0
  foreach locale $locales {
    set file [file join $folder [expr {$locale eq "" ? "ROOT" : $locale}].msg]
    if {![file exists $file]} continue
    incr count
    set FileLocale [string tolower [file tail [file rootname $file]]]
    if {$FileLocale eq "root"} {set FileLocale ""}
    namespace inscope $ns [list ::source -encoding utf-8 $file]
    unset FileLocale
  }
  if {[info exists outer]} {set FileLocale $outer}
  return $count
}

# Calls what packages, or one, have given for an event. 0: nothing; 1: an empty command; 2: called; 3: it failed.
proc ::msgcat::Invoke {index arglist {ns ""} {resultname ""} {failerror 0}} {
  variable PackageConfig
  if {$resultname ne ""} {upvar 1 $resultname result}
  set packages [expr {$ns eq "" ? [dict keys [dict get $PackageConfig $index]] : [list $ns]}]
  set done 0
  foreach ns $packages {
    if {![dict exists $PackageConfig $index $ns] || ![namespace exists $ns]} continue
    set cmd [dict get $PackageConfig $index $ns]
    if {$cmd eq ""} {
      set done [expr {max($done, 1)}]
    } elseif {$failerror} {
      set result [namespace inscope $ns $cmd {*}$arglist]
      set done 2
    } elseif {[catch {namespace inscope $ns $cmd {*}$arglist} result options] == 1} {
      after idle [concat [::interp bgerror ""] [list $result $options]]
      set done 3
    } else {
      set done [expr {max($done, 2)}]
    }
  }
  return $done
}

# ---- The locale to begin with

proc ::msgcat::ConvertLocale value {
  if {![regexp {^([^_.@]+)(?:_([^.@]*))?(?:[.][^@]*)?(?:@(.*))?$} $value -> language territory modifier]} {
    return -code error "invalid locale '$value': empty language part"
  }
  join [lmap part [list $language $territory $modifier] {if {$part eq ""} continue; set part}] _
}

apply {{} {
  foreach name {LC_ALL LC_MESSAGES LANG} {
    if {[info exists ::env($name)] && $::env($name) ne "" && ![catch {mclocale [ConvertLocale $::env($name)]}]} return
  }
  mclocale C
} ::msgcat}
