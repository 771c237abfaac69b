# Auto-loading. Evaluated when first one of these commands is called (commands/autoload.ts). Answers to library.n and init.tcl.

proc ::unknown args {
  variable ::tcl::pending
  set name [lindex $args 0]
  if {![info exists ::auto_noload]} {
    if {[info exists pending($name)]} {
      return -code error "self-referential recursion in \"unknown\" for command \"$name\""
    }
    set pending($name) 1
    set code [catch {uplevel 1 [list ::auto_load $name [uplevel 1 {::namespace current}]]} found options]
    unset pending($name)
    if {$code} {
      dict append options -errorinfo "\n    (autoloading \"$name\")"
      return -options $options $found
    }
    if {$found} {
      if {[catch {uplevel 1 $args} result options] == 1} {
        # The trace is to say that the command was called, not how it was called from here.
        set info [dict get $options -errorinfo]
        set shown [string range $args 0 149]
        while {[string bytelength $shown] > 150} {set shown [string range $shown 0 end-1]}
        if {$shown ne $args} {append shown ...}
        foreach how {"while executing" "invoked from within"} {
          set trail "\n    $how\n\"$shown\"\n    (\"uplevel\" body line 1)\n    invoked from within\n\"uplevel 1 \$args\""
          set start [expr {[string length $info] - [string length $trail]}]
          if {$start < 0 || [string range $info $start end] ne $trail} continue
          dict set options -errorinfo [string range $info 0 $start-1]
          if {$how eq "while executing"} {dict unset options -errorinfo}
          break
        }
        dict unset options -errorline
      }
      dict incr options -level
      return -options $options $result
    }
  }
  return -code error -errorcode [list TCL LOOKUP COMMAND $name] "invalid command name \"$name\""
}

proc ::auto_load {cmd {namespace {}}} {
  global auto_index
  if {$namespace eq ""} {set namespace [uplevel 1 {::namespace current}]}
  set names [list {*}[auto_qualify $cmd $namespace] $cmd]
  foreach again {1 0} {
    foreach name $names {
      if {![info exists auto_index($name)]} continue
      namespace inscope :: $auto_index($name)
      if {[namespace which -command $name] ne ""} {return 1}
    }
    if {$again && (![info exists ::auto_path] || ![auto_load_index])} {return 0}
  }
  return 0
}

proc ::auto_load_index {} {
  global auto_index auto_path
  if {[info exists ::auto_oldpath] && $::auto_oldpath eq $auto_path} {return 0}
  set ::auto_oldpath $auto_path
  foreach dir [lreverse $auto_path] {
    set index $dir/tclIndex
    if {[interp issafe]} {
      catch {source $index}
      continue
    }
    if {[catch {set f [open $index]}]} continue
    try {
      fconfigure $f -eofchar \x1a
      set head [gets $f]
      if {$head eq "# Tcl autoload index file, version 2.0"} {
        eval [read $f]
      } elseif {[string match "# Tcl autoload index file: each line identifies a Tcl*" $head]} {
        foreach line [split [read $f] \n] {
          if {[string match #* $line] || [llength $line] != 2} continue
          set auto_index([lindex $line 0]) [list source [file join $dir [lindex $line 1]]]
        }
      } else {
        error "$index isn't a proper Tcl index file"
      }
    } finally {
      close $f
    }
  }
  return 1
}

proc ::auto_qualify {cmd namespace} {
  set parts [regsub -all {::+} $cmd :: cmd]
  # Not by expr, to which a name may be a number.
  if {[string match ::* $cmd]} {
    if {$parts == 1} {set cmd [string range $cmd 2 end]}
    return [list $cmd]
  }
  set outer $cmd
  if {$parts} {set outer ::$cmd}
  if {$namespace eq "::"} {return [list $outer]}
  list ${namespace}::$cmd $outer
}

proc ::auto_import pattern {
  global auto_index
  if {![string match *::* $pattern]} return
  set patterns [auto_qualify $pattern [uplevel 1 {::namespace current}]]
  auto_load_index
  foreach pattern $patterns {
    foreach name [array names auto_index $pattern] {
      if {[namespace which -command $name] eq "" && [namespace qualifiers $pattern] eq [namespace qualifiers $name]} {
        namespace inscope :: $auto_index($name)
      }
    }
  }
}

proc ::auto_execok name {
  variable ::auto_execs
  if {[info exists auto_execs($name)]} {return $auto_execs($name)}
  set auto_execs($name) {}
  # A name with a slash is where it says, and no other is where there is no path to look along.
  set dirs {}
  if {[llength [file split $name]] > 1} {
    set dirs {{}}
  } elseif {[info exists ::env(PATH)]} {
    set dirs [lmap dir [split $::env(PATH) :] {if {$dir eq ""} {string cat .} else {set dir}}]
  }
  foreach dir $dirs {
    set file [file join $dir $name]
    if {[file executable $file] && ![file isdirectory $file]} {return [set auto_execs($name) [list $file]]}
  }
  return {}
}

proc ::tclLog string {
  catch {puts stderr $string}
}
