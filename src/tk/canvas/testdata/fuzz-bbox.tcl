set seed 12345
proc rnd n {global seed; set seed [expr {($seed*1103515245+12345) & 0x7fffffff}]; expr {($seed>>8) % $n}}
proc xy {} {list [expr {[rnd 2000]/10.0-20}] [expr {[rnd 2000]/10.0-20}]}
proc pick args {lindex $args [rnd [llength $args]]}
proc pts n {set l {}; while {[incr n -1]>=0} {lappend l {*}[xy]}; set l}
canvas .c
set out {}
for {set i 0} {$i<150} {incr i} {
  switch [pick rect oval line line polygon polygon arc arc] {
    rect {set s [list rectangle {*}[pts 2] -width [pick 0 1 2 3.5 7] -fill [pick {} red] -outline [pick {} black]]}
    oval {set s [list oval {*}[pts 2] -width [pick 0 1 2 3.5 7] -fill [pick {} red] -outline [pick {} black]]}
    line {set s [list line {*}[pts [expr {2+[rnd 4]}]] -width [pick 0 1 2 3.5 7] -arrow [pick none first last both none] -joinstyle [pick miter bevel round] -capstyle [pick butt projecting round] -smooth [pick 0 0 1 raw] -splinesteps [pick 1 5 12]]}
    polygon {set s [list polygon {*}[pts [expr {1+[rnd 6]}]] -width [pick 0 1 2 3.5 7] -outline [pick {} black] -fill [pick {} red] -joinstyle [pick miter bevel round] -smooth [pick 0 0 1 raw]]}
    arc {set s [list arc {*}[pts 2] -width [pick 0 1 2 3.5 7] -start [rnd 720] -extent [expr {[rnd 900]-450}] -style [pick pieslice chord arc] -outline [pick {} black] -fill [pick {} red]]}
  }
  set id [.c create {*}$s]
  lappend out "$s => [.c bbox $id] [.c coords $id]"
}
join $out \n
