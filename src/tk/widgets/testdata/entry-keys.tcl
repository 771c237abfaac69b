# Class bindings of entry.
set f {{DejaVu Sans Mono} -12}
set out {}
entry .e -font $f -width 12
entry .o -font $f
pack .e .o
focus -force .e
update
proc reset {{text {The quick, brown fox_2 jumps}}} {
    .e configure -state normal
    .e delete 0 end
    .e insert 0 $text
    .e selection clear
    .e selection from 0
    .e icursor 10
    .e xview 0
    update
}
proc marks what {
    global out
    set m {}
    foreach i {insert anchor sel.first sel.last @0} {
        if {[catch {.e index $i} v]} {set v -}
        lappend m $v
    }
    lappend out "$what: [list [.e get]] $m"
}
foreach key {
    <Left> <Right> <Shift-Left> <Shift-Right> <Control-Left> <Control-Right> <Control-Shift-Left> <Control-Shift-Right> <Home> <End>
    <Shift-Home> <Shift-End> <Delete> <BackSpace> <Control-a> <Control-e> <Control-b> <Control-f> <Control-d> <Control-h> <Control-k>
    <Control-t> <Meta-b> <Meta-f> <Meta-d> <Meta-BackSpace> <Meta-Delete> <Control-slash> <Control-backslash> <Control-space>
    <Escape> <Return> <Tab> <Prior> <Next> <Up> <Down> <Insert> <a> <space> <Shift-A> <Control-q> <Alt-x> <F1> <KP_Enter>
    <Control-A> <Control-E> <KP_Left> <KP_Home>
} {
    reset
    event generate .e $key
    update
    marks $key
    focus -force .e
    update
}
foreach name {
    Clear TraverseIn PrevChar NextChar SelectPrevChar SelectNextChar PrevWord NextWord SelectPrevWord SelectNextWord LineStart
    SelectLineStart LineEnd SelectLineEnd SelectAll SelectNone PrevLine NextLine
} {
    reset
    .e selection range 4 9
    event generate .e <<$name>>
    marks <<$name>>
}
foreach at {0 1 4 9 16 17 21 22 23 28} {
    foreach key {<Control-Left> <Control-Right> <Control-t> <BackSpace> <Delete>} {
        reset
        .e icursor $at
        event generate .e $key
        marks "$at $key"
    }
}
# Typing over a selection, or beside one.
foreach {from to cursor} {4 9 4 4 9 9 4 9 6 4 9 2 4 9 12} {
    foreach key {x <BackSpace> <Delete>} {
        reset
        .e selection range $from $to
        .e icursor $cursor
        event generate .e $key
        marks "$from $to $cursor $key"
    }
}
# Runs of keys.
reset
foreach key {<Home> <Shift-Right> <Shift-Right> <Shift-Right> <Shift-Left> <Control-Shift-Right> x y <BackSpace> <Shift-End> <Delete>} {
    event generate .e $key
    marks "run $key"
}
reset
event generate .e <End>
for {set i 0} {$i < 24} {incr i} {
    event generate .e <BackSpace>
    marks "back $i"
}
reset abc
foreach state {readonly disabled} {
    .e configure -state $state
    foreach key {x <BackSpace> <Delete> <Home> <Shift-Right> <Control-t> <Control-k>} {
        event generate .e $key
        marks "$state $key"
    }
}
reset {}
foreach {sym} {at dollar bracketleft quotedbl} {
    event generate .e <KeyPress> -keysym $sym
}
marks keysyms
foreach text {"" "  " "one" " one two  " "a,b.c" "x_y z"} {
    foreach i {0 1 3 6 10} {
        foreach p {tcl_wordBreakAfter tcl_wordBreakBefore tcl_endOfWord tcl_startOfNextWord tcl_startOfPreviousWord} {
            lappend out "$p [list $text] $i: [$p $text $i]"
        }
    }
}
set tcl_wordchars {\S}
set tcl_nonwordchars {\s}
reset "a,b c-d  e"
foreach key {<Home> <Control-Right> <Control-Right> <Control-Left> <End> <Control-Left>} {
    event generate .e $key
    marks "words $key"
}
join $out \n
