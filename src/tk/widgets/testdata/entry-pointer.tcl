# What the pointer does to an entry.
set f {{DejaVu Sans Mono} -12}
set out {}
entry .e -font $f -width 12
entry .o -font $f -width 12
pack .e .o
focus -force .o
update
.e insert 0 "The quick, brown fox jumps"
proc marks what {
    global out
    update
    set m {}
    foreach i {insert anchor sel.first sel.last @0} {
        if {[catch {.e index $i} v]} {set v -}
        lappend m $v
    }
    lappend out "$what: $m [focus] $tk::Priv(mouseMoved) $tk::Priv(selectMode)"
}
set t 1000
proc ev {type x args} {
    global t
    event generate .e $type -x $x -y 10 -time [incr t 50] {*}$args
}
proc click {x {n 1} {mod {}}} {
    global t
    incr t 5000
    for {set i 0} {$i < $n} {incr i} {
        ev <${mod}ButtonPress-1> $x
        if {$i < $n - 1} {ev <${mod}ButtonRelease-1> $x}
    }
}
proc up x {ev <ButtonRelease-1> $x}
foreach x {0 3 6 7 8 10 11 40 80 86 87 88 200} {
    click $x
    up $x
    marks "click $x"
}
foreach n {2 3 4} {
    foreach x {2 22 27 31 40 75} {
        click $x $n
        up $x
        marks "click $n $x"
    }
}
foreach n {1 2 3} {
    foreach {from to} {20 22 20 23 20 60 60 20 31 31 40 3} {
        click $from $n
        foreach x [list [expr {($from + $to) / 2}] $to] {ev <B1-Motion> $x}
        marks "drag $n $from $to"
        up $to
    }
}
click 20
ev <B1-Motion> 60
up 60
foreach x {5 40 75} {
    click $x 1 Shift-
    up $x
    marks "shift $x"
}
foreach n {2 3} {
    click 30
    up 30
    click 55 $n Shift-
    up 55
    marks "shift $n"
}
click 30
up 30
click 60 1 Control-
up 60
marks control
# Out of the window: it scrolls by itself until the button is up.
click 40
set tk::Priv(x) 120
tk::EntryAutoScan .e
after 170 {set done 1}
vwait done
lappend out [expr {[.e index @0] > 0}] [expr {[.e index sel.last] > 12}] [expr {$tk::Priv(afterId) ne ""}]
set tk::Priv(x) -5
after 500 {set done 1}
vwait done
lappend out [.e index @0] [.e index sel.first]
up 60
lappend out [expr {$tk::Priv(afterId) eq ""}]
.e xview 0
.e selection clear
# Button 2 scans.
incr t 5000
ev <ButtonPress-2> 40
marks scan
ev <B2-Motion> 39
marks scan
ev <B2-Motion> 30
marks scan
ev <ButtonRelease-2> 30
marks scan
.e configure -state disabled
focus .o
update
click 20 2
up 20
marks disabled
.e configure -state readonly
click 20 2
up 20
marks readonly
join $out \n
