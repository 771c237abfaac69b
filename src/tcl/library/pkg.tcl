# `pkg::create`: the command of a package index for a package that is made of files. Answers to packagens.n and package.tcl.

namespace eval ::pkg {}

proc ::pkg::create args {
  set usage "should be \"::tcl::Pkg::Create -name packageName -version packageVersion?-load {filename ?{procs}?}? ... ?-source {filename ?{procs}?}? ...\""
  if {[llength $args] < 6} {return -code error "wrong # args: $usage"}
  set given {-name {} -version {} -load {} -source {}}
  foreach {option value} $args {
    if {![dict exists $given $option]} {return -code error "unknown option \"$value\": $usage"}
    if {$option eq [lindex $args end] && [llength $args] % 2} {return -code error "value for \"$option\" missing: $usage"}
    dict lappend given $option $value
  }
  foreach option {-name -version} {
    if {[dict get $given $option] eq ""} {return -code error "value for \"$option\" missing: $usage"}
  }
  if {[dict get $given -load] eq "" && [dict get $given -source] eq ""} {
    return -code error "at least one of -load and -source must be given"
  }
  set name [lindex [dict get $given -name] end]
  set version [lindex [dict get $given -version] end]
  set lines {}
  set lazy {}
  foreach how {load source} {
    foreach file [dict get $given -$how] {
      lassign $file path procs
      if {$procs eq ""} {
        lappend lines "\[list $how \[file join \$dir [list $path]\]\]"
      } else {
        lappend lazy [list $path $how $procs]
      }
    }
  }
  if {[llength $lazy]} {lappend lines "\[list tclPkgSetup \$dir $name $version [list $lazy]\]"}
  return "package ifneeded $name $version [join $lines \\n]"
}
