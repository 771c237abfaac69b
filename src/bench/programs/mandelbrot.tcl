# Mandelbrot, 100 by 100, 50 rounds, doubles.
proc bench_mandelbrot {} {
    set inside 0
    for {set y 0} {$y < 100} {incr y} {
        for {set x 0} {$x < 100} {incr x} {
            set cr [expr {$x / 50.0 - 1.5}]
            set ci [expr {$y / 50.0 - 1.0}]
            set zr 0.0
            set zi 0.0
            set k 0
            while {$k < 50 && $zr * $zr + $zi * $zi < 4.0} {
                set t [expr {$zr * $zr - $zi * $zi + $cr}]
                set zi [expr {2.0 * $zr * $zi + $ci}]
                set zr $t
                incr k
            }
            incr inside $k
        }
    }
    return $inside
}
