# append, string index and string range over 200,000 characters.
proc bench_string {} {
    set s ""
    for {set i 0} {$i < 200000} {incr i} { append s [string index abcdefghij [expr {$i % 10}]] }
    set n 0
    for {set i 0} {$i < 200000} {incr i} {
        if {[string index $s $i] eq "c"} { incr n }
    }
    list $n [string length [string range $s 5 end-5]]
}
