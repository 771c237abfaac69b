canvas .c -width 200 -height 200
pack .c
set out {}
proc e args {global out; lappend out [catch {uplevel #0 $args} m] $m}
foreach name {error gray12 gray25 gray50 gray75 hourglass info questhead question warning} {
    e .c create bitmap 50 60 -bitmap $name -anchor nw
    e .c bbox [lindex $out end]
}
foreach anchor {n ne e se s sw w nw center} {
    e .c itemconfigure 1 -anchor $anchor
    e .c bbox 1
}
e .c coords 1
e .c coords 1 1 2 3
e .c coords 1 {1 2 3}
e .c coords 1 -3.5 -2.5
e .c bbox 1
e .c scale 1 0 0 10 10
e .c coords 1
e .c move 1 5 5
e .c bbox 1
e .c find closest 0 0
e .c find overlapping -30 -15 -25 -10
e .c find enclosed -100 -100 100 100
e .c create bitmap 1 2 -bitmap nosuch
e .c create bitmap 1 2 -foreground nosuch
e .c create bitmap 1 2
e .c bbox [lindex $out end]
e .c itemconfigure 1 -bitmap {}
e .c bbox 1
e .c itemcget 2 -bitmap
e .c itemconfigure 2 -stipple x
foreach item {1 2} { e .c itemconfigure $item }
e .c create image 10 20
e .c bbox [lindex $out end]
e .c itemconfigure [.c find above 11]
e .c create image 10 20 -image nosuch
e .c create rectangle 1 2 3 4 -stipple nosuch
e .c create rectangle 1 2 3 4 -stipple gray50 -outlinestipple gray25 -activestipple gray12
e .c itemcget 15 -stipple
e .c itemcget [lindex [.c find all] end] -stipple
e .c itemconfigure [lindex [.c find all] end] -stipple {}
e .c itemcget [lindex [.c find all] end] -stipple
join $out \n
