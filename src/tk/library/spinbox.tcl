# Class bindings of the spinbox: those of the entry, and its buttons. Answers to spinbox.n, DEFAULT BINDINGS, and library/spinbox.tcl.
#
# tk::Priv(element): what button 1 went down on. tk::Priv(repeated): how often a held button has stepped by itself.
# tk::Priv(outsideElement) exists while the pointer is off that button: it steps no more until it is back.

tk_bindings Spinbox {
    <Button-1> {tk::SpinPress %W %x %y}
    <B1-Motion> {tk::SpinMotion %W %x %y}
    <Double-Button-1> {
        tk::SpinArrowPress %W
        tk::SpinSelect %W %x word sel.first
    }
    <Triple-Button-1> {
        tk::SpinArrowPress %W
        tk::SpinSelect %W %x line 0
    }
    <Shift-Button-1> {
        set tk::Priv(selectMode) char
        %W selection adjust @%x
    }
    <Double-Shift-Button-1> {tk::SpinSelect %W %x word}
    <Triple-Shift-Button-1> {tk::SpinSelect %W %x line}
    <B1-Leave> {
        set tk::Priv(x) %x
        tk::SpinAutoScan %W
    }
    <B1-Enter> {tk::CancelRepeat}
    <ButtonRelease-1> {tk::SpinRelease %W}
    <<PrevLine>> {%W invoke buttonup}
    <<NextLine>> {%W invoke buttondown}
}

proc ::tk::SpinPress {w x y} {
    variable Priv
    set Priv(element) [$w identify $x $y]
    if {$Priv(element) in {{} entry}} {
        set Priv(element) entry
        EntryButton1 $w $x
        $w selection clear
    } else {
        SpinArrowPress $w
    }
}

# A button goes down, and steps by itself when it is held.
proc ::tk::SpinArrowPress {w} {
    variable Priv
    if {[$w cget -state] eq "disabled" || $Priv(element) eq "entry"} {
        return
    }
    $w selection element $Priv(element)
    set Priv(repeated) 0
    unset -nocomplain Priv(outsideElement)
    SpinLater $w [$w cget -repeatdelay]
}

proc ::tk::SpinLater {w delay} {
    variable Priv
    after cancel $Priv(afterId)
    if {$delay > 0} {
        set Priv(afterId) [after $delay [list tk::SpinRepeat $w $Priv(element)]]
    }
}

proc ::tk::SpinRepeat {w element} {
    variable Priv
    if {![winfo exists $w]} {
        return
    }
    if {![info exists Priv(outsideElement)]} {
        $w invoke $element
        incr Priv(repeated)
    }
    if {[winfo exists $w]} {
        SpinLater $w [$w cget -repeatinterval]
    }
}

proc ::tk::SpinRelease {w} {
    variable Priv
    CancelRepeat
    if {[info exists Priv(element)] && [string match button* $Priv(element)] && [info exists Priv(repeated)]} {
        # A short press steps when it ends.
        if {!$Priv(repeated)} {
            $w invoke $Priv(element)
        }
        if {[winfo exists $w]} {
            $w selection element none
        }
    }
}

proc ::tk::SpinMotion {w x y} {
    variable Priv
    if {![info exists Priv(element)]} {
        set Priv(element) [$w identify $x $y]
    }
    set Priv(x) $x
    if {$Priv(element) eq "entry"} {
        SpinSelect $w $x
    } elseif {[$w identify $x $y] ne $Priv(element)} {
        set Priv(outsideElement) {}
        $w selection element none
    } elseif {[info exists Priv(outsideElement)]} {
        unset Priv(outsideElement)
        $w selection element $Priv(element)
    }
}

# Selects to x as an entry does; the insertion cursor stays, or goes to `cursor`.
proc ::tk::SpinSelect {w x {mode {}} {cursor {}}} {
    variable Priv
    if {$Priv(element) ne "entry"} {
        return
    }
    set insert [$w index insert]
    EntryMouseSelect $w $x $mode
    $w icursor $insert
    if {$cursor ne ""} {
        catch {$w icursor $cursor}
    }
}

proc ::tk::SpinAutoScan {w} {
    variable Priv
    if {![winfo exists $w]} {
        return
    }
    set x $Priv(x)
    if {$x < 0 || $x >= [winfo width $w]} {
        $w xview scroll [expr {$x < 0 ? -2 : 2}] units
        SpinSelect $w $x
    }
    set Priv(afterId) [after 50 [list tk::SpinAutoScan $w]]
}
