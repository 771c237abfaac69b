# The fifteen puzzle: click a piece next to the gap, or use the arrow keys.
frame .f -width 232 -height 232 -relief sunken -borderwidth 2 -background #203040
label .status -text "Put them in order" -font {Helvetica -14}
button .new -text Shuffle -command shuffle
pack .f -padx 2 -pady 2
pack .status -side left -padx 6
pack .new -side right -padx 4

proc show {} {
    global board
    for {set i 0} {$i < 16} {incr i} {
        set n [lindex $board $i]
        if {$n == 0} continue
        place .f.p$n -relx [expr {$i % 4 * 0.25}] -rely [expr {$i / 4 * 0.25}] -relwidth 0.25 -relheight 0.25
    }
}
proc move {to} {
    global board
    set gap [lsearch -exact $board 0]
    if {$to < 0 || $to > 15} { return 0 }
    set dx [expr {abs($to % 4 - $gap % 4)}]
    set dy [expr {abs($to / 4 - $gap / 4)}]
    if {$dx + $dy != 1} { return 0 }
    lset board $gap [lindex $board $to]
    lset board $to 0
    return 1
}
proc play {to} {
    global board moves
    if {![move $to]} return
    incr moves
    show
    .status configure -text [expr {$board eq {1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 0} ? "Done in $moves moves" : "$moves moves"}]
}
proc shuffle {} {
    global board moves
    for {set i 0} {$i < 400} {incr i} {
        set gap [lsearch -exact $board 0]
        move [expr {$gap + [lindex {-1 1 -4 4} [expr {int(rand() * 4)}]]}]
    }
    set moves 0
    show
    .status configure -text "Put them in order"
}
set board {1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 0}
for {set n 1} {$n < 16} {incr n} {
    button .f.p$n -text $n -font {Helvetica -20 bold} -background #e8e2d0 -takefocus 0 \
        -command [list apply {{n} { play [lsearch -exact $::board $n] }} $n]
}
foreach {key offset} {Left 1 Right -1 Up 4 Down -4} {
    bind . <$key> [list apply {{offset} { play [expr {[lsearch -exact $::board 0] + $offset}] }} $offset]
}
shuffle
focus .
