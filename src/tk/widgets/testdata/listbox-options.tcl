# Options of listbox: defaults, spelling, sizes asked for.
set out {}
listbox .l
foreach o [.l configure] {
    if {[lindex $o 0] ni {-font}} {lappend out $o}
}
lappend out [lindex [.l configure -font] 3] [.l cget -font]
foreach {o v} {
    -activestyle u -bg red -background #123 -bd 3 -borderwidth 1m -cursor {arrow red} -disabledforeground {} -exportselection no
    -fg blue -height -5 -highlightbackground #abcdef -highlightcolor Red -highlightthickness 4 -highlightthickness -3 -justify c -relief g
    -selectbackground pink -selectborderwidth 2 -selectforeground {} -selectmode weird -setgrid yes -setgrid 0 -state d -takefocus {any thing}
    -width 0x10 -xscrollcommand {.s set} -yscrollcommand {.t set} -listvariable v
} {
    lappend out "$o $v: [catch {.l configure $o $v} m] $m [.l cget $o]"
}
lappend out $v
destroy .l
set f {{DejaVu Sans Mono} -12}
foreach items {{} {a} {short {a much longer line} x}} {
    foreach options {
        {} {-width 5} {-width 0} {-width -3} {-height 0} {-height 3 -width 0} {-bd 0 -highlightthickness 0} {-bd 5} {-highlightthickness 3}
        {-selectborderwidth 2 -height 0 -width 0} {-font {{DejaVu Sans Mono} -20} -width 0 -height 0}
    } {
        listbox .l -font $f {*}$options
        .l insert end {*}$items
        lappend out "$options: [winfo reqwidth .l] [winfo reqheight .l]"
        .l delete end
        lappend out "  [winfo reqwidth .l] [winfo reqheight .l]"
        .l delete 1 end
        lappend out "  [winfo reqwidth .l] [winfo reqheight .l]"
        destroy .l
    }
}
join $out \n
