set out {}
proc mine {} {set r {}; foreach n [lsort [image names]] {if {![string match ::* $n]} {lappend r $n}}; return $r}
canvas .c -width 100 -height 100; pack .c; update
image create photo p -width 10 -height 8
.c create image 50 50 -image p; .c create image 20 20 -image p -anchor nw
lappend out [image inuse p] [.c bbox 1] [.c bbox 2]
p configure -width 20; update; lappend out [.c bbox 1] [.c bbox 2]
p put red -to 30 30; update; lappend out [.c bbox 1]
p configure -width 0; p put red -to 30 30; update; lappend out [.c bbox 1]
image delete p; update; lappend out [mine] [catch {image inuse p} m] $m [.c itemcget 1 -image] [.c bbox 1]
lappend out [catch {.c create image 1 1 -image p} m] $m [catch {.c itemconfigure 2 -image p} m] $m
image create photo p -width 4 -height 4; update; lappend out [mine] [image inuse p] [.c bbox 1] [.c bbox 2]
image create bitmap p; update; lappend out [image type p] [.c bbox 1]
p configure -data "#define a_width 6\n#define a_height 2\nchar { 1, 2"; update; lappend out [.c bbox 1]
image create photo p -width 3; update; lappend out [mine] [.c bbox 1]
rename p q; lappend out [image width p] [q cget -width] [image inuse p]; rename q {}; lappend out [mine]
.c delete 1; .c delete 2; lappend out [mine]; image create photo p; lappend out [image inuse p]
image create bitmap b
foreach n {error gray12 gray25 gray50 gray75 hourglass info questhead question warning nope @foo {}} {lappend out $n [catch {.c bbox [.c create bitmap 50 50 -bitmap $n]} m] [expr {$n eq "@foo" ? "" : $m}]}
destroy .c; lappend out [image inuse b] [mine]
join $out \n
