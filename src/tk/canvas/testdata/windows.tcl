set out {}
proc e args {global out; lappend out [catch {uplevel #0 $args} m] $m; update}
proc g w {global out; lappend out "$w [winfo geometry $w] [winfo ismapped $w] [winfo manager $w]"}
canvas .c -width 200 -height 150
pack .c
frame .c.f -width 30 -height 20
frame .g -width 40 -height 25
frame .c.f.sub
frame .h
canvas .h.c
update
.c create window 50 40 -window .c.f -tags w
.c create window 100 80 -window .g -anchor nw -tags v
update
g .c.f; g .g
e .c bbox w v
e .c itemconfigure w -width 60
g .c.f
e .c move w 20 5
g .c.f
e .c itemconfigure w -anchor se
g .c.f
.c.f configure -width 80 -height 50
update
g .c.f
e .c bbox w
e .c itemconfigure w -state hidden
g .c.f
e .c bbox w
e .c itemconfigure w -state {}
g .c.f
e .c itemconfigure v -state hidden
g .g
e .c itemconfigure v -state normal
g .g
e .c move v 500 0
g .g
e .c move v -500 0
g .g
e .c configure -scrollregion {0 0 500 500}
e .c xview moveto .1
g .c.f; g .g
e .c xview moveto .9
g .c.f; g .g
e .c xview moveto 0
e .c scale w 0 0 2 2
e .c coords w
g .c.f
e .c create window 1 1 -window .c
e .c create window 1 1 -window .
e .c create window 1 1 -window .c.f.sub
e .c create window 1 1 -window .h.c
e .c create window 1 1 -window .nosuch
e .c itemconfigure w -window {}
g .c.f
e .c itemcget w -window
e .c bbox w
e .c itemconfigure w -window .c.f
g .c.f
pack .c.f
update
g .c.f
e .c itemcget w -window
e .c bbox w
e .c itemconfigure w -window .c.f
g .c.f
e destroy .c.f
e .c itemcget w -window
e .c bbox w
e .c find closest 100 80
e .c find closest 110 90
e .c find overlapping 105 85 106 86
e .c find enclosed 0 0 200 200
e .c delete v
g .g
e .c itemconfigure w -window .g
g .g
e pack forget .c
g .g
e pack .c
g .g
e destroy .c
g .g
join $out \n
