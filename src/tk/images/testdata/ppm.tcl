set out {}
foreach d [list "P6 2 1 255\nabcdef" "P5 2 1 255\nab" "P6 2 1 255\nabcde" "P6\n# a comment\n2 # another\n 1\n#x\n255\nabcdef" "P6 2 1 255 abcdef" "P5 4 2 15\n\x00\x01\x02\x03\x0f\x10\x0e\x20" "P5 2 2 65535\n\x00\x01\x12\x34\xff\xff\x80\x00" "P6 1 1 1000\n\x00\x01\x01\xf4\x03\xe8" "P5 2 1 1\n\x00\x01" \
  "P5 2 1 0\nab" "P5 2 1 65536\nab" "P5 2 1 -5\nab" "P4 2 1 255\nab" "P6" "P6 2" "P6 2 1" "P6 2 1 255" "P6 2 1 255\n" "P6 x 1 255\nab" "P6 2 x 255\nab" "P6 2 1 x\nab" "P5 2x 1 255\nab" "P5 +2 1 255\nab" " P5 2 1 255\nab" "p5 2 1 255\nab" "P5 2 1 255\nabcdefgh" "P52 1 255 9\nab" "P5 2 1 255#\nab" "P5 2 1 255\x0bab" [encoding convertto utf-8 "P5 2 1 255\n\u20ac\u20ac"] "P5 2 1 255\n\u2041\u2042"] {
  lappend out [list [catch {image create photo p -data $d} m o] $m [expr {$m eq "p" ? "" : [dict get $o -errorcode]}]]
  catch {lappend out [image width p]x[image height p] [p data]; image delete p}
}
image create photo p
foreach c {{-to 1 1} {-to 0 0 1 1} {-to 0 0 9 9} {-format ppm} {-format PPMx} {-format gif} {-format pgm}} {lappend out $c [catch {p put "P6 2 2 255\nabcdefghijkl" {*}$c} m] $m [p data]; p blank}
image create photo p -data "P5 2 2 255\nabcd" -format ppm -width 1; lappend out [p data] [image width p]; p configure -format gif -width 0
join $out \n
