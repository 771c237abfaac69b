# Heap sort of 20,000 numbers in a list.
proc bench_heapsort {} {
    set n 20000
    set a {}
    set x 42
    for {set i 0} {$i < $n} {incr i} {
        set x [expr {($x * 1103 + 12345) % 65536}]
        lappend a $x
    }
    set start [expr {$n / 2}]
    set end $n
    while 1 {
        if {$start > 0} {
            incr start -1
            set value [lindex $a $start]
        } else {
            incr end -1
            if {$end == 0} break
            set value [lindex $a $end]
            lset a $end [lindex $a 0]
        }
        set hole $start
        while {[set child [expr {2 * $hole + 1}]] < $end} {
            if {$child + 1 < $end && [lindex $a $child] < [lindex $a [expr {$child + 1}]]} { incr child }
            if {[lindex $a $child] <= $value} break
            lset a $hole [lindex $a $child]
            set hole $child
        }
        lset a $hole $value
    }
    set sum 0
    set i 0
    foreach v $a { set sum [expr {($sum * 31 + $v * [incr i]) % 1000003}] }
    return $sum
}
