# A function plot. The expression is evaluated with x set, and with nothing else in reach.
set formula {sin($x) * exp(-$x * $x / 20)}
frame .top
label .top.l -text "f(x) ="
entry .top.e -textvariable formula -width 34
button .top.b -text Plot -command plot
canvas .c -width 396 -height 260 -background white -highlightthickness 0
label .message -anchor w
pack .top -fill x
pack .top.l -side left
pack .top.b -side right
pack .top.e -side left -fill x -expand 1
pack .message -side bottom -fill x
pack .c -fill both -expand 1
bind .top.e <Return> plot
bind .c <Configure> plot

proc plot {} {
    global formula
    .c delete all
    set w [winfo width .c]
    set h [winfo height .c]
    if {$w < 10 || $h < 10} return
    set points {}
    set low 1e300
    set high -1e300
    for {set px 0} {$px < $w} {incr px 2} {
        set x [expr {($px - $w / 2.0) * 20.0 / $w}]
        if {[catch {expr $formula} y] || ![string is double -strict $y]} {
            .message configure -text "at x = [format %.2f $x]: $y" -foreground #a00000
            return
        }
        lappend points $px $y
        if {$y < $low} { set low $y }
        if {$y > $high} { set high $y }
    }
    if {$high - $low < 1e-9} { set high [expr {$low + 1}] }
    set k [expr {($h - 20.0) / ($high - $low)}]
    set zero [expr {10 + $high * $k}]
    .c create line 0 $zero $w $zero -fill #888888
    .c create line [expr {$w / 2}] 0 [expr {$w / 2}] $h -fill #888888
    set curve {}
    foreach {px y} $points { lappend curve $px [expr {10 + ($high - $y) * $k}] }
    .c create line $curve -fill #1a5fb4 -width 2
    .message configure -text [format "x from -10 to 10, f from %.3g to %.3g" $low $high] -foreground black
}
