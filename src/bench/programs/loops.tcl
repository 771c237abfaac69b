# Two nested loops, a million rounds of incr and expr.
proc bench_loops {} {
    set sum 0
    for {set i 0} {$i < 1000} {incr i} {
        for {set j 0} {$j < 1000} {incr j} {
            incr sum [expr {$i * $j % 7}]
        }
    }
    return $sum
}
