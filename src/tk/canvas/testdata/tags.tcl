canvas .c
set out {}
proc e args {global out; lappend out [catch {uplevel #0 $args} m] $m}
foreach t {{a} {b} {a c} {b c} {}} {.c create rectangle 0 0 10 10 -tags $t}
e .c raise 1
e .c find all
e .c raise a 2
e .c find all
e .c lower b
e .c find all
e .c lower a 5
e .c find all
e .c raise a a
e .c find all
e .c lower a a
e .c find all
e .c raise all 1
e .c find all
e .c raise 9
e .c raise 1 9
e .c lower 1 9
e .c find above a
e .c find below a
e .c find above 5
e .c addtag x withtag a
e .c gettags 1
e .c addtag x above a
e .c addtag y all
e .c gettags 5
e .c dtag a y
e .c gettags 1
e .c dtag 1
e .c gettags 1
e .c dtag x
e .c gettags 1
e .c itemconfigure 1 -tags {q q r}
e .c dtag 1 q
e .c gettags 1
e .c find withtag {(a||b)&&!c}
e .c find withtag {a b}
e .c find withtag {!a && !b}
e .c find withtag {"a"^"b"^"c"}
e .c find withtag {a &b}
e .c find withtag {a && b)}
e .c find withtag {a && (b}
e .c find withtag {a && "b}
e .c find withtag {a && ""}
e .c find withtag {!!a}
e .c find withtag {a && || b}
e .c find withtag {a ! b}
e .c find withtag {}
e .c find withtag 0x2
e .c find withtag 02
e .c find withtag 2x
e .c itemconfigure 2 -tags {2x {a b} all&&b}
e .c find withtag 2x
e .c find withtag {a b}
e .c find withtag {"all&&b"}
e .c find withtag {"all&&b"||q}
e .c delete a
e .c find all
e .c delete 2 3 {q||c} nosuch
e .c find all
e .c create rectangle 1 2 3
e .c create rectangle 1 2 3 4
e .c type 6
e .c type 7
e .c type nosuch
e .c bbox nosuch
e .c coords nosuch
e .c coords 7
e .c create line {1 2 3 4} -fill blue
e .c create line 1 2 -3 -4 -fill blue
e .c coords all
e .c find overlapping 0 0 0 0
e .c find closest 0 0
e .c create text {10 20}
e .c coords 9
e .c create polygon
e .c create polygon -fill red
e .c coords 10
e .c bbox 10
e .c create polygon 1 2 3 4 1 2
e .c coords 11
e .c create polygon {}
e .c create line {}
e .c create line
e .c create oval 1 2 3 4 -tags
e .c create rectangle 1c 2m 3i 4p
e .c coords 15
e .c create rectangle 0 0 1 1 -w 3 -fi red -outl blue -da -. -ti x
e .c create rectangle 0 0 1 1 -wi 3 -fi red -outline blue -dash -. -ta x
e .c itemconfigure x -dash
e .c itemconfigure x -dash {2 3 4 5 6}
e .c itemcget x -dash
e .c itemconfigure x -dash {. -}
e .c itemcget x -dash
e .c itemconfigure x -dash { }
e .c itemconfigure x -dash {0}
e .c itemconfigure x -dash {"}
e .c itemconfigure x -offset 3,4 -outlineoffset #5,6
e .c itemconfigure x -offset
e .c itemconfigure x -outlineoffset
e .c itemconfigure x -offset ne
e .c itemcget x -offset
e .c itemconfigure x -offset {}
e .c itemcget x -offset
e .c itemconfigure x -offset end
e .c itemconfigure x -offset 3
e .c itemconfigure 8 -offset 3
e .c itemcget 8 -offset
e .c itemconfigure 8 -arrowshape {1 2.5 7} -smooth raw -splinesteps 500 -arrow f
e .c itemcget 8 -arrowshape
e .c itemcget 8 -smooth
e .c itemcget 8 -splinesteps
e .c itemcget 8 -arrow
e .c itemconfigure 8 -smooth b
e .c itemcget 8 -smooth
e .c itemconfigure 8 -smooth off
e .c itemcget 8 -smooth
e .c itemconfigure 8 -smooth t
e .c itemconfigure 8 -width -3
e .c itemconfigure 8 -width 2.5
e .c itemcget 8 -width
e .c itemconfigure 8 -fill nosuchcolor
e .c itemconfigure 8 -fill Red
e .c itemcget 8 -fill
e .c itemconfigure 8 -fill green -bogus 1
e .c itemcget 8 -fill
e .c itemconfigure nosuch -fill green -bogus 1
join $out \n
