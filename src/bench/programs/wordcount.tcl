# Counts the words of 100 KB of text with an array.
proc bench_wordcount {} {
    set text ""
    set words {the quick brown fox jumps over lazy dog and then sleeps in sun}
    set x 7
    while {[string length $text] < 100000} {
        set x [expr {($x * 421 + 1663) % 7875}]
        append text [lindex $words [expr {$x % [llength $words]}]] " "
    }
    foreach word [split [string trim $text]] { incr count($word) }
    set out {}
    foreach word [lsort [array names count]] { lappend out $word $count($word) }
    return $out
}
