# -listvariable.
set out {}
proc note args {global out; lappend out $args}
set f {{DejaVu Sans Mono} -12}
listbox .l -listvariable v -font $f
note [info exists v] $v
pack .l
update
set v {a b c d e}
note [.l get 0 end] [.l size]
note [.l get end] [.l size]
.l insert 1 X Y
note $v
.l delete 0
note $v [.l get 0 end]
.l selection set 1 end
.l itemconfigure 5 -bg red
.l activate 5
.l selection anchor 5
set v {1 2 3}
note [.l curselection] [.l index active] [.l index anchor] [.l get active]
set v {1 2 3 4 5 6 7}
note [.l curselection] [.l itemcget 5 -bg] [.l get active]
note [catch {set v "a \{b"} m] $m $v [.l get 0 end]
unset v
note [info exists v] $v [.l get 0 end]
set v {q r}
note [.l get 0 end]
.l configure -listvariable {}
set v other
note [.l get 0 end]
.l configure -listvariable v
note [.l get 0 end]
.l configure -listvariable w
note $w
set w {new list}
note [.l get 0 end] $v
set bad "x \{"
note [catch {.l configure -listvariable bad} m] $m $::errorCode [.l cget -listvariable] [.l get 0 end]
set w {still bound}
note [.l get 0 end]
note [catch {.l configure -listvariable arr(k)} m] $m [array get arr]
set arr(k) {in array}
note [.l get 0 end]
unset arr
note [array get arr]
namespace eval ns {variable y {in ns}}
.l configure -listvariable ns::y
note [.l get 0 end]
namespace delete ns
note [.l get 0 end] [catch {.l insert end more} m] $m [.l get 0 end]
# Two listboxes on one list.
set both {1 2}
listbox .m -listvariable both
.l configure -listvariable both
.l insert end 3
note $both [.m get 0 end]
.m delete 0
note $both [.l get 0 end]
destroy .m
set both gone
note [.l get 0 end]
# The size asked for follows when idle.
.l configure -width 0 -height 0
set both {a bb ccc}
note [winfo reqwidth .l] [winfo reqheight .l]
update
note [winfo reqwidth .l] [winfo reqheight .l]
set both {{a long long line}}
update
note [winfo reqwidth .l] [winfo reqheight .l] [.l xview]
destroy .l
note [info exists both]
proc local {} {
    set mine {p q}
    listbox .l -listvariable mine
    list [.l get 0 end] [info exists ::mine]
}
note [local]
join $out \n
