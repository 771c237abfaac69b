# Tcl modules. Evaluated when first one of these commands is called (commands/autoload.ts). Answers to tm.n and tm.tcl.

namespace eval ::tcl::tm {
  # The Safe Base may have set it before.
  variable paths
  if {![info exists paths]} {
    set paths {}
    if {![interp issafe]} {catch {lappend paths [file dirname [info library]]/tcl8/8.6}}
  }
  namespace export path
  namespace ensemble create -command path -subcommands {add remove list}
}

proc ::tcl::tm::add args {
  variable paths
  set all $paths
  foreach path $args {
    if {$path in $all} continue
    set below [lsearch -glob -inline $all ${path}/*]
    if {$below ne ""} {
      return -code error "$path is ancestor of existing module path $below."
    }
    foreach old $all {
      if {[string match ${old}/* $path]} {
        return -code error "$path is subdirectory of existing module path $old."
      }
    }
    set all [linsert $all 0 $path]
  }
  set paths $all
  return
}

proc ::tcl::tm::remove args {
  variable paths
  foreach path $args {
    set at [lsearch -exact $paths $path]
    if {$at >= 0} {set paths [lreplace $paths $at $at]}
  }
}

proc ::tcl::tm::list {} {
  variable paths
  return $paths
}

proc ::tcl::tm::roots paths {
  regexp {^(\d+)\.(\d+)} [package present Tcl] -> major minor
  foreach root $paths {
    for {set n $minor} {$n >= 0} {incr n -1} {path add [file join $root tcl$major/$major.$n]}
    path add [file join $root tcl$major/site-tcl]
  }
}

proc ::tcl::tm::UnknownHandler {original name args} {
  variable paths
  set found 0
  set part [file dirname [string map {:: /} $name]]
  foreach root $paths {
    set dir [expr {$part eq "." ? $root : [file join $root $part]}]
    if {![interp issafe] && ![file exists $dir]} continue
    set depth [llength [file split $root]]
    catch {
      foreach file [glob -nocomplain -directory $dir *.tm] {
        set tail [join [lrange [file split $file] $depth end] ::]
        if {![regexp {^([_[:alpha:]][:_[:alnum:]]*)-([[:digit:]].*)\.tm$} $tail -> package version]} continue
        if {[catch {package vcompare $version 0}]} continue
        # In a safe interpreter the tokens may have changed since.
        if {[package ifneeded $package $version] ne "" && ![interp issafe]} continue
        package ifneeded $package $version "[::list package provide $package $version];[::list source -encoding utf-8 $file]"
        if {$package eq $name && [package vsatisfies $version {*}$args]} {set found 1}
      }
    }
  }
  if {!$found && [llength $original]} {uplevel 1 $original [linsert $args 0 $name]}
}
