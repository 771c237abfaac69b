# Calls: the 27th Fibonacci number, recursively.
proc fib {n} {
    if {$n < 2} { return $n }
    expr {[fib [expr {$n - 1}]] + [fib [expr {$n - 2}]]}
}
proc bench_fib {} { fib 27 }
