# What makes index files: auto_mkindex, which notes the procs of scripts, and pkg_mkIndex, which tries packages out. library.n and pkgMkIndex.n.

namespace eval ::auto_mkindex_parser {
  # Commands that make an interpreter ready, as `hook` takes them; the interpreter that runs scripts; the namespaces around what runs, the innermost
  # first; the file and what is noted of it; patterns that it imported by.
  variable initCommands
  variable parser {}
  variable contextStack {}
  variable scriptFile {}
  variable index {}
  variable imports {}
  if {![info exists initCommands]} {set initCommands {}}
}

proc ::auto_mkindex_parser::init {} {
  variable parser
  variable initCommands
  set parser [interp create -safe]
  foreach cmd {eval info namespace proc rename} {interp hide $parser $cmd}
  # All else is gone, but the insides of what stays; what is not there does nothing.
  foreach space [interp invokehidden $parser namespace children ::] {
    if {$space ne "::tcl"} {interp invokehidden $parser namespace delete $space}
  }
  foreach cmd [interp invokehidden $parser info commands ::*] {interp invokehidden $parser rename $cmd {}}
  interp invokehidden $parser proc unknown args {}
  foreach cmd {eval namespace} {interp expose $parser $cmd _%@$cmd}
  interp alias $parser proc {} ::auto_mkindex_parser::note
  interp alias $parser namespace {} ::auto_mkindex_parser::inNamespace
  foreach script $initCommands {eval $script}
}

proc ::auto_mkindex_parser::cleanup {} {
  variable parser
  interp delete $parser
}

# Runs a script, and gives what an index has of it.
proc ::auto_mkindex_parser::mkindex file {
  variable parser
  variable index {}
  variable scriptFile $file
  variable contextStack {}
  variable imports {}
  set f [open $file]
  fconfigure $f -eofchar \x1a
  set script [read $f]
  close $f
  # No variable has a value here: each $ is a NUL until it is found in a name.
  interp eval $parser [string map {\0 {} $ \0} $script]
  foreach pattern $imports {catch {interp eval $parser [list _%@namespace forget $pattern]}}
  return $index
}

# The name of a command as an index has it: a global one's has no colons before it.
proc ::auto_mkindex_parser::fullname name {
  variable contextStack
  foreach space $contextStack {
    if {[string match ::* $name]} break
    set name ${space}::$name
  }
  if {[namespace qualifiers $name] eq ""} {
    set name [namespace tail $name]
  } elseif {![string match ::* $name]} {
    set name ::$name
  }
  return [string map {\0 $} $name]
}

