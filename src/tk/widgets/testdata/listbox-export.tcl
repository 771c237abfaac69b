# The selection that others take away.
set out {}
proc note args {global out; lappend out $args}
listbox .a
listbox .b
entry .e
pack .a .b .e
foreach w {.a .b} {
    $w insert end 1 2 3 4
    bind $w <<ListboxSelect>> {note %W [%W curselection]}
}
.e insert 0 abcdef
update
proc look what {
    update
    note $what [.a curselection] [.b curselection] [.e selection present]
}
.a selection set 1 2
look a
.b selection set 0
look b
.e selection range 1 3
look e
.a selection set 3
look a
.e selection from 0
look from
.e selection to 4
look to
.b configure -exportselection 0
.b selection set 2
look unexported
.a selection set 0
look a
.b configure -exportselection 1
look exported
.e configure -exportselection 0
.e selection range 0 2
look unexported
.b selection clear 0 end
.a selection set 0
.b selection set 0
look b
destroy .b
update
note [.a curselection]
join $out \n
