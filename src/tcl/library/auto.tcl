# What is auto-loaded: the search for packages, and parray. Answers to library.n, package.n and auto.tcl, package.tcl, parray.tcl.

proc ::auto_reset {} {
  global auto_index
  foreach name [array names auto_index] {
    if {[info procs ::$name] ne "" && ![string match auto_* $name] && $name ni {unknown pkg_mkIndex tclPkgSetup tcl_findLibrary tclPkgUnknown}} {
      rename $name {}
    }
  }
  unset -nocomplain auto_index ::auto_oldpath
}

proc ::parray {a {pattern *}} {
  upvar 1 $a array
  if {![array exists array]} {return -code error "\"$a\" isn't an array"}
  set widest 0
  set names [lsort [array names array $pattern]]
  foreach name $names {set widest [expr {max($widest, [string length $name])}]}
  incr widest [expr {[string length $a] + 2}]
  foreach name $names {puts stdout [format "%-*s = %s" $widest ${a}($name) $array($name)]}
}

proc ::tclPkgSetup {dir pkg version files} {
  global auto_index
  package provide $pkg $version
  foreach file $files {
    lassign $file name type commands
    foreach cmd $commands {
      set auto_index($cmd) [list [expr {$type eq "load" ? "load" : "source"}] [file join $dir $name]]
      if {$type eq "load"} {lappend auto_index($cmd) $pkg}
    }
  }
}

proc ::tclPkgUnknown {name args} {
  global auto_path
  if {![info exists auto_path]} return
  set seen {}
  # Index files may add to the path.
  while 1 {
    set rest [lmap dir [lreverse $auto_path] {if {[dict exists $seen $dir]} continue; set dir}]
    if {![llength $rest]} return
    foreach dir $rest {
      dict set seen $dir 1
      set files [glob -directory $dir -join -nocomplain * pkgIndex.tcl]
      lappend files [file join $dir pkgIndex.tcl]
      foreach file $files {
        if {![interp issafe] && ![file readable $file]} continue
        ::tcl::SourceIndex [file dirname $file] $file
      }
    }
  }
}

proc ::tcl::SourceIndex {dir file} {
  if {[catch {uplevel #0 [list apply {{dir file} {source $file}} $dir $file]} message options]} {
    if {[lrange [dict get $options -errorcode] 0 1] eq {POSIX EACCES} || [interp issafe]} return
    tclLog "error reading package index file $file: $message"
  }
}