proc ::auto_mkindex_parser::note {name args} {
  variable index
  variable scriptFile
  set element [regsub -all {[\s\\$"{};\[\]]} [fullname $name] {\\&}]
  append index "set auto_index($element) \[list source \[file join \$dir [file split $scriptFile]\]\]\n"
}

proc ::auto_mkindex_parser::inNamespace {what args} {
  variable parser
  variable contextStack
  variable imports
  switch -- $what {
    eval {
      set before $contextStack
      set args [lassign $args name]
      set contextStack [linsert $contextStack 0 $name]
      interp eval $parser [list _%@namespace eval $name] $args
      set contextStack $before
    }
    import {
      foreach pattern $args {
        if {$pattern ne "-force"} {lappend imports $pattern}
      }
      catch {interp eval $parser [list _%@namespace import {*}$args]}
    }
    ensemble {
      if {[lindex $args 0] ne "create"} return
      set name ::[join [lreverse $contextStack] ::]
      catch {set name [dict get [lrange $args 1 end] -command]}
      note $name
    }
  }
}

# For those who note more: a script that makes each interpreter ready, one that is run in it, and a command that notes something when scripts call it.
proc ::auto_mkindex_parser::hook cmd {
  variable initCommands
  lappend initCommands $cmd
}

proc ::auto_mkindex_parser::slavehook cmd {
  hook "interp eval \$::auto_mkindex_parser::parser [list $cmd]"
}

proc ::auto_mkindex_parser::command {name params body} {
  hook [list ::auto_mkindex_parser::commandInit $name $params $body]
}

proc ::auto_mkindex_parser::commandInit {name params body} {
  variable parser
  set own ::auto_mkindex_parser::_%@fake_[string map {:: _} $name]
  proc $own $params $body
  set space [namespace qualifiers $name]
  if {$space ne ""} {interp eval $parser [list _%@namespace eval $space {}]}
  interp alias $parser $name {} $own
}

# Puts the index of files in a folder there. `of` gives what a file adds.
proc ::auto_mkindex_parser::write {dir patterns of} {
  if {[interp issafe]} {error "can't generate index within safe interpreter"}
  set before [pwd]
  if {![llength $patterns]} {set patterns {*.tcl}}
  try {
    cd $dir
    set index "# Tcl autoload index file, version 2.0\n# Made by auto_mkindex: how each command of this folder (\$dir) is loaded.\n\n"
    foreach file [lsort [glob -- {*}$patterns]] {append index [{*}$of $file]}
    set f [open tclIndex w]
    puts -nonewline $f $index
    close $f
  } finally {
    cd $before
  }
}

proc ::auto_mkindex {dir args} {
  auto_mkindex_parser::init
  try {
    auto_mkindex_parser::write $dir $args ::auto_mkindex_parser::mkindex
  } finally {
    auto_mkindex_parser::cleanup
  }
}

# Takes each line that begins with the word proc for one.
proc ::auto_mkindex_old {dir args} {
  auto_mkindex_parser::write $dir $args {apply {file {
    set index {}
    set f [open $file]
    fconfigure $f -eofchar \x1a
    while {[gets $f line] >= 0} {
      if {![regexp {^proc[ \t]+([^ \t]*)} $line -> name]} continue
      append index "set [list auto_index([lindex [auto_qualify $name ::] 0])] \[list source \[file join \$dir [list $file]\]\]\n"
    }
    close $f
    return $index
  }}}
}

namespace eval ::tcl::Pkg {}

# Whether a file has that extension, version numbers behind it or not.
proc ::tcl::Pkg::CompareExtension {file {extension {}}} {
  if {$extension eq ""} {set extension [info sharedlibextension]}
  while {[file extension $file] ne $extension} {
    if {![regexp {^\.\d+$} [file extension $file]]} {return 0}
    set file [file rootname $file]
  }
  return 1
}

proc ::tcl::Pkg::Namespaces {child {in ::}} {
  list $in {*}[concat {*}[lmap inner [interp eval $child [list namespace children $in]] {Namespaces $child $inner}]]
}

proc ::tcl::Pkg::Provided child {
  lmap name [interp eval $child {package names}] {
    set version [interp eval $child [list package provide $name]]
    if {$version eq ""} continue
    list $name $version
  }
}

# What `package` does in an interpreter where a package is tried out: those that it requires are not looked for.
proc ::tcl::Pkg::Asked {child what args} {
  if {$what ne "require"} {interp invokehidden $child package $what {*}$args}
}

# The interpreter that a file is tried out in, with packages that this one has loaded.
proc ::tcl::Pkg::Trial {pattern say} {
  set child [interp create]
  set loaded [info loaded]
  if {$pattern ne ""} {
    if {$say} {tclLog "currently loaded packages: '$loaded'\ntrying to load all packages matching $pattern"}
    if {![llength $loaded]} {tclLog "warning: no packages are currently loaded, nothing\ncan possibly match '$pattern'"}
  }
  foreach one $loaded {
    lassign $one file name
    if {![string match -nocase $pattern $name]} continue
    if {$say} {tclLog "package $name matches '$pattern'"}
    if {[catch {load $file $name $child} message]} {
      set told "warning: load $file $name\nfailed with: $message"
    } else {
      set told "loaded $file $name"
    }
    if {$say} {tclLog $told}
    if {$name eq "Tk"} {catch {interp eval $child {wm withdraw .}}}
  }
  interp hide $child package
  interp alias $child package {} ::tcl::Pkg::Asked $child
  interp eval $child {
    proc unknown args {}
    proc auto_import args {}
  }
  return $child
}

# The global commands that appeared in an interpreter since it had `before`, and those that new namespaces export, which may hide one another.
proc ::tcl::Pkg::NewCommands {child before spaces} {
  set names {}
  foreach space [Namespaces $child] {
    # The first is the global one.
    if {$space ne "::"} {
      if {$space in $spaces} continue
      interp eval $child [list namespace import -force ${space}::*]
    }
    foreach name [interp eval $child {info commands}] {
      if {$name in $before} continue
      lappend names [lindex [auto_qualify [interp eval $child [list namespace origin $name]] ::] 0]
    }
  }
  return [lsort -unique $names]
}

proc ::pkg_mkIndex args {
  set usage "should be\n\"pkg_mkIndex ?-direct? ?-lazy? ?-load pattern? ?-verbose? ?--? dir ?pattern ...?\""
  if {![llength $args]} {return -code error "wrong # args: $usage"}
  set direct 1
  set verbose 0
  set load {}
  set given pkg_mkIndex
  while {[string match -* [lindex $args 0]]} {
    set args [lassign $args flag]
    switch -- $flag {
      -- break
      -verbose {set verbose 1}
      -direct {append given " $flag"}
      -lazy {
        set direct 0
        append given " $flag"
      }
      -load {
        set args [lassign $args load]
        append given " $flag $load"
      }
      default {return -code error "unknown flag $flag: $usage"}
    }
  }
  set patterns [lassign $args dir]
  if {![llength $patterns]} {set patterns [list *.tcl *[info sharedlibextension]]}
  # An error of glob is told as the caller's.
  if {[catch {glob -directory $dir -tails -types {r f} -- {*}$patterns} files options]} {return -options $options $files}
  set found {}
  foreach file $files {
    if {$file eq "pkgIndex.tcl"} continue
    set child [::tcl::Pkg::Trial $load $verbose]
    set how [expr {[::tcl::Pkg::CompareExtension $file] ? "load" : "source"}]
    set doing [expr {$how eq "load" ? "loading" : "sourcing"}]
    try {
      set spaces [::tcl::Pkg::Namespaces $child]
      set packages [::tcl::Pkg::Provided $child]
      set before [interp eval $child {info commands}]
      interp eval $child [list $how [file join $dir $file]]
      set commands [expr {$direct ? "" : [::tcl::Pkg::NewCommands $child $before $spaces]}]
      set new [lmap package [::tcl::Pkg::Provided $child] {if {$package in $packages} continue; set package}]
    } on error message {
      if {$verbose} {tclLog "warning: error while $doing $file: $message"}
    } on ok {} {
      set told [list "successful $doing of $file"]
      if {!$direct} {lappend told "commands provided were $commands"}
      lappend told "packages provided were $new"
      if {$verbose} {tclLog [join $told \n]}
      if {[llength $new] > 1} {tclLog "warning: \"$file\" provides more than one package ($new)"}
      foreach package $new {dict lappend found $package [list $file $how $commands]}
      if {$verbose} {tclLog "processed $file"}
    } finally {
      interp delete $child
    }
  }
  set index "# Tcl package index file, version 1.1\n# Made by \"$given\": how each package of this folder (\$dir) is loaded.\n"
  foreach package [lsort [dict keys $found]] {
    lassign $package name version
    set words [list -name $name -version $version]
    foreach file [lsort -index 0 [dict get $found $package]] {
      lassign $file path how commands
      lappend words -$how [list $path $commands]
    }
    append index "\n[::pkg::create {*}$words]"
  }
  set f [open [file join $dir pkgIndex.tcl] w]
  puts $f $index
  close $f
}

# Looks for the folder of a package's scripts and sources one of them.
proc ::tcl_findLibrary {basename version patch initScript enVarName varName} {
  upvar #0 $varName place
  if {[info exists place] && $place ne ""} {
    set dirs [list $place]
  } else {
    set dirs {}
    if {[info exists ::env($enVarName)]} {lappend dirs $::env($enVarName)}
    catch {lappend dirs [::${basename}::pkgconfig get scriptdir,runtime]}
    foreach dir $::auto_path {lappend dirs [file join $dir $basename$version]}
    set above [file dirname [file dirname [info nameofexecutable]]]
    lappend dirs [file join $above lib $basename$version] [file join [file dirname $above] lib $basename$version] [file join $above library]
  }
  set seen {}
  set errors {}
  # A safe interpreter can try to source a file, but not ask for it.
  set safe [interp issafe]
  foreach dir $dirs {
    set same [expr {$safe ? $dir : [file normalize $dir]}]
    if {$same in $seen} continue
    lappend seen $same
    set place $dir
    set file [file join $dir $initScript]
    if {!$safe && ![file exists $file]} continue
    if {![catch {uplevel #0 [list source $file]} message options]} return
    append errors "$file: $message\n[dict get $options -errorinfo]\n"
  }
  unset -nocomplain place
  error "Can't find a usable $initScript in the following directories: \n    $dirs\n\n$errors\n\nThis probably means that $basename wasn't installed properly.\n"
}
