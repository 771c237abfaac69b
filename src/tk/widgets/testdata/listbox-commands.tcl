# Subcommands of listbox: results, errors and their codes.
set f {{DejaVu Sans Mono} -12}
listbox .l -font $f -width 10 -height 5
pack .l
update
set out {}
proc e args {
    global out errorCode
    if {[catch {uplevel #0 $args} m]} {lappend out "$args => error: $m ($errorCode)"} else {lappend out "$args => $m"}
}
e .l
e .l foo
e .l s
e .l activate
e .l activate foo
e .l activate 0
e .l index active
e .l bbox
e .l bbox foo
e .l bbox 0
e .l cget
e .l cget -foo
e .l configure -foo
e .l configure -state readonly
e .l configure -activestyle x
e .l configure -justify x
e .l configure -listvariable no::such
e .l cget -listvariable
e .l curselection a
e .l curselection
e .l delete
e .l delete 0 1 2
e .l delete foo
e .l delete 0
e .l get
e .l get 0 1 2
e .l get foo
e .l get 0 bar
e .l get 0
e .l get 0 end
e .l index
e .l index foo
e .l index 1 2
e .l insert
e .l insert foo
e .l insert end
e .l itemcget
e .l itemcget 0
e .l itemcget 0 -bg
e .l itemconfigure
e .l itemconfigure 0
e .l nearest
e .l nearest x
e .l nearest 10
e .l scan
e .l scan foo 1 2
e .l scan mark x 2
e .l scan mark 1
e .l scan {} 1 1
e .l see
e .l see foo
e .l see 0
e .l selection
e .l selection set
e .l selection foo 1
e .l selection set foo
e .l selection set 0 foo
e .l selection anchor 0 1
e .l selection includes 0 1
e .l selection set 1 2 3
e .l size 1
e .l size
e .l xview foo
e .l xview 1 2
e .l xview moveto
e .l xview scroll 1 x
e .l xview
e .l yview foo
e .l yview moveto x
e .l yview scroll x units
e .l yview
foreach i {active anchor end a ac an e 0 5 -1 @ @1 @1,2 @x,y @3,x @-3,-5 @0x3,0x9 { 3} 1.5 {} end-1 @1,2x} {e .l index $i}
.l insert end zero one two three {four four} five six seven eight nine
foreach i {active anchor end a ac an e 0 5 -1 100 @1,2 @0,30 @0,1000 @0,-100 @3,x 0x4 2e0} {
    e .l index $i
    e .l get $i
    e .l bbox $i
}
foreach y {-10 0 2 17 18 19 34 81 82 83 100} {e .l nearest $y}
e .l get 0 end
e .l get 3 1
e .l get 8 100
e .l get -3 1
e .l get 11 12
e .l get end
e .l get 2 2
proc marks what {
    global out
    lappend out "$what: [.l curselection] active [.l index active] anchor [.l index anchor] top [.l index @0,0] size [.l size] [.l yview]"
}
proc reset {} {
    .l delete 0 end
    .l insert end 0 1 2 3 4 5 6 7 8 9
    .l selection clear 0 end
    .l selection set 3 5
    .l selection set 8
    .l selection anchor 5
    .l activate 6
    .l yview 3
    .l itemconfigure 4 -background red
    .l itemconfigure 9 -fg blue
}
proc colours {} {
    set m {}
    for {set i 0} {$i < [.l size]} {incr i} {
        if {[.l itemcget $i -bg] ne ""} {lappend m $i [.l itemcget $i -bg]}
        if {[.l itemcget $i -fg] ne ""} {lappend m $i [.l itemcget $i -fg]}
    }
    return $m
}
foreach cmd {
    {insert 0 a b} {insert 3 a} {insert 4 a b} {insert 5 a} {insert 6 a} {insert 7 a} {insert end a b} {insert -3 a} {insert 100 a}
    {delete 0} {delete 3} {delete 0 4} {delete 4 6} {delete 8 end} {delete 5 2} {delete 0 end} {delete -2 1} {delete 6 100} {delete 100}
    {delete 9} {selection clear 4} {selection clear 0 end} {selection set 9 7} {selection set -5 1} {selection set 8 100}
    {selection set 10 20} {selection set -5 -1} {selection anchor 100} {selection anchor -4} {selection clear 100} {selection clear end}
    {selection includes 4} {selection includes 2} {selection includes 100} {activate -1} {activate 100} {activate end} {activate 2}
    {see 0} {see 2} {see 3} {see 7} {see 8} {see 9} {see 100} {see -3} {yview 0} {yview 2} {yview 100} {yview end} {yview -2}
    {yview moveto 0} {yview moveto .5} {yview moveto .44} {yview moveto 1} {yview moveto -1} {yview scroll 1 units} {yview scroll -2 units}
    {yview scroll 1 pages} {yview scroll -1 pages} {yview scroll 100 u} {yview active}
} {
    reset
    lappend out "$cmd: [catch {.l {*}$cmd} m] $m"
    marks $cmd
    lappend out "  [.l get 0 end] {[colours]}"
}
# Items.
reset
e .l itemconfigure 0
e .l itemconfigure 0 -bg
e .l itemconfigure 0 -foreground
e .l itemconfigure 0 -foo
e .l itemconfigure 0 -foo 1
e .l itemconfigure 0 -bg bogus
e .l itemconfigure 0 -bg
e .l itemconfigure 0 -bg red -fg bogus
e .l itemconfigure 0 -bg red -fg green -selectbackground blue -selectforeground {}
e .l itemconfigure 0
e .l itemcget 0 -background
e .l itemcget 0 -b
e .l itemcget 0 -f
e .l itemcget 0 -select
e .l itemcget 0 -foo
e .l itemconfigure 0 -bg {}
e .l itemcget 0 -bg
e .l itemconfigure end -bg red
e .l itemconfigure 10 -bg red
e .l itemconfigure -1 -bg red
e .l itemcget 12 -bg
e .l itemcget x -bg
# Disabled.
.l configure -state disabled
foreach cmd {
    {insert 0 x} {insert foo x} {delete 0} {selection set 0} {selection clear 3} {selection anchor 0} {selection includes 3} {activate 0}
    {yview 0} {itemconfigure 1 -bg green} {see 9} {selection bogus 1} {selection anchor 0 1}
} {
    e .l {*}$cmd
    marks $cmd
}
e listbox
e listbox x
e listbox .x -foo
e winfo exists .x
set bad "a \{"
e listbox .x -listvariable bad
join $out \n
