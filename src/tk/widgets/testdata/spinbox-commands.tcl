# What a spinbox has beyond an entry: options, steps, formats, elements.
set f {{DejaVu Sans Mono} -12}
set out {}
proc e args {
    global out errorCode
    if {[catch {uplevel #0 $args} m]} {lappend out "$args => error: $m ($errorCode)"} else {lappend out "$args => $m"}
}
spinbox .s -font $f
foreach o [.s configure] {
    if {[lindex $o 0] ne "-font"} {lappend out $o}
}
pack .s
update
e .s
e .s foo
e .s get 1
e .s identify
e .s identify x 1
e .s identify 1 y
e .s invoke
e .s invoke foo
e .s invoke none
e .s invoke entry
e .s selection
e .s selection foo
e .s selection element
e .s selection element foo
e .s selection element 1 2
e .s selection element buttonup
e .s selection element
e .s selection element none
e .s set a b
e .s index foo
e .s index sel.first
e .s set
e .s set hello
e .s index end
e .s configure -from x
e .s configure -from 5
e .s cget -from
e .s configure -from 5 -to 3
e .s configure -from -2.5 -to 2.5
e .s get
e .s cget -to
e .s configure -increment .5
foreach format {%d %f f %5.2f %.2f %5f %5.f %-6.1f %-5f %.f %5.2g {} x%5.2f %+5.1f %5.2lf} {
    e .s configure -format $format
    e .s cget -format
    e .s get
    e .s invoke buttonup
    e .s get
}
e .s configure -format {}
e .s invoke buttonup
e .s get
foreach {from to increment start} {
    0 10 1 5 0 10 1 10 0 10 1 0 0 10 3 9 0 1 .1 .5 0 1 .25 1 -10 10 .01 0 0 1e6 1 999999 0 1e9 1 5 0 1e-5 1e-6 0 0 .5 .1 .45
    100 200 50 7 100 200 50 900 0 10 0 5 0 10 1 abc 0 10 1 { 7 } 0 10 1 3x 1 1 1 4 0 1000000 .001 1 1e10 2e10 1e9 1e10 -5 -1 1 -3 0 10 -1 5
} {
    foreach wrap {0 1} {
        .s configure -to 1e99
        .s configure -from $from -to $to -increment $increment -wrap $wrap
        .s set $start
        set line "$from $to $increment $start $wrap:"
        foreach b {buttonup buttonup buttonup buttondown buttondown buttondown buttondown} {
            .s invoke $b
            append line " [.s get]"
        }
        lappend out $line
    }
}
.s configure -increment 1
e .s configure -values {a {b c} d}
e .s get
foreach wrap {0 1} {
    .s configure -wrap $wrap
    foreach b {buttonup buttonup buttonup buttonup buttondown buttondown buttondown buttondown} {
        .s invoke $b
        lappend out "$wrap $b [.s get]"
    }
}
e .s set zzz
e .s invoke buttonup
e .s get
e .s set {b c}
e .s invoke buttonup
e .s get
e .s configure -values "a \{"
e .s cget -values
e .s get
e .s configure -values {}
e .s get
e .s configure -from 0 -to 10
e .s get
# Commands.
set log {}
e .s configure -command {lappend log %W %s %d %%}
e .s invoke buttonup
e .s invoke buttondown
e set log
foreach state {readonly disabled} {
    .s configure -state $state
    set log {}
    e .s invoke buttonup
    e .s get
    e set log
    e .s set 4
    e .s insert 0 x
    e .s get
}
.s configure -state normal
proc report {m o} {lappend ::out "bgerror $m [lindex [split [dict get $o -errorinfo] \n] end]"}
interp bgerror {} report
e .s configure -command {error oops}
e .s invoke buttonup
update
.s configure -command {}
set v 3
e .s configure -textvariable v
e .s invoke buttonup
e set v
set v 100
e .s get
e .s configure -from 5 -to 50
e set v
e .s configure -validate key -vcmd {lappend log %V; expr 0}
e .s invoke buttonup
e .s get
e .s cget -validate
# Sizes and elements.
foreach options {{} {-width 5} {-width 0} {-bd 5} {-font {{DejaVu Sans Mono} -24}} {-highlightthickness 4 -bd 0}} {
    destroy .t
    spinbox .t -font $f {*}$options
    pack .t
    update
    lappend out "$options [winfo reqwidth .t] [winfo reqheight .t]"
    set w [winfo width .t]
    set h [winfo height .t]
    foreach x [list -1 0 5 [expr {$w - 20}] [expr {$w - 16}] [expr {$w - 15}] [expr {$w - 14}] [expr {$w - 13}] [expr {$w - 5}] $w [expr {$w + 1}]] {
        foreach y [list -1 0 5 [expr {$h / 2}] [expr {$h / 2 + 1}] $h [expr {$h + 1}]] {
            lappend out "$x $y [.t identify $x $y]"
        }
    }
    .t insert 0 abcdefghijklmnopqrstuvwxyz
    update
    lappend out "[.t xview] [.t bbox end] [.t index @1000]"
}
e spinbox .x -from 10
e winfo exists .x
e spinbox .x -from 1 -to 5
e .x get
e spinbox .y -values {x y z} -textvariable tv
e set tv
join $out \n
