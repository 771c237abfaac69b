set out {}
proc xs args {global out; lappend out "xs $args"}
proc ys args {global out; lappend out "ys $args"}
proc e args {global out; lappend out [catch {uplevel #0 $args} m] $m; update}
canvas .c -width 100 -height 80 -bd 2 -highlightthickness 1 -xscrollcommand xs -yscrollcommand ys
pack .c
update
lappend out --
e .c configure -scrollregion {-50 -50 350 250}
e .c xview
e .c yview
e .c xview moveto 0.3
e .c xview
e .c canvasx 0
e .c xview scroll 1 units
e .c canvasx 0
e .c xview scroll -1 pages
e .c canvasx 0
e .c yview scroll 3 u
e .c canvasy 0
e .c configure -xscrollincrement 15 -yscrollincrement 7
e .c canvasx 0
e .c canvasy 0
e .c xview scroll 1 units
e .c canvasx 0
e .c xview scroll 100 units
e .c canvasx 0
e .c xview scroll -100 units
e .c canvasx 0
e .c yview moveto 1
e .c canvasy 0
e .c configure -confine 0
e .c xview scroll -100 units
e .c canvasx 0
e .c xview moveto -3
e .c canvasx 0
e .c yview moveto 3
e .c canvasy 0
e .c configure -confine 1
e .c canvasx 0
e .c configure -xscrollincrement 0 -yscrollincrement 0
e .c canvasx 0
e .c configure -width 500 -height 400
e .c canvasx 0
e .c canvasy 0
e .c xview
e .c configure -width 150
e .c xview
e .c configure -scrollregion {}
e .c canvasx 0
e .c xview
e .c scan mark 10 10
e .c scan dragto 5 8
e .c canvasx 0
e .c canvasy 0
e .c scan dragto 5 8 1
e .c canvasx 0
e .c scan mark 10
e .c scan mark 10 10 10
e .c scan dragto 10 10 10 10
e .c scan dragto 10 x
e .c xview scroll x units
e .c xview scroll 1
e .c xview moveto x
e .c yview x
e .c canvasx 17 10
e .c canvasx -17 10
e .c canvasx 13.4 0
e .c canvasx 5 -3
e .c canvasy 1 2.5

e .c xview scroll 2 units
e .c configure -closeenough x
e .c configure -confine x
e .c configure -insertwidth x
e .c configure -nosuch x
e .c configure -s x
e .c configure -h
e .c cget -bd


e canvas .c
e canvas .d -bogus 1
e winfo exists .d
e .c
join $out \n
