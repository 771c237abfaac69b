set out {}
proc show {} {set t {}; for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}; list [image width p]x[image height p] [p data] $t}
foreach c {{red} {{red green} blue} {{{red green} {blue white}}} {{{red green} {blue white}} -to 1 2} {{{red green} {blue white}} -to 0 0 5 3} {{{red green} {blue white}} -to 5 3 1 1} {{{red green} {blue white}} -to 0 0 1 1} {red -to 2 3 6 5} {red -to 2 3 2 3} {-to 1 1 red} {red -to 3} {red -to 1 2 3}
  {{{#fff #abc} {#123456 #1234567890ab}}} {{{#000111222 #ff0}}} {{{#FFF #AbCdEf}}} {{{Light\ Blue LIGHTBLUE} {gray50 grey51}}} {{{rgb:1/2/3 rgb:ffff/0/80}}} {#12} {#12345} {{}} {{{red {}}}} {{{red transparent}}} {{{red systemButtonFace}}} {notacolour} {{{{a} b}}}} {
  image create photo p; lappend out $c [catch {p put {*}$c} m] $m [show]; image delete p
}
image create photo p -width 4 -height 3
foreach c {{red} {red -to 9 9} {green -to 3 2} {blue -to 2 1 9 9} {{{red green blue red green blue}}} {white -to 0 0 4 3}} {lappend out $c [catch {p put {*}$c} m] $m [show]}
p transparency set 0 0 1; p transparency set 1 1 yes; lappend out [show] [p get 0 0]; p transparency set 0 0 0; lappend out [show]
p configure -width 2; lappend out [show]; p configure -width 0 -height 0; lappend out [show]; p configure -height 5; lappend out [show]; p blank; lappend out [show]
p put red -to 0 0; p configure -height 0; p copy p -shrink -from 0 0 1 1; lappend out [show]
image create photo q -data [p data -format png]; lappend out [image width q] [q get 0 0]
q configure -data {}; lappend out [image width q] [q cget -data]; q configure -width 3; lappend out [image width q] [q cget -width]
foreach c {{-data xyz} {-format gif} {-data {} -format {}} {-gamma 2.5} {-gamma 0} {-palette 3/4/5} {-palette foo} {-height 1} {-width 2 -width 1}} {lappend out $c [catch {q configure {*}$c} m] $m [q configure]}
foreach o {-data -format -gamma -height -palette -width -d -fo -g - "" -file} {lappend out $o [catch {q cget $o} m] $m [catch {q configure $o} m] $m}
join $out \n
