# What of a listbox is in view: scrolling both ways, justification, the scroll commands.
set f {{DejaVu Sans Mono} -12}
set out {}
proc note args {global out; lappend out $args}
listbox .l -font $f -width 12 -height 6 -xscrollcommand {note x} -yscrollcommand {note y}
pack .l -fill both -expand 1
update
note [.l xview] [.l yview]
for {set i 0} {$i < 20} {incr i} {.l insert end [string repeat "$i " [expr {$i + 1}]]}
update
proc look cmd {
    update
    note $cmd [.l xview] [.l yview] [.l index @0,0] [.l bbox @0,0] [.l bbox @0,1000] [.l nearest 50] [winfo reqwidth .l] [winfo reqheight .l]
}
foreach cmd {
    {xview 0} {xview 5} {xview 100} {xview -3} {xview moveto 0} {xview moveto .5} {xview moveto .333} {xview moveto 1} {xview moveto -1}
    {xview scroll 2 units} {xview scroll -1 units} {xview scroll 1 pages} {xview scroll -1 p} {xview scroll -100 u} {xview moveto .25}
    {yview 3} {yview moveto .3} {yview scroll 1 pages} {yview end}
    {scan mark 30 30} {scan dragto 20 20} {scan dragto 28 25} {scan dragto 50 60} {scan dragto 0 0} {scan dragto -300 -300}
    {scan dragto -290 -280} {scan dragto 400 400}
    {configure -justify center} {configure -justify right} {xview 2} {configure -justify left} {configure -selectborderwidth 3}
    {configure -selectborderwidth 0} {configure -font {{DejaVu Sans Mono} -20}} {configure -font {{DejaVu Sans Mono} -12}} {configure -bd 4}
    {delete end} {delete 10 end} {configure -width 0} {configure -height 0} {insert 0 {a very very long line indeed}} {delete 0} {delete 0 end}
    {insert end tiny}
} {
    .l {*}$cmd
    look $cmd
}
foreach justify {left center right} {
    .l configure -justify $justify -width 10 -height 3
    .l delete 0 end
    .l insert end a bcd {much longer than that} {}
    look $justify
    foreach i {0 1 2 3} {note [.l bbox $i]}
    .l xview 4
    update
    foreach i {0 1 2 3} {note [.l bbox $i]}
    .l delete 2
    update
    foreach i {0 1 2 3} {note [.l bbox $i]}
}
# The last line in part.
pack forget .l
.l configure -justify left
.l delete 0 end
.l insert end 0 1 2 3 4 5 6 7 8 9
place .l -x 0 -y 0 -width 60 -height 70
update
note [winfo geometry .l] [.l yview] [.l bbox 3] [.l bbox 4] [.l bbox 5] [.l nearest 69] [.l index @0,500]
.l yview end
note [.l yview] [.l index @0,0]
.l see 2
note [.l index @0,0]
# Errors in the commands; a command that destroys the listbox.
proc report {m o} {note bgerror $m [lrange [split [dict get $o -errorinfo] \n] end-1 end]}
interp bgerror {} report
.l configure -yscrollcommand {error oops} -xscrollcommand {error oops2}
update
.l configure -yscrollcommand {destroy .l;#} -xscrollcommand {note never}
update
note [winfo exists .l]
join $out \n
