# Class bindings of the scrollbar. Answers to scrollbar.n, DEFAULT BINDINGS, and library/scrlbar.tcl (X11).
#
# While a button is down what it began goes on, whatever the pointer enters and whichever other button joins: those do nothing.
#
# tk::Priv(relief): the -activerelief to put back when the button goes up. tk::Priv(initPos): where a drag of the slider began, as a
# fraction; empty while there is none. tk::Priv(initValues): what `get` said then.

tk_bindings Scrollbar {
    <Enter> {
        if {$tk_strictMotif} {
            set tk::Priv(activeBg) [%W cget -activebackground]
            %W configure -activebackground [%W cget -background]
        }
        %W activate [%W identify %x %y]
    }
    <Motion> {%W activate [%W identify %x %y]}
    <Leave> {
        if {$tk_strictMotif && [info exists tk::Priv(activeBg)]} {
            %W configure -activebackground $tk::Priv(activeBg)
        }
        %W activate {}
    }
    <Button-1> {tk::ScrollButtonDown %W %x %y}
    <B1-Motion> {tk::ScrollDrag %W %x %y}
    <B1-B2-Motion> {tk::ScrollDrag %W %x %y}
    <ButtonRelease-1> {tk::ScrollButtonUp %W %x %y}
    <Button-2> {tk::ScrollButton2Down %W %x %y}
    <B2-Motion> {tk::ScrollDrag %W %x %y}
    <ButtonRelease-2> {tk::ScrollButtonUp %W %x %y}
    <Control-Button-1> {tk::ScrollTopBottom %W %x %y}
    <Control-Button-2> {tk::ScrollTopBottom %W %x %y}
    <<PrevLine>> {tk::ScrollByUnits %W v -1}
    <<NextLine>> {tk::ScrollByUnits %W v 1}
    <<PrevPara>> {tk::ScrollByPages %W v -1}
    <<NextPara>> {tk::ScrollByPages %W v 1}
    <<PrevChar>> {tk::ScrollByUnits %W h -1}
    <<NextChar>> {tk::ScrollByUnits %W h 1}
    <<PrevWord>> {tk::ScrollByPages %W h -1}
    <<NextWord>> {tk::ScrollByPages %W h 1}
    <Prior> {tk::ScrollByPages %W hv -1}
    <Next> {tk::ScrollByPages %W hv 1}
    <<LineStart>> {tk::ScrollToPos %W 0}
    <<LineEnd>> {tk::ScrollToPos %W 1}
    <MouseWheel> {tk::ScrollByUnits %W v [expr {%D >= 0 ? -%D / 30 : (29 - %D) / 30}]}
    <Shift-MouseWheel> {tk::ScrollByUnits %W h [expr {%D >= 0 ? -%D / 30 : (29 - %D) / 30}]}
    <Button-4> {tk::ScrollByUnits %W v -5}
    <Button-5> {tk::ScrollByUnits %W v 5}
    <Shift-Button-4> {tk::ScrollByUnits %W h -5}
    <Shift-Button-5> {tk::ScrollByUnits %W h 5}

    <B1-Leave> {# nothing}
    <B1-Enter> {# nothing}
    <B2-Leave> {# nothing}
    <B2-Enter> {# nothing}
    <B1-Button-2> {# nothing}
    <B2-Button-1> {# nothing}
    <B1-ButtonRelease-2> {# nothing}
    <B2-ButtonRelease-1> {# nothing}
}

proc ::tk::ScrollButtonDown {w x y} {
    variable Priv
    set Priv(relief) [$w cget -activerelief]
    $w configure -activerelief sunken
    set element [$w identify $x $y]
    if {$element eq "slider"} {
        ScrollStartDrag $w $x $y
    } else {
        ScrollSelect $w $element initial
    }
}

proc ::tk::ScrollButtonUp {w x y} {
    variable Priv
    CancelRepeat
    if {[info exists Priv(relief)]} {
        $w configure -activerelief $Priv(relief)
        ScrollEndDrag $w $x $y
        $w activate [$w identify $x $y]
    }
}

# Does what an element is for, and again after a while when it is held.
proc ::tk::ScrollSelect {w element repeat} {
    variable Priv
    if {![winfo exists $w]} {
        return
    }
    switch -- $element {
        arrow1 {ScrollByUnits $w hv -1}
        trough1 {ScrollByPages $w hv -1}
        trough2 {ScrollByPages $w hv 1}
        arrow2 {ScrollByUnits $w hv 1}
        default {
            return
        }
    }
    set delay [$w cget [expr {$repeat eq "again" ? "-repeatinterval" : "-repeatdelay"}]]
    if {$repeat eq "again" || ($repeat eq "initial" && $delay > 0)} {
        set Priv(afterId) [after $delay [list tk::ScrollSelect $w $element again]]
    }
}

proc ::tk::ScrollStartDrag {w x y} {
    variable Priv
    if {[$w cget -command] eq ""} {
        return
    }
    set Priv(pressX) $x
    set Priv(pressY) $y
    set Priv(initValues) [$w get]
    lassign $Priv(initValues) first - unit
    if {[llength $Priv(initValues)] == 2} {
        set Priv(initPos) $first
    } else {
        set Priv(initPos) [expr {$first == 0 ? 0.0 : double($unit) / $first}]
    }
}

proc ::tk::ScrollMoved {w x y} {
    variable Priv
    $w delta [expr {$x - $Priv(pressX)}] [expr {$y - $Priv(pressY)}]
}

proc ::tk::ScrollDrag {w x y} {
    variable Priv
    if {$Priv(initPos) eq ""} {
        return
    }
    set delta [ScrollMoved $w $x $y]
    if {![$w cget -jump]} {
        ScrollToPos $w [expr {$Priv(initPos) + $delta}]
        return
    }
    # The bar alone moves until the button goes up.
    lassign $Priv(initValues) a b c d
    if {$c eq ""} {
        $w set [expr {$a + $delta}] [expr {$b + $delta}]
    } else {
        set delta [expr {round($delta * $a)}]
        $w set $a $b [expr {$c + $delta}] [expr {$d + $delta}]
    }
}

proc ::tk::ScrollEndDrag {w x y} {
    variable Priv
    if {$Priv(initPos) eq ""} {
        return
    }
    if {[$w cget -jump]} {
        ScrollToPos $w [expr {$Priv(initPos) + [ScrollMoved $w $x $y]}]
    }
    set Priv(initPos) ""
}

# Tells what is scrolled: `new` for the words of today, `old` for a single unit, which scripts may use.
proc ::tk::ScrollTell {w new old} {
    set command [$w cget -command]
    if {$command eq ""} {
        return
    }
    lassign [$w get] total shown first
    if {$first eq ""} {
        uplevel #0 $command $new
    } else {
        uplevel #0 $command [expr $old]
    }
}

proc ::tk::ScrollByUnits {w orient amount} {
    if {[string first [string index [$w cget -orient] 0] $orient] >= 0} {
        ScrollTell $w [list scroll $amount units] "\$first + $amount"
    }
}

proc ::tk::ScrollByPages {w orient amount} {
    if {[string first [string index [$w cget -orient] 0] $orient] >= 0} {
        ScrollTell $w [list scroll $amount pages] "\$first + $amount * (\$shown - 1)"
    }
}

proc ::tk::ScrollToPos {w position} {
    ScrollTell $w [list moveto $position] "round(\$total * $position)"
}

proc ::tk::ScrollTopBottom {w x y} {
    variable Priv
    set element [$w identify $x $y]
    if {[string match *1 $element]} {
        ScrollToPos $w 0
    } elseif {[string match *2 $element]} {
        ScrollToPos $w 1
    }
    set Priv(relief) [$w cget -activerelief]
}

# Button 2 takes the slider to the pointer and drags it from there.
proc ::tk::ScrollButton2Down {w x y} {
    variable Priv
    if {![winfo exists $w]} {
        return
    }
    if {[string match {arrow[12]} [$w identify $x $y]]} {
        ScrollButtonDown $w $x $y
        return
    }
    ScrollToPos $w [$w fraction $x $y]
    set Priv(relief) [$w cget -activerelief]
    # What was scrolled says where it is now, before the drag begins.
    update idletasks
    if {[winfo exists $w]} {
        $w configure -activerelief sunken
        $w activate slider
        ScrollStartDrag $w $x $y
    }
}
