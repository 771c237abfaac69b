set out {}
# Numbers without a pattern.
set seed 12345
proc rnd n {global seed; set seed [expr {($seed * 1103515245 + 12345) & 0x7fffffff}]; expr {($seed >> 12) % $n}}
proc show p {set t {}; for {set y 0} {$y < [image height $p]} {incr y} {for {set x 0} {$x < [image width $p]} {incr x} {append t [$p transparency get $x $y]}}; list [image width $p]x[image height $p] [$p data] $t}
proc fill {p w h} {for {set y 0} {$y < $h} {incr y} {for {set x 0} {$x < $w} {incr x} {$p put [format #%02x%02x%02x [rnd 256] [rnd 256] [rnd 256]] -to $x $y; if {[rnd 4] == 0} {$p transparency set $x $y 1}}}}
image create photo s; fill s 5 4
lappend out [show s]
foreach opts {{} {-zoom 2} {-zoom 2 3} {-zoom 1 2} {-subsample 2} {-subsample 2 1} {-subsample -1} {-subsample -1 1} {-subsample -2 -3} {-subsample 0} {-subsample 0 2} {-subsample 9} {-zoom 2 -subsample 3}
  {-from 1} {-from 1 2} {-from 1 1 3 3} {-from 3 3 1 1} {-from 4 2 5 4} {-from 5 4} {-from 0 0 0 0} {-from 2 2 2} {-from 1 1 3 4 -zoom 2} {-from 1 0 4 3 -subsample -2 -1}
  {-to 1} {-to 2 1} {-to 0 0 12 9} {-to 1 1 3 3} {-to 4 4 1 1} {-to 0 0 0 0} {-to 2 2 9 9 -from 1 1 3 3} {-to 0 0 7 5 -zoom 2} {-to 0 0 7 5 -zoom 3 2 -subsample 2} {-to 0 0 7 7 -subsample 0 1}
  {-shrink} {-shrink -to 1 1} {-shrink -from 0 0 2 1} {-shrink -zoom 2} {-shrink -to 0 0 3 3} {-shrink -to 0 0} {-compositingrule set} {-compositingrule overlay -to 1 1} {-compositingrule set -to 1 1}} {
  image create photo d
  lappend out $opts [catch {d copy s {*}$opts} m] $m [show d]
  d blank
  d put {{red green blue} {yellow cyan magenta}} -to 1 0
  lappend out [catch {d copy s {*}$opts} m] $m [show d]
  image delete d
}
# onto itself
foreach opts {{-to 1 1} {-zoom 2} {-from 1 1 3 3 -to 0 0} {-subsample 2 -shrink} {-from 0 0 2 2 -to 0 0 9 9} {-shrink -to 0 0 2 2}} {
  image create photo d; d copy s; lappend out $opts [catch {d copy d {*}$opts} m] $m [show d]; image delete d
}
# with a size of its own
foreach size {{-width 3} {-height 3} {-width 3 -height 2} {-width 8 -height 8} {-width -3}} {
  image create photo d {*}$size; d copy s; lappend out $size [show d]; d copy s -to 2 2; lappend out [show d]; d copy s -shrink; lappend out [show d]
  d configure -width 6 -height 0; lappend out [show d]; d configure -width 0; lappend out [show d]; image delete d
}
# partly transparent
set half {iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAYAAAB/qH1jAAAAK0lEQVR4nGOodNr7SZHtQ0t50ofPp33LfBmOsysEis7i7/x07Napxy67DQEWPBCSVZ6HYQAAAABJRU5ErkJggg==}
foreach rule {set overlay} {foreach a {1 0.7 0.3} {
  image create photo h
  image create photo d; d put {{#102030 #a0b0c0 #ffffff #000000} {#808080 #010101 #fefefe #7f0080}}; d transparency set 1 0 1
  if {![catch {h put $half -format "png -alpha $a"}]} {d copy h -compositingrule $rule; lappend out [show d]; d copy h -compositingrule $rule; lappend out [show d]; d copy h -compositingrule $rule -zoom 2 -to 1 1; lappend out [d data]}
  image delete d h
}}
join $out \n
