# Paint: drag to draw, the buttons choose colour and width.
set color #1a5fb4
set width 4
frame .bar
canvas .c -background white -relief sunken -borderwidth 2 -highlightthickness 0
pack .bar -side bottom -fill x
pack .c -fill both -expand 1

foreach c {#000000 #c01c28 #e5a50a #26a269 #1a5fb4 #813d9c} {
    set b .bar.c[incr n]
    button $b -background $c -activebackground $c -width 1 -command [list set color $c]
    pack $b -side left -padx 1 -pady 2
}
scale .bar.w -from 1 -to 20 -orient horizontal -variable width -length 80 -showvalue 1
button .bar.clear -text Clear -command {.c delete all}
button .bar.undo -text Undo -command undo
pack .bar.clear .bar.undo -side right -padx 2
pack .bar.w -side left -padx 6

set strokes {}
bind .c <ButtonPress-1> {
    set line [.c create line %x %y %x %y -fill $color -width $width -capstyle round -joinstyle round]
    lappend strokes $line
}
bind .c <B1-Motion> {
    .c coords $line {*}[.c coords $line] %x %y
}
proc undo {} {
    global strokes
    .c delete [lindex $strokes end]
    set strokes [lrange $strokes 0 end-1]
}
