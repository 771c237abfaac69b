# Indices of packages and procs: what tclsh8.6 printed in an empty folder is in mkindex.out.
proc put {name text} {file mkdir [file dirname $name]; set f [open $name w]; puts $f $text; close $f}
# What an index says, without its comments.
proc show name {set f [open $name]; foreach line [split [string trim [read $f]] \n] {if {![string match #* $line]} {puts $line}}; close $f}
# What fails must not leave another folder behind, as it does in tclsh.
set home [pwd]
proc try1 args {puts "$args: [catch {uplevel 1 $args} m]:$m:[expr {$m eq "" ? "" : $::errorCode}]"; cd $::home}

put d/a.tcl {
  package provide alpha 1.2
  package require nosuch 9
  namespace eval alpha {namespace export one; proc one {} {}; proc two {} {}}
  proc global {} {}
  proc {a b} {} {}
  undefined $alpha::x
}
put d/b.tcl {package provide beta 1; proc b1 {} {}; beta::gamma 1}
put d/c.tcl {package provide alpha 1.2; proc c1 {} {}; set y 1}
put d/e.tcl {error "not to be read"}
put d/two.tcl {package provide t1 1; package provide t2 2; nosuch}
rename tclLog {}
proc tclLog text {foreach line [split $text \n] {puts "log: $line"}}
pkg_mkIndex -verbose d a.tcl b.tcl c.tcl e.tcl two.tcl
show d/pkgIndex.tcl
pkg_mkIndex -lazy -- d a.tcl c.tcl b.tcl
show d/pkgIndex.tcl
pkg_mkIndex -lazy -verbose d two.tcl
show d/pkgIndex.tcl
pkg_mkIndex d b.tcl {[a].tcl} c.tcl
lappend auto_path [file join [pwd]]
puts [package require alpha],[catch {package require -exact beta 1} m],$m,[info commands c1]
try1 pkg_mkIndex
try1 pkg_mkIndex -foo d
try1 pkg_mkIndex d *.none
try1 pkg_mkIndex nofolder

put i/p.tcl {
  namespace import -force blt::*
  proc normal {} {}
    proc indented {} {}
  if {$undefined} {proc never {} {}}
  namespace eval n {
    proc inside {} {}
    proc ::top {} {}
    namespace eval deep {proc down {} {}; proc ::n::up {} {}}
    namespace ensemble create
    namespace ensemble create -command ::other
  }
  proc n::within {} {}
  proc {with blank} {} {}
  proc a$b {} {}
  proc {[x]} {} {}
  set v "text [undefined] $x"
  makes own
  n::makes ::n::own2
}
put i/sub/q.tcl "proc q {} {}\nproc ::m::r {} {}\n proc s {} {}"
auto_mkindex i
show i/tclIndex
auto_mkindex i sub/*.tcl
show i/tclIndex
auto_mkindex_old i *.tcl sub/q.tcl
show i/tclIndex
auto_mkindex_parser::command makes {name} {variable index; append index "made [fullname $name]\n"}
auto_mkindex_parser::command n::makes {name} {variable index; variable scriptFile; append index "made [fullname $name] in $scriptFile\n"}
auto_mkindex_parser::slavehook {_%@namespace eval ::blt {_%@namespace export foo}}
auto_mkindex i p.tcl
show i/tclIndex
try1 auto_mkindex i none.tcl
try1 auto_mkindex nofolder
try1 auto_mkindex_old i
put j/bad.tcl "proc a {} {}\nproc \{"
try1 auto_mkindex j
put k/auto.tcl "proc later {} {return now}"
auto_mkindex k
lappend auto_path [file join [pwd] k]
puts [later],[auto_load nosuch]
auto_reset
puts [info procs later],[later]

put own/thing1.0/init.tcl {set ::found [info script]}
lappend auto_path [file join [pwd] own]
tcl_findLibrary thing 1.0 1.0.1 init.tcl THING_LIBRARY thing_library
puts [file tail $thing_library],[file tail $found]
set env(THING_LIBRARY) [file join [pwd] j]
unset thing_library
puts [regsub -all {\n.*} [catch {tcl_findLibrary thing 2.0 2.0.1 bad.tcl THING_LIBRARY thing_library} m]:$m {}],[info exists thing_library]
set thing_library [file join [pwd] x nowhere]
puts [string map [list [file join [pwd] x] PWD] [catch {tcl_findLibrary thing 2.0 2.0.1 x.tcl THING_LIBRARY thing_library} m]:$m]
puts [tcl::Pkg::CompareExtension a.so .so],[tcl::Pkg::CompareExtension a.so.1.22 .so],[tcl::Pkg::CompareExtension a.so.x .so],[tcl::Pkg::CompareExtension a .so]
puts [auto_execok nosuchprogram],[auto_execok ./nosuch]
