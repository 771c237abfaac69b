# Subcommands of entry: results, errors and their codes.
set f {{DejaVu Sans Mono} -12}
entry .e -font $f -width 10
pack .e
update
set out {}
proc e args {
    global out errorCode
    if {[catch {uplevel #0 $args} m]} {lappend out "$args => error: $m ($errorCode)"} else {lappend out "$args => $m"}
}
e .e
e .e foo
e .e i
e .e in
e .e bbox
e .e bbox 1 2
e .e bbox foo
e .e bbox 0
e .e cget
e .e cget -foo
e .e configure -foo
e .e configure -bg bogus
e .e configure -state bogus
e .e configure -validate bogus
e .e configure -justify bogus
e .e configure -width 1.5
e .e configure -insertofftime x
e .e configure -exportselection x
e .e configure -bd
e .e delete
e .e delete 1 2 3
e .e delete foo
e .e delete 0 bar
e .e get foo
e .e icursor
e .e icursor foo
e .e index
e .e index foo
e .e insert
e .e insert 0
e .e insert foo a
e .e insert 0 a b
e .e scan
e .e scan a
e .e scan foo bar
e .e scan foo 4
e .e scan {} 4
e .e selection
e .e selection foo
e .e selection {}
e .e selection adjust
e .e selection adjust x
e .e selection adjust 1 2
e .e selection clear 0
e .e selection from
e .e selection from x
e .e selection present 1
e .e selection range 1
e .e selection range a 2
e .e selection range 1 2 3
e .e selection to
e .e selection to foo
e .e sel a
e .e validate 1
e .e xview 0 foo
e .e xview foo
e .e xview moveto
e .e xview moveto foo
e .e xview moveto 1 2
e .e xview scroll 1
e .e xview scroll foo units
e .e xview scroll 1 foo
e .e xview scroll 1 {}
e .e xview {} 1
e .e index sel.first
e .e index sel
e .e index s
e .e insert 0 "The quick brown fox"
foreach i {0 5 19 20 -1 end e en ende anchor a an insert ins i @0 @20 @35 @75 @76 @77 @1000 @-5 @x 1.5 0x5 { 3 } {} sel.first sel.last sel. selx} {e .e index $i}
foreach i {0 1 5 18 19 end insert} {e .e bbox $i}
e .e selection range 4 9
foreach i {sel.first sel.last sel.f sel.l sel. s sel sell anchor} {e .e index $i}
e .e get
e .e delete sel.first sel.last
e .e get
e .e selection present
e .e delete 3
e .e get
e .e delete 5 2
e .e delete 4 4
e .e get
e .e delete 100
e .e delete end
e .e get
e .e delete 10 end
e .e get
e .e icursor 4
e .e insert insert ABC
e .e index insert
e .e insert end !
e .e get
e .e insert 0 {}
e .e delete 0 end
e .e get
e .e insert 0 0123456789
# Insertion and deletion move selection, anchor, cursor.
proc marks {} {
    global out
    set m {}
    foreach i {insert anchor sel.first sel.last} {
        if {[catch {.e index $i} v]} {set v -}
        lappend m $v
    }
    lappend out "  [.e get]: $m"
}
proc reset {} {
    .e delete 0 end
    .e insert 0 0123456789
    .e selection from 3
    .e selection to 7
    .e icursor 5
}
foreach {op args} {
    insert {0 ab} insert {3 ab} insert {4 ab} insert {5 ab} insert {7 ab} insert {8 ab}
    delete {0 2} delete {2 4} delete {3 7} delete {4 6} delete {5 9} delete {0 end} delete {7 8} delete 3 delete 9
} {
    reset
    lappend out "$op $args"
    eval .e $op $args
    marks
}
foreach i {0 1 2 3 4 5 6 7 8 9 10} {
    reset
    lappend out "adjust $i"
    .e selection adjust $i
    marks
}
reset
e .e selection range 5 5
marks
e .e selection range 8 2
marks
e .e selection range 2 8
marks
e .e selection from 4
e .e selection to 4
marks
e .e selection clear
marks
e .e selection to 1
marks
foreach state {readonly disabled} {
    .e configure -state $state
    lappend out $state
    e .e insert 0 xx
    e .e delete 0 3
    e .e insert foo a
    e .e selection range 1 4
    e .e selection present
    e .e selection clear
    e .e selection from 2
    e .e selection adjust bogus
    e .e icursor 2
    marks
}
e .e configure -state normal
foreach o {-insertwidth -insertborderwidth -highlightthickness -borderwidth} {
    foreach v {-1 0 1 2 5 3m bogus} {
        e .e configure $o $v
        e .e cget $o
    }
    e .e cget -insertborderwidth
}
e entry .x -foo
e entry .x -textvariable no::such::var
e winfo exists .x
e entry
e entry x
join $out \n
