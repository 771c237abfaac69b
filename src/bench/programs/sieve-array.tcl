# Primes below 50,000 with an array.
proc bench_sieve-array {} {
    set n 50000
    for {set i 2} {$i < $n} {incr i} { set flag($i) 1 }
    for {set i 2} {$i * $i < $n} {incr i} {
        if {$flag($i)} {
            for {set j [expr {$i * $i}]} {$j < $n} {incr j $i} { set flag($j) 0 }
        }
    }
    set count 0
    for {set i 2} {$i < $n} {incr i} { incr count $flag($i) }
    return $count
}
