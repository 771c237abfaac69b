# Options of entry: defaults, spelling, sizes asked for.
set out {}
entry .e
foreach o [.e configure] {
    if {[lindex $o 0] ni {-font}} {lappend out $o}
}
lappend out [lindex [.e configure -font] 3] [.e cget -font]
foreach {o v} {
    -bg red -background #123 -bd 3 -borderwidth 1m -cursor {arrow red} -disabledbackground {} -disabledforeground {} -exportselection no
    -fg blue -highlightbackground #abcdef -highlightcolor Red -highlightthickness 4 -insertbackground green -insertborderwidth 1
    -insertofftime 0x10 -insertontime 07 -insertwidth 4 -invalidcommand {a b} -invcmd c -justify r -readonlybackground {} -relief g
    -selectbackground pink -selectborderwidth 2 -selectforeground {} -show * -state read -takefocus {any thing} -textvariable v
    -validate foc -validatecommand x -vcmd y -width 0x10 -xscrollcommand {.s set}
} {
    lappend out "$o $v: [catch {.e configure $o $v} m] $m [.e cget $o]"
}
destroy .e
set f {{DejaVu Sans Mono} -12}
foreach options {
    {} {-width 5} {-width 0} {-width -3} {-width 0 -textvariable long} {-bd 0 -highlightthickness 0} {-bd 5} {-highlightthickness 3}
    {-width 1 -show x} {-highlightthickness -2} {-width 0 -textvariable long -show *} {-font {{DejaVu Sans Mono} -20}} {-width 0 -textvariable tab}
} {
    set long "Hello, world"
    set tab "a\tb"
    entry .e -font $f {*}$options
    lappend out "$options: [winfo reqwidth .e] [winfo reqheight .e]"
    destroy .e
}
join $out \n
