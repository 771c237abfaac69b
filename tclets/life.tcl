# Conway's Life on a torus. Click or drag to set cells.
set size 32
set cell 10
set running 1
array set alive {}
canvas .c -width [expr {$size * $cell}] -height [expr {$size * $cell}] -background #10141a -highlightthickness 0
frame .b
button .b.run -text Stop -width 6 -command toggle
button .b.step -text Step -command step
button .b.clear -text Clear -command {array unset alive; redraw}
button .b.seed -text Seed -command seed
label .b.n -width 12 -anchor e
pack .c
pack .b -fill x
pack .b.run .b.step .b.clear .b.seed -side left
pack .b.n -side right

for {set y 0} {$y < $size} {incr y} {
    for {set x 0} {$x < $size} {incr x} {
        set x1 [expr {$x * $cell}]
        set y1 [expr {$y * $cell}]
        set item($x,$y) [.c create rectangle $x1 $y1 [expr {$x1 + $cell - 1}] [expr {$y1 + $cell - 1}] -outline {} -fill #10141a]
    }
}
proc redraw {} {
    global item alive shown
    foreach at [array names item] {
        set color [expr {[info exists alive($at)] ? "#8ff0a4" : "#10141a"}]
        if {![info exists shown($at)] || $shown($at) ne $color} {
            .c itemconfigure $item($at) -fill $color
            set shown($at) $color
        }
    }
    .b.n configure -text "[array size alive] alive"
}
proc step {} {
    global alive size
    array set count {}
    foreach at [array names alive] {
        lassign [split $at ,] x y
        foreach dx {-1 0 1} {
            foreach dy {-1 0 1} {
                if {$dx || $dy} { incr count([expr {($x + $dx) % $size}],[expr {($y + $dy) % $size}]) }
            }
        }
    }
    set next {}
    foreach {at n} [array get count] {
        if {$n == 3 || ($n == 2 && [info exists alive($at)])} { lappend next $at 1 }
    }
    array unset alive
    array set alive $next
    redraw
}
proc seed {} {
    global alive size
    array unset alive
    for {set i 0} {$i < $size * $size / 4} {incr i} {
        set alive([expr {int(rand() * $size)}],[expr {int(rand() * $size)}]) 1
    }
    redraw
}
proc toggle {} {
    global running
    set running [expr {!$running}]
    .b.run configure -text [expr {$running ? "Stop" : "Run"}]
}
proc loop {} {
    if {$::running} step
    after 120 loop
}
proc touch {x y} {
    global alive cell size
    set at [expr {$x / $cell}],[expr {$y / $cell}]
    if {$x < 0 || $y < 0 || $x >= $cell * $size || $y >= $cell * $size} return
    set alive($at) 1
    redraw
}
bind .c <ButtonPress-1> { touch %x %y }
bind .c <B1-Motion> { touch %x %y }
seed
loop
