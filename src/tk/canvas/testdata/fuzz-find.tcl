set seed 777
proc rnd n {global seed; set seed [expr {($seed*1103515245+12345) & 0x7fffffff}]; expr {($seed>>8) % $n}}
proc xy {} {list [expr {[rnd 2000]/10.0-20}] [expr {[rnd 2000]/10.0-20}]}
proc pick args {lindex $args [rnd [llength $args]]}
proc pts n {set l {}; while {[incr n -1]>=0} {lappend l {*}[xy]}; set l}
canvas .c
set out {}
for {set k 0} {$k<20} {incr k} {
.c delete all
for {set i 0} {$i<12} {incr i} {
  switch [pick rect oval line line polygon polygon arc arc] {
    rect {set s [list rectangle {*}[pts 2] -width [pick 0 1 2 3.5 7] -fill [pick {} red] -outline [pick {} black]]}
    oval {set s [list oval {*}[pts 2] -width [pick 0 1 2 3.5 7] -fill [pick {} red] -outline [pick {} black]]}
    line {set s [list line {*}[pts [expr {2+[rnd 4]}]] -width [pick 0 1 2 3.5 7] -arrow [pick none first last both none] -joinstyle [pick miter bevel round] -capstyle [pick butt projecting round] -smooth [pick 0 0 1 raw] -splinesteps [pick 1 5 12]]}
    polygon {set s [list polygon {*}[pts [expr {1+[rnd 6]}]] -width [pick 0 1 2 3.5 7] -outline [pick {} black] -fill [pick {} red] -joinstyle [pick miter bevel round] -smooth [pick 0 0 1 raw]]}
    arc {set s [list arc {*}[pts 2] -width [pick 0 1 2 3.5 7] -start [rnd 720] -extent [expr {[rnd 900]-450}] -style [pick pieslice chord arc] -outline [pick {} black] -fill [pick {} red]]}
  }
  set st [pick {} normal disabled hidden normal normal normal]
  .c create {*}$s -state $st
}
for {set j 0} {$j<12} {incr j} {
  lassign [xy] x y
  lassign [xy] a b
  set start [lindex [.c find all] [rnd 12]]
  set h [rnd 20]
  set r "$k.$j "
  append r [.c find overlapping $x $y $a $b] | [.c find enclosed $x $y $a $b] |
  append r [.c find closest $x $y] | [.c find closest $x $y $h] |
  append r [.c find overlapping $x $y [expr {$x+2}] [expr {$y+2}]] | [.c find closest $a $b 3 $start]
  append r " start $start h $h"
  lappend out $r
}
}
join $out \n
