set out {}
proc e args {global out; lappend out [list $args [catch {uplevel #0 $args} m o] $m [expr {[dict get $o -code] ? [dict get $o -errorcode] : ""}]]}

proc mine {} {set r {}; foreach n [lsort [image names]] {if {![string match ::* $n]} {lappend r $n}}; return $r}
e image; e image foo; e image c; e image create; e image create foo; e image create photo; e image create photo -width 3; e image types; e image types x; e image names x
e image create bitmap b1; e image type b1; e image type; e image type nope; e image width b1; e image height image2; e image width image2; e image inuse b1; e image inuse; e image delete; e image delete nope b1; e mine
e image delete b1 nope image1; e mine; e image create photo .; e image create photo {a b}; e {a b} cget -width; e image delete {a b}; e {a b} cget -width
proc taken {} {return mine}
e image create photo taken; e taken; rename taken moved; e image width taken; e moved cget -width; rename moved {}; e mine
e image create photo p -width 3 -height 2; e image create bitmap p; e image type p; e image width p; e p configure; rename p {}; e mine
e image create photo p -foo 1; e mine; e image create photo p; e image create photo p -foo 1; e mine; e info commands p
image create photo p
foreach c {{p} {p foo} {p b x} {p blank} {p get} {p get 0 0} {p get x 0} {p get 0 y} {p cget} {p cget -foo} {p cget -w} {p cget -g x} {p configure -foo} {p configure -foo 1} {p configure -width} {p configure -width 3 -height} {p configure -width x}
  {p configure -data} {p configure -format} {p configure -d} {p configure -width 4 -data} {p configure -f} {p configure -file} {p configure -palette 4/4/4} {p configure -gamma -1} {p configure -gamma} {p configure -gamma x} {p configure -} {p configure -p}
  {p copy} {p copy nope} {p copy p p} {p copy p -from} {p copy p -from x} {p copy p -from -1} {p copy p -from 0 0 9 9} {p copy p -from 1 1 2} {p copy p -to -1 2} {p copy p -to 1 2 -3} {p copy p -zoom} {p copy p -zoom 0} {p copy p -zoom 1 -2} {p copy p -zoom 1 2 3}
  {p copy p -subsample} {p copy p -subsample x} {p copy p -compositingrule} {p copy p -compositingrule x} {p copy p -c s} {p copy p -f} {p copy p -fr 0} {p copy p -foo} {p copy -foo} {p copy p -s} {p copy p -sh} {p copy -zoom 2} {p copy p -format x} {p copy p 1}
  {p data} {p data x} {p data -from} {p data -from 9 9} {p data -from 0 0 99 1} {p data -format} {p data -format foo} {p data -format pn} {p data -background} {p data -background foo} {p data -grayscale 1} {p data -foo} {p data -f} {p data -g}
  {p put} {p put x} {p put red blue} {p put {{}}} {p put {{red} {red red}}} {p put {{red #12}}} {p put {{red #xyz}}} {p put red -to} {p put red -to x} {p put red -to -3} {p put red -to 1 x} {p put red -foo} {p put red -format} {p put red -format foo} {p put red -format gif} {p put red -from 1} {p put a\ \{} {p put {}} {p put { }}
  {p read} {p read a b} {p read x -foo 1} {p read x -from x} {p redither} {p redither x} {p transparency} {p transparency foo} {p transparency get} {p transparency get 0} {p transparency get x y} {p transparency get 99 0} {p transparency set 0 0} {p transparency set 99 0 1} {p transparency set 0 0 x} {p transparency s 0 0 1} {p transparency g 0 0} {p get 1 -1}} {e {*}$c}
image create bitmap b
foreach c {{b} {b foo} {b cget} {b cget -foo} {b cget -b} {b configure -foo} {b configure -b red} {b configure -f} {b configure -fore} {b configure -foreground} {b configure -background green} {b configure -foreground red -data} {b configure} {b configure -data x}
  {b configure -data {#define x_width 3}} {b configure -data {#define x_width 3a}} {b configure -data "#define x_width 8\n#define x_height 1\n static char x_bits[] = { 0x1 }"} {image width b} {b configure -maskdata "#define x_width 8\n#define x_height 2\n static char x_bits[] = { 0x1, 2 }"} {image height b} {b configure -maskdata {}} {b configure -data {}} {image width b}
  {b configure -maskdata "#define x_width 8\n#define x_height 2\n static char x_bits[] = { 0x1, 2 }"} {b cget -maskdata} {b configure -maskdata {} -background {}} {b cget -data}} {e {*}$c}
foreach d {"#define a_width 9 #define a_height 2 static unsigned char x = \{ 1 2,3 , 4 \}" "_width 8 _height 1 char \{ 07 \}" "_width 0x8 _height 010 char \{ 1 2 3 4 5 6 7 8" "_width 8 _height 1 char \{ zz" "_width 8 _height 2 char \{ 1" "_width 8 _height -1 char \{ 1" "_height 1 char \{ 1" "_width 8 _height 1 short \{ 1"
  "_width 8 _height 1 _x_hot 3 _y_hot x char \{ 1" "_width 8 _height 1 _x_hot 3 _y_hot 4 char \{ -1x" "xwidth 8 a_height 1 char \{ 1" "_width 8 _height 1 char 1" "_width 8 _height 1 char \{1\}" "_width 8 _height 1 char \{ 1\}" ,,, "" [string repeat x 101] "[string repeat x 100] _width 1 _height 1 char \{ 0" "_width 08 _height 1 char \{ 1" "_width 99999999999 _height 1 char \{ 1"} {
  e b configure -data $d; e image width b; e image height b
}
e image create bitmap c -data zz; e image width c; e mine
join $out \n
