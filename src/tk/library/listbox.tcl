# Class bindings of the listbox. Answers to listbox.n, DEFAULT BINDINGS, and library/listbox.tcl.
#
# tk::Priv(listboxPrev): the element a drag was at last. tk::Priv(listboxSelection): what was selected when it began, so that the drag can
# give back what it no longer covers. tk::Priv(x), (y): where the pointer was last.

tk_bindings Listbox {
    <Button-1> {
        if {[winfo exists %W]} {
            tk::ListboxBeginSelect %W [%W index @%x,%y]
        }
    }
    <Double-Button-1> {# left to the application}
    <B1-Motion> {
        array set tk::Priv {x %x y %y}
        tk::ListboxMotion %W [%W index @%x,%y]
    }
    <ButtonRelease-1> {
        tk::CancelRepeat
        %W activate @%x,%y
    }
    <Shift-Button-1> {tk::ListboxBeginExtend %W [%W index @%x,%y]}
    <Control-Button-1> {tk::ListboxBeginToggle %W [%W index @%x,%y]}
    <B1-Leave> {
        array set tk::Priv {x %x y %y}
        tk::ListboxAutoScan %W
    }
    <B1-Enter> {tk::CancelRepeat}

    <<PrevLine>> {tk::ListboxUpDown %W -1}
    <<SelectPrevLine>> {tk::ListboxExtendUpDown %W -1}
    <<NextLine>> {tk::ListboxUpDown %W 1}
    <<SelectNextLine>> {tk::ListboxExtendUpDown %W 1}
    <<PrevChar>> {%W xview scroll -1 units}
    <<PrevWord>> {%W xview scroll -1 pages}
    <<NextChar>> {%W xview scroll 1 units}
    <<NextWord>> {%W xview scroll 1 pages}
    <Prior> {
        %W yview scroll -1 pages
        %W activate @0,0
    }
    <Next> {
        %W yview scroll 1 pages
        %W activate @0,0
    }
    <Control-Prior> {%W xview scroll -1 pages}
    <Control-Next> {%W xview scroll 1 pages}
    <<LineStart>> {%W xview moveto 0}
    <<LineEnd>> {%W xview moveto 1}
    <Control-Home> {tk::ListboxGoTo %W 0}
    <Control-Shift-Home> {tk::ListboxDataExtend %W 0}
    <Control-End> {tk::ListboxGoTo %W end}
    <Control-Shift-End> {tk::ListboxDataExtend %W [%W index end]}

    <<Copy>> {
        catch {
            if {[selection own -displayof %W] eq "%W"} {
                clipboard clear -displayof %W
                clipboard append -displayof %W [selection get -displayof %W]
            }
        }
    }
    <space> {tk::ListboxBeginSelect %W [%W index active]}
    <<Invoke>> {tk::ListboxBeginSelect %W [%W index active]}
    <Select> {tk::ListboxBeginSelect %W [%W index active]}
    <Control-Shift-space> {tk::ListboxBeginExtend %W [%W index active]}
    <Shift-Select> {tk::ListboxBeginExtend %W [%W index active]}
    <Escape> {tk::ListboxCancel %W}
    <<SelectAll>> {tk::ListboxSelectAll %W}
    <<SelectNone>> {
        if {[%W cget -selectmode] ne "browse"} {
            %W selection clear 0 end
            tk::FireListboxSelectEvent %W
        }
    }

    <Button-2> {%W scan mark %x %y}
    <B2-Motion> {%W scan dragto %x %y}
    <MouseWheel> {%W yview scroll [expr {(%D >= 0 ? -%D : 29 - %D) / 30}] units}
    <Shift-MouseWheel> {%W xview scroll [expr {(%D >= 0 ? -%D : 29 - %D) / 30}] units}
    <Button-4> {tk::Emacs {%W yview scroll -5 units}}
    <Shift-Button-4> {tk::Emacs {%W xview scroll -5 units}}
    <Button-5> {tk::Emacs {%W yview scroll 5 units}}
    <Shift-Button-5> {tk::Emacs {%W xview scroll 5 units}}
}

# A press on an element, or space on the active one.
proc ::tk::ListboxBeginSelect {w el {focus 1}} {
    variable Priv
    if {[$w cget -selectmode] eq "multiple"} {
        ListboxToggle $w $el
    } else {
        ListboxSelectOnly $w $el
        $w selection anchor $el
        array set Priv [list listboxSelection {} listboxPrev $el]
    }
    FireListboxSelectEvent $w
    # The event may have destroyed it.
    if {$focus && [winfo exists $w] && [$w cget -state] eq "normal"} {
        focus $w
    }
}

proc ::tk::ListboxSelectOnly {w el} {
    $w selection clear 0 end
    $w selection set $el
}

proc ::tk::ListboxToggle {w el} {
    $w selection [expr {[$w selection includes $el] ? "clear" : "set"}] $el
}

# Button 1 is held and the pointer is at an element.
proc ::tk::ListboxMotion {w el} {
    variable Priv
    if {$el == $Priv(listboxPrev)} {
        return
    }
    switch -- [$w cget -selectmode] {
        browse {
            ListboxSelectOnly $w $el
        }
        extended {
            ListboxExtend $w $el
        }
        default {
            return
        }
    }
    set Priv(listboxPrev) $el
    FireListboxSelectEvent $w
}

# All from the anchor to an element becomes as the anchor is; what the drag has left again becomes as it was before.
proc ::tk::ListboxExtend {w el} {
    variable Priv
    set anchor [$w index anchor]
    set i $Priv(listboxPrev)
    if {$i < 0} {
        set i $el
        $w selection set $el
    }
    set on [$w selection includes anchor]
    $w selection clear $i $el
    $w selection [expr {$on ? "set" : "clear"}] anchor $el
    if {![info exists Priv(listboxSelection)]} {
        set Priv(listboxSelection) [$w curselection]
    }
    while {$i < $el && $i < $anchor} {
        ListboxRestore $w $i
        incr i
    }
    while {$i > $el && $i > $anchor} {
        ListboxRestore $w $i
        incr i -1
    }
}

proc ::tk::ListboxRestore {w el} {
    variable Priv
    if {$el in $Priv(listboxSelection)} {
        $w selection set $el
    }
}

# Shift and button 1.
proc ::tk::ListboxBeginExtend {w el} {
    if {[$w cget -selectmode] ne "extended"} {
        return
    }
    if {[$w selection includes anchor]} {
        ListboxMotion $w $el
    } else {
        ListboxBeginSelect $w $el
    }
}

# Control and button 1.
proc ::tk::ListboxBeginToggle {w el} {
    variable Priv
    if {[$w cget -selectmode] ne "extended"} {
        return
    }
    array set Priv [list listboxSelection [$w curselection] listboxPrev $el]
    $w selection anchor $el
    ListboxToggle $w $el
    FireListboxSelectEvent $w
}

# Scrolls on while the pointer is out of the widget with button 1 down.
proc ::tk::ListboxAutoScan {w} {
    variable Priv
    if {![winfo exists $w]} {
        return
    }
    set x $Priv(x)
    set y $Priv(y)
    if {$y < 0 || $y >= [winfo height $w]} {
        $w yview scroll [expr {$y < 0 ? -1 : 1}] units
    } elseif {$x < 0 || $x >= [winfo width $w]} {
        $w xview scroll [expr {$x < 0 ? -2 : 2}] units
    } else {
        return
    }
    ListboxMotion $w [$w index @$x,$y]
    set Priv(afterId) [after 50 [list tk::ListboxAutoScan $w]]
}

# Up and Down.
proc ::tk::ListboxUpDown {w amount} {
    variable Priv
    $w activate [expr {[$w index active] + $amount}]
    $w see active
    set mode [$w cget -selectmode]
    if {$mode ni {browse extended}} {
        return
    }
    ListboxSelectOnly $w active
    if {$mode eq "extended"} {
        $w selection anchor active
        array set Priv [list listboxPrev [$w index active] listboxSelection {}]
    }
    FireListboxSelectEvent $w
}

# Shift with Up and Down.
proc ::tk::ListboxExtendUpDown {w amount} {
    variable Priv
    if {[$w cget -selectmode] ne "extended"} {
        return
    }
    set active [$w index active]
    if {![info exists Priv(listboxSelection)]} {
        $w selection set $active
        set Priv(listboxSelection) [$w curselection]
    }
    $w activate [expr {$active + $amount}]
    $w see active
    ListboxMotion $w [$w index active]
}

# Control with Home and End.
proc ::tk::ListboxGoTo {w el} {
    $w activate $el
    $w see $el
    ListboxSelectOnly $w $el
    FireListboxSelectEvent $w
}

# Control, Shift and Home or End.
proc ::tk::ListboxDataExtend {w el} {
    set mode [$w cget -selectmode]
    if {$mode ni {extended multiple}} {
        return
    }
    $w activate $el
    $w see $el
    if {$mode eq "extended" && [$w selection includes anchor]} {
        ListboxMotion $w $el
    }
}

# Escape: what lies between the anchor and the end of a drag is again as it was before.
proc ::tk::ListboxCancel {w} {
    variable Priv
    if {[$w cget -selectmode] ne "extended" || $Priv(listboxPrev) eq ""} {
        return
    }
    set ends [lsort -integer [list [$w index anchor] $Priv(listboxPrev)]]
    $w selection clear {*}$ends
    for {set i [lindex $ends 0]} {$i <= [lindex $ends 1]} {incr i} {
        ListboxRestore $w $i
    }
    FireListboxSelectEvent $w
}

proc ::tk::ListboxSelectAll {w} {
    if {[$w cget -selectmode] in {single browse}} {
        ListboxSelectOnly $w active
    } else {
        $w selection set 0 end
    }
    FireListboxSelectEvent $w
}

proc ::tk::FireListboxSelectEvent {w} {
    if {[$w cget -state] eq "normal"} {
        event generate $w <<ListboxSelect>>
    }
}
