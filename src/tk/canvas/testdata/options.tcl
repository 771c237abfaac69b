canvas .c -height 264
set out [list [.c configure -width 10 -height 20] [.c configure]]
foreach {t c} {rectangle {1 2 3 4} oval {1 2 3 4} line {1 2 3 4} polygon {1 2 3 4 5 6} text {1 2} arc {1 2 3 4} window {1 2}} { set i [.c create $t {*}$c]
lappend out "== $t" {*}[.c itemconfigure $i] [.c itemcget $i -state] [.c type $i]
}
join $out \n
