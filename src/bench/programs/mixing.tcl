# 32-bit mixing as in md5, 200,000 rounds.
proc bench_mixing {} {
    set a 0x67452301
    set b 0xefcdab89
    for {set i 0} {$i < 200000} {incr i} {
        set f [expr {($a & $b) | (~$a & 0xffffffff & $i)}]
        set t [expr {($a + $f + $i * 0x9e3779b1) & 0xffffffff}]
        set a $b
        set b [expr {(($t << 7) | ($t >> 25)) & 0xffffffff}]
    }
    list $a $b
}
