# 60 by 60 matrix product in nested lists.
proc matrix {n seed} {
    set m {}
    for {set i 0} {$i < $n} {incr i} {
        set row {}
        for {set j 0} {$j < $n} {incr j} { lappend row [expr {($i * $seed + $j) % 17}] }
        lappend m $row
    }
    return $m
}
proc bench_matmul {} {
    set n 60
    set a [matrix $n 3]
    set b [matrix $n 5]
    set trace 0
    for {set i 0} {$i < $n} {incr i} {
        set row [lindex $a $i]
        for {set j 0} {$j < $n} {incr j} {
            set sum 0
            for {set k 0} {$k < $n} {incr k} {
                incr sum [expr {[lindex $row $k] * [lindex $b $k $j]}]
            }
            if {$i == $j} { incr trace $sum }
        }
    }
    return $trace
}
