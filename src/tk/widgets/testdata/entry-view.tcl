# What of an entry is in view: scrolling, justification, places, the scroll command.
set f {{DejaVu Sans Mono} -12}
set out {}
proc note args {global out; lappend out $args}
entry .e -font $f -width 10 -xscrollcommand {note scroll}
pack .e
update
note [.e xview]
.e insert 0 "0123456789abcdefghijklmnopqrst"
update
foreach cmd {
    {xview 0} {xview 5} {xview 100} {xview end} {xview moveto 0} {xview moveto .5} {xview moveto .333} {xview moveto 1} {xview moveto -1}
    {xview scroll 2 units} {xview scroll -3 units} {xview scroll 1 pages} {xview scroll -1 p} {xview scroll -100 u} {xview moveto .25}
    {scan mark 30} {scan dragto 20} {scan dragto 28} {scan dragto 50} {scan dragto 0} {scan dragto -300} {scan dragto -290} {scan dragto 400}
    {insert 0 ABC} {delete 0 10} {delete 5 end} {insert end 0123456789} {xview 3} {delete 0 1} {insert 2 ZZ} {delete 3 end} {xview end}
} {
    .e {*}$cmd
    update
    note $cmd [.e xview] [.e index @0] [.e index @40] [.e index @1000] [.e bbox 0] [.e bbox end]
}
foreach justify {left center right} {
    foreach text {{} a abcde 0123456789 0123456789abc} {
        .e delete 0 end
        .e configure -justify $justify -bd 3 -highlightthickness 2
        .e insert 0 $text
        update
        note $justify $text [.e bbox 0] [.e bbox end] [.e index @0] [.e index @20] [.e index @45] [.e index @79] [.e index @90] [.e xview]
    }
}
pack configure .e -ipadx 11 -ipady 7
update
note [winfo geometry .e] [.e bbox 0] [.e xview]
.e configure -show *
update
note [.e bbox 3] [.e get]
.e configure -show "" -font {{DejaVu Sans Mono} -20}
update
note [winfo geometry .e] [.e bbox 3] [.e xview]
.e configure -width 3
update
note [winfo geometry .e] [.e bbox 3] [.e xview]
.e delete 0 end
.e insert 0 "a\tb\nc"
update
note [.e bbox 0] [.e bbox 1] [.e bbox 2] [.e bbox 4]
# Unmapped entries do not tell their scrollbar; errors in the command are reported.
pack forget .e
update
set out2 $out
.e insert end more
update
note [expr {$out eq $out2}]
pack .e
update
proc report {m o} {note bgerror $m [lrange [split [dict get $o -errorinfo] \n] end-1 end]}
interp bgerror {} report
.e configure -xscrollcommand {error oops}
update

update
join $out \n
