set seed 99
proc rnd n {global seed; set seed [expr {($seed*1103515245+12345) & 0x7fffffff}]; expr {($seed>>8) % $n}}
proc xy {} {list [expr {[rnd 2000]/10.0-20}] [expr {[rnd 2000]/10.0-20}]}
proc pick args {lindex $args [rnd [llength $args]]}
canvas .c
set out {}
for {set i 0} {$i<80} {incr i} {
  .c delete all
  set s [list text {*}[xy] -font {{DejaVu Sans Mono} -12} -text [pick "Hello" "a\nlong line\nb" "tab\tbed" "wrap this long text please" "trail \n" "" "x\n\n"] -anchor [pick n ne e se s sw w nw center] -justify [pick left right center] -width [pick 0 0 40 70] -angle [pick 0 0 0 30 90 200 -45.5 720]]
  set id [.c create {*}$s]
  lassign [xy] x y; lassign [xy] a b
  lappend out "$s => [.c bbox $id] [.c index $id @$x,$y] [.c index $id end] [.c find closest $x $y] [.c find overlapping $x $y $a $b]|[.c find enclosed $x $y $a $b]|[.c find enclosed -500 -500 500 500]|[.c itemcget $id -angle]"
}
join $out \n
