canvas .c -width 200 -height 200
pack .c
set f {{DejaVu Sans Mono} -12}
.c create text 50 50 -text "Hello World" -font $f -tags t
.c create text 50 90 -text "second\nline" -font $f -tags u
.c create line 1 2 3 4 5 6 7 8 -tags l
.c create polygon 1 2 3 4 5 6 7 8 -tags p
.c create rectangle 1 1 5 5 -tags r
set out {}
proc e args {global out; lappend out [catch $args m] $m}
e .c index t end
e .c index t insert
e .c icursor t 3
e .c index t insert
e .c insert t insert XY
e .c itemcget t -text
e .c index t insert
e .c dchars t 0 2
e .c itemcget t -text
e .c index t insert
e .c rchars t 0 1 ABC
e .c itemcget t -text
e .c select from t 2
e .c select to t 5
e .c index t sel.first
e .c index t sel.last
e .c select item
e .c select adjust t 8
e .c index t sel.last
e .c select adjust t 1
e .c index t sel.first
e .c index t sel.last
e .c index u sel.first
e .c select to u 2
e .c select item
e .c index u sel.first
e .c dchars u 0
e .c index u sel.last
e .c insert u 0 zzz
e .c index u sel.first
e .c index u sel.last
e .c itemconfigure u -text a
e .c select item
e .c select clear
e .c select clear x
e .c select to t
e .c select from t 1 2
e .c select item
e .c select from r 1
e .c focus
e .c focus r
e .c focus
e .c focus t
e .c focus
e .c focus {}
e .c focus
e .c focus nosuch
e .c icursor r 1
e .c index r 1
e .c index l 3
e .c index l end
e .c index l @4,4
e .c index l -5
e .c index l 99
e .c index p 3
e .c index p 99
e .c index p -3
e .c index p @7,8
e .c insert l 2 {100 200}
e .c coords l
e .c insert l end {9 9 10}
e .c insert l end {9 x}
e .c coords l
e .c dchars l 2
e .c coords l
e .c dchars l 0 3
e .c coords l
e .c insert p 2 {20 30}
e .c coords p
e .c dchars p 0 1
e .c coords p
e .c dchars p 6 1
e .c coords p
e .c insert p -1 {20 30}
e .c coords p
e .c rchars p 0 2 {50 60 70 80}
e .c coords p
e .c imove l 0 33 44
e .c coords l
e .c imove p 2 1c 44
e .c coords p
e .c imove p 2 x 44
e .c dchars l 0 end
e .c coords l
e .c bbox l
e .c insert l 0 {1 2 3 4}
e .c coords l
e .c dchars p 0 end
e .c coords p
e .c dchars t 0 end
e .c itemcget t -text
e .c bbox t
e .c insert all 0 {5 5}
e .c coords l
e .c coords p
e .c itemcget t -text
e .c scale all 10 10 2 3
e .c coords l
e .c coords r
e .c coords t
e .c moveto r 5 5
e .c bbox r
e .c moveto r {} 50
e .c bbox r
e .c moveto r x 5
e .c coords r 5 5 1 1
e .c coords r
e .c coords l {1 2 3 4 5 6}
e .c coords l
e .c coords t 1
e .c coords t 1 2 3
join $out \n
