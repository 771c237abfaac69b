# Primes below 50,000 with a list.
proc bench_sieve-list {} {
    set n 50000
    set flags [lrepeat $n 1]
    for {set i 2} {$i * $i < $n} {incr i} {
        if {[lindex $flags $i]} {
            for {set j [expr {$i * $i}]} {$j < $n} {incr j $i} { lset flags $j 0 }
        }
    }
    set count -2
    for {set i 0} {$i < $n} {incr i} { incr count [lindex $flags $i] }
    return $count
}
