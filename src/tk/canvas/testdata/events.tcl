canvas .c -width 200 -height 200 -highlightthickness 0
pack .c
update
set out {}
.c create rectangle 10 10 60 60 -fill red -activefill blue -tags {r one}
.c create rectangle 40 40 90 90 -fill green -tags {g two} -width 3 -activewidth 9
.c create text 150 150 -text hi -tags t -activefill red -font {{DejaVu Sans Mono} -12}
foreach t {r g t all 1 {r||t} current} { foreach e {<Enter> <Leave> <1> <ButtonRelease-1> <B1-Motion> <Motion> <Key> <Double-1> <<Foo>>} { .c bind $t $e [list lappend ::out "$t $e %x %y %W"] } }
bind .c <1> {lappend out widget-1}
bind .c <Enter> {lappend out widget-Enter}
proc m {x y args} {global out; lappend out "-- move $x $y"; event generate .c <Motion> -x $x -y $y {*}$args; update; lappend out "current [.c find withtag current] [.c bbox g] [.c gettags current]"}
m 20 20
m 50 50
m 80 80
m 150 150
m 199 199
m 20 20
event generate .c <1> -x 20 -y 20
m 70 70 -state 256
m 199 199 -state 256
m 22 22 -state 256
m 70 70 -state 256
event generate .c <ButtonRelease-1> -x 70 -y 70 -state 256
update
lappend out "after [.c find withtag current]"
.c move g 200 0
update
lappend out "moved [.c find withtag current]"
.c move g -200 0
update
lappend out "back [.c find withtag current]"
.c delete g
update
lappend out "deleted [.c find withtag current]"
m 30 30
.c itemconfigure r -state disabled
update
lappend out "dis [.c find withtag current]"
.c itemconfigure r -state normal
update
.c focus t
focus -force .c
update
event generate .c <Key> -keysym a
.c focus {}
event generate .c <Key> -keysym a
event generate .c <<Foo>>
lappend out [.c bind r] [.c bind r <1>] [.c bind r <2>] [catch {.c bind r <Foo>} m] $m
.c bind r <1> "+lappend out more"
lappend out [.c bind r <1>]
.c bind r <1> {lappend out only; break}
.c bind r <Enter> {}
lappend out [.c bind r]
event generate .c <1> -x 30 -y 30
event generate .c <ButtonRelease-1> -x 30 -y 30
.c bind t <Enter> {.c delete t; lappend out deleted}
m 150 150
event generate .c <Leave> -x 300 -y 300
update
lappend out "left [.c find withtag current]"
join $out \n
