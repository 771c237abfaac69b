canvas .c
expr {srand(5)}
proc one args {lindex $args [expr {int(rand() * [llength $args])}]}
for {set i 0} {$i < 12} {incr i} {.c create line 0 0 $i $i -tags [list [one a b c d] [one e f g]]}
set out {}
for {set i 0} {$i < 80} {incr i} {
  set words [list [one raise lower] [one a b c d e f g all 1 5 12 a||e none] {*}[one {} a b c d e f g 1 5 12]]
  catch {.c {*}$words}
  lappend out "$words: [.c find all] | [.c find withtag a] | [.c find above 3] [.c find below 4]"
}
join $out \n
