# Counts the words of 100 KB of text with an array. (The text's length is kept beside it: tclsh counts its characters anew after each append.)
proc bench_wordcount {} {
    set text ""
    set words {the quick brown fox jumps over lazy dog and then sleeps in sun}
    set x 7
    set length 0
    while {$length < 100000} {
        set x [expr {($x * 421 + 1663) % 7875}]
        set word [lindex $words [expr {$x % [llength $words]}]]
        append text $word " "
        incr length [expr {[string length $word] + 1}]
    }
    foreach word [split [string trim $text]] { incr count($word) }
    set out {}
    foreach word [lsort [array names count]] { lappend out $word $count($word) }
    return $out
}
