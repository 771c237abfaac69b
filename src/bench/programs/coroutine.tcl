# A coroutine that yields 200,000 times.
proc counter {n} {
    yield
    for {set i 0} {$i < $n} {incr i} { yield $i }
}
proc bench_coroutine {} {
    coroutine next counter 200000
    set sum 0
    for {set i 0} {$i < 200000} {incr i} { incr sum [next] }
    rename next {}
    return $sum
}
