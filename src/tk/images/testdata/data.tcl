set out {}
image create photo p; p put {{#102030 #a0b0c0 #ffffff} {#808080 #010101 #ff0000}}
image create photo t; t copy p; t transparency set 1 0 1
image create photo h -data [binary decode base64 iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAQAAAA3fa6RAAAAFklEQVR4nGMQ+N/Q8IGRQYHh/3/jCQAoeQXiGc7O0AAAAABJRU5ErkJggg==]
image create photo g -data "P5 3 2 255\n\x10\x80\xff\x00\x7f\x33"
image create photo g2 -data "P5 3 2 255\n\x10\x80\xff\x00\x7f\x33"; g2 transparency set 0 0 1
image create photo e
image create photo c; c copy g
proc hex {v} {binary scan $v H* h; return $h}
foreach i {p t h g g2 e c} {foreach o {{} {-from 1} {-from 1 1} {-from 0 0 2 1} {-from 1 1 0 0} {-grayscale} {-background red} {-background gray40} {-grayscale -background blue} {-background #123456 -from 1 0}} {
  # Tk divides by the width of an empty image.
  if {$i in {e} && [string match *-*g* $o]} continue
  lappend out [list $i $o [catch {$i data {*}$o} m] $m]
  foreach f {ppm gif GIF89} {lappend out [list $i $o $f [catch {hex [$i data {*}$o -format $f]} m] $m]}
  if {[catch {$i data {*}$o -format png} m] == 0} {
    # The bytes before the pixels, which may be packed in many ways, and what they say.
    lappend out [hex [string range $m 0 [expr {[string first IDAT $m] - 5}]]]
    if {[catch {image create photo back -data $m} m]} {lappend out $m} else {lappend out [image width back] [back data]; image delete back}
  } else {lappend out $m}
}}
# colours: 255 and a clear one are the most
proc colours n {image create photo k; for {set i 0} {$i < $n} {incr i} {k put [format #%02x%02x00 [expr {$i & 255}] [expr {$i >> 8}]] -to $i 0}}
foreach n {2 3 4 5 255 256} {colours $n; lappend out [list $n [catch {k data -format gif} m] [expr {$n > 255 ? $m : [hex $m]}]]; lappend out [catch {k data -format gif -grayscale} m] [string length $m]; image delete k}
# enough strings to fill the table of codes
image create photo k; set x 7; set rows {}
for {set j 0} {$j < 90} {incr j} {set row {}; for {set i 0} {$i < 90} {incr i} {set x [expr {($x * 1103515245 + 12345) & 0x7fffffff}]; lappend row [format #%02x0000 [expr {($x >> 15) % 200}]]}; lappend rows $row}
k put $rows
set d [k data -format gif]; set sum 0; binary scan $d cu* all; foreach b $all {set sum [expr {($sum * 31 + $b) % 1000003}]}
lappend out [string length $d] $sum
image create photo l -data $d; lappend out [expr {[l data] eq [k data]}]; image create photo m -data [k data -format png]; lappend out [expr {[m data] eq [k data]}]; image create photo n -data [k data -format ppm]; lappend out [expr {[n data] eq [k data]}]
join $out \n
