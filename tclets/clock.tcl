# A clock: one canvas, one timer.
canvas .c -width 200 -height 200 -background white -highlightthickness 0
label .time -font {Helvetica -16 bold}
pack .c -fill both -expand 1
pack .time -fill x

proc polar {angle radius} {
    set a [expr {$angle * acos(-1) / 180.0}]
    list [expr {100 + $radius * sin($a)}] [expr {100 - $radius * cos($a)}]
}

.c create oval 6 6 194 194 -width 3 -outline #203040 -fill #fafaf5
for {set h 1} {$h <= 12} {incr h} {
    .c create text {*}[polar [expr {$h * 30}] 78] -text $h -font {Helvetica -14}
}
for {set m 0} {$m < 60} {incr m} {
    set inner [expr {$m % 5 == 0 ? 88 : 91}]
    .c create line {*}[polar [expr {$m * 6}] $inner] {*}[polar [expr {$m * 6}] 94] -fill #203040
}
.c create line 100 100 100 50 -width 5 -capstyle round -fill #203040 -tags hour
.c create line 100 100 100 30 -width 3 -capstyle round -fill #203040 -tags minute
.c create line 100 100 100 20 -width 1 -fill #c01c28 -tags second
.c create oval 96 96 104 104 -fill #203040

proc tick {} {
    set now [clock seconds]
    set h [scan [clock format $now -format %I] %d]
    set m [scan [clock format $now -format %M] %d]
    set s [scan [clock format $now -format %S] %d]
    .c coords hour 100 100 {*}[polar [expr {$h * 30 + $m / 2.0}] 48]
    .c coords minute 100 100 {*}[polar [expr {$m * 6 + $s / 10.0}] 70]
    .c coords second 100 100 {*}[polar [expr {$s * 6}] 84]
    .time configure -text [clock format $now -format "%A  %H:%M:%S"]
    after [expr {1000 - [clock milliseconds] % 1000}] tick
}
tick
