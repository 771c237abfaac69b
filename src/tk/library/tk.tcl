# What every application starts with: virtual events, and moving the focus with Tab.
# Answers to library/tk.tcl and library/focus.tcl, focusNext.n.

tk_virtualevents {
    Cut {<Control-x> <F20> <Control-Lock-X> <Control-w> <Control-Lock-W> <Shift-Delete>}
    Copy {<Control-c> <F16> <Control-Lock-C> <Meta-w> <Meta-Lock-W> <Control-Insert>}
    Paste {<Control-v> <F18> <Control-Lock-V> <Control-y> <Control-Lock-Y> <Shift-Insert>}
    PasteSelection {<ButtonRelease-2>}
    Undo {<Control-z> <Control-Lock-Z>}
    Redo {<Control-Z> <Control-Lock-z>}
    SelectAll {<Control-slash>}
    SelectNone {<Control-backslash>}
    ContextMenu {<Button-3>}
    ToggleSelection {<Control-Button-1>}
    NextWindow {<Tab>}
    PrevWindow {<Shift-Tab> <ISO_Left_Tab>}
    NextChar {<Right> <Control-f> <Control-Lock-F>}
    SelectNextChar {<Shift-Right> <Control-F> <Control-Lock-f>}
    PrevChar {<Left> <Control-b> <Control-Lock-B>}
    SelectPrevChar {<Shift-Left> <Control-B> <Control-Lock-b>}
    NextWord {<Control-Right>}
    SelectNextWord {<Control-Shift-Right>}
    PrevWord {<Control-Left>}
    SelectPrevWord {<Control-Shift-Left>}
    LineStart {<Home> <Control-a> <Control-Lock-A>}
    SelectLineStart {<Shift-Home> <Control-A> <Control-Lock-a>}
    LineEnd {<End> <Control-e> <Control-Lock-E>}
    SelectLineEnd {<Shift-End> <Control-E> <Control-Lock-e>}
    PrevLine {<Up> <Control-p> <Control-Lock-P>}
    NextLine {<Down> <Control-n> <Control-Lock-N>}
    SelectPrevLine {<Shift-Up> <Control-P> <Control-Lock-p>}
    SelectNextLine {<Shift-Down> <Control-N> <Control-Lock-n>}
    PrevPara {<Control-Up>}
    NextPara {<Control-Down>}
    SelectPrevPara {<Control-Shift-Up>}
    SelectNextPara {<Control-Shift-Down>}
}
tk_bindings all {
    <<NextWindow>> {tk::TabToWindow [tk_focusNext %W]}
    <<PrevWindow>> {tk::TabToWindow [tk_focusPrev %W]}
}

# The windows Tab goes through, in order: each before what is inside it, siblings from the lowest up. Toplevels inside are left out.
proc ::tk::FocusRing {top} {
    set ring [list $top]
    foreach w [winfo children $top] {
        if {[winfo toplevel $w] ne $w} {
            lappend ring {*}[FocusRing $w]
        }
    }
    return $ring
}

proc ::tk::FocusStep {w step} {
    set ring [FocusRing [winfo toplevel $w]]
    set n [llength $ring]
    set at [lsearch -exact $ring $w]
    for {set i 1} {$i < $n} {incr i} {
        set next [lindex $ring [expr {($at + $step * $i) % $n}]]
        if {[FocusOK $next]} {
            return $next
        }
    }
    return $w
}

proc ::tk_focusNext {w} {
    tk::FocusStep $w 1
}

proc ::tk_focusPrev {w} {
    tk::FocusStep $w -1
}

proc ::tk::FocusOK {w} {
    if {![catch {$w cget -takefocus} take] && $take ne ""} {
        if {$take eq "0"} {
            return 0
        }
        if {$take eq "1"} {
            return [winfo viewable $w]
        }
        set answer [uplevel #0 $take [list $w]]
        if {$answer ne ""} {
            return $answer
        }
    }
    if {![winfo viewable $w] || (![catch {$w cget -state} state] && $state eq "disabled")} {
        return 0
    }
    set bound "[bind $w] [bind [winfo class $w]]"
    expr {[string match *Key* $bound] || [string match *Focus* $bound]}
}

proc ::tk_focusFollowsMouse {} {
    set old [bind all <Enter>]
    set script {
        if {"%d" in {NotifyAncestor NotifyNonlinear NotifyInferior} && [tk::FocusOK %W]} {
            focus %W
        }
    }
    if {$old ne ""} {
        set script "$old; $script"
    }
    bind all <Enter> $script
}

# Leaves one window for another by keyboard; both hear of it.
proc ::tk::TabToWindow {w} {
    set old [focus]
    if {$old ne ""} {
        event generate $old <<TraverseOut>>
    }
    focus $w
    event generate $w <<TraverseIn>>
}

# Stops the repeating that a button held down began.
proc ::tk::CancelRepeat {} {
    variable Priv
    after cancel $Priv(afterId)
    set Priv(afterId) {}
}

proc ::tk::UnderlineAmpersand {text} {
    set s [string map {&& \0} $text]
    set at [string first & $s]
    list [string map {\0 &} [string replace $s $at $at]] $at
}
