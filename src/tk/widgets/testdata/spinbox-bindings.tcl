# Class bindings of spinbox.
set f {{DejaVu Sans Mono} -12}
set out {}
spinbox .s -font $f -width 12 -from 0 -to 100 -repeatdelay 100 -repeatinterval 30
entry .o
pack .s .o
focus -force .s
update
.s set "one two, three four"
proc marks what {
    global out
    update
    set m {}
    foreach i {insert anchor sel.first sel.last @0} {
        if {[catch {.s index $i} v]} {set v -}
        lappend m $v
    }
    lappend out "$what: [list [.s get]] $m [.s selection element] [focus]"
}
set t 1000
set w [winfo width .s]
proc ev {type x {y 5}} {
    global t
    event generate .s $type -x $x -y $y -time [incr t 50]
}
proc click {x y {n 1}} {
    global t
    incr t 5000
    for {set i 0} {$i < $n} {incr i} {
        ev <ButtonPress-1> $x $y
        if {$i < $n - 1} {ev <ButtonRelease-1> $x $y}
    }
}
foreach n {1 2 3} {
    foreach x {3 10 30 45 80} {
        click $x 8 $n
        marks "$n $x"
        ev <B1-Motion> [expr {$x + 20}]
        marks "motion"
        ev <ButtonRelease-1> [expr {$x + 20}]
        marks up
    }
}
.s set 50
foreach y {5 15} {
    foreach n {1 2 3} {
        click [expr {$w - 6}] $y $n
        marks "press $n"
        ev <B1-Motion> 10 $y
        marks away
        ev <B1-Motion> [expr {$w - 6}] $y
        marks back
        ev <ButtonRelease-1> [expr {$w - 6}] $y
        marks up
    }
}
# Held down.
.s set 50
click [expr {$w - 6}] 5
after 240 {set done 1}
vwait done
lappend out [expr {[.s get] > 51}]
ev <B1-Motion> 10 5
set before [.s get]
after 100 {set done 1}
vwait done
lappend out [expr {[.s get] == $before}]
ev <ButtonRelease-1> 10 5
set before [.s get]
after 100 {set done 1}
vwait done
lappend out [expr {[.s get] == $before}]
marks held
.s set 50
focus -force .s
update
foreach key {<Up> <Up> <Down> <Left> 7 <BackSpace> <Home> <Shift-End> <Delete> 1 2 <Up>} {
    event generate .s $key
    marks $key
}
.s configure -state disabled
.s selection element none
click [expr {$w - 6}] 5
marks disabled
ev <ButtonRelease-1> [expr {$w - 6}] 5
marks disabled
.s configure -state readonly
click [expr {$w - 6}] 5
marks readonly
ev <ButtonRelease-1> [expr {$w - 6}] 5
marks readonly
join $out \n
