# Class bindings of the entry, and what they share with the spinbox. Answers to entry.n, DEFAULT BINDINGS, and library/entry.tcl.
#
# tk::Priv(selectMode): what a drag selects by, char, word or line. tk::Priv(pressX): where button 1 went down. tk::Priv(mouseMoved): the
# pointer has moved so far that it is a drag. tk::Priv(x): where the pointer was last, for scrolling by itself.

# Bindings that entry and spinbox have alike. Keys that type nothing do nothing: without a binding, that of <Key> would have them.
tk_bindings {Entry Spinbox} {
    <<Cut>> {
        if {[tk::EntryCopy %W]} {
            %W delete sel.first sel.last
        }
    }
    <<Copy>> {tk::EntryCopy %W}
    <<Paste>> {
        catch {
            tk::EntryInsertHere %W [clipboard get -displayof %W]
        }
    }
    <<Clear>> {catch {%W delete sel.first sel.last}}
    <<PasteSelection>> {
        if {$tk_strictMotif || !$tk::Priv(mouseMoved)} {
            tk::EntryPaste %W %x
        }
    }
    <<TraverseIn>> {
        %W selection range 0 end
        %W icursor end
    }
    <Control-Button-1> {%W icursor @%x}

    <<PrevChar>> {tk::EntrySetCursor %W [expr {[%W index insert] - 1}]}
    <<NextChar>> {tk::EntrySetCursor %W [expr {[%W index insert] + 1}]}
    <<SelectPrevChar>> {tk::EntryKeySelect %W [expr {[%W index insert] - 1}]}
    <<SelectNextChar>> {tk::EntryKeySelect %W [expr {[%W index insert] + 1}]}
    <<PrevWord>> {tk::EntrySetCursor %W [tk::EntryPreviousWord %W insert]}
    <<NextWord>> {tk::EntrySetCursor %W [tk::EntryNextWord %W insert]}
    <<SelectPrevWord>> {tk::EntryKeySelect %W [tk::EntryPreviousWord %W insert]}
    <<SelectNextWord>> {tk::EntryKeySelect %W [tk::EntryNextWord %W insert]}
    <<LineStart>> {tk::EntrySetCursor %W 0}
    <<SelectLineStart>> {tk::EntryKeySelect %W 0}
    <<LineEnd>> {tk::EntrySetCursor %W end}
    <<SelectLineEnd>> {tk::EntryKeySelect %W end}
    <<SelectAll>> {%W selection range 0 end}
    <<SelectNone>> {%W selection clear}

    <Delete> {
        if {[%W selection present]} {
            %W delete sel.first sel.last
        } else {
            %W delete insert
        }
    }
    <BackSpace> {tk::EntryBackspace %W}
    <Control-space> {%W selection from insert}
    <Select> {%W selection from insert}
    <Control-Shift-space> {%W selection adjust insert}
    <Shift-Select> {%W selection adjust insert}
    <Key> {
        tk::CancelRepeat
        tk::EntryInsert %W %A
    }
    <Insert> {catch {tk::EntryInsert %W [selection get -displayof %W]}}

    <Control-d> {tk::Emacs {%W delete insert}}
    <Control-h> {tk::Emacs {tk::EntryBackspace %W}}
    <Control-k> {tk::Emacs {%W delete insert end}}
    <Control-t> {tk::Emacs {tk::EntryTranspose %W}}
    <Meta-b> {tk::Emacs {tk::EntrySetCursor %W [tk::EntryPreviousWord %W insert]}}
    <Meta-d> {tk::Emacs {%W delete insert [tk::EntryNextWord %W insert]}}
    <Meta-f> {tk::Emacs {tk::EntrySetCursor %W [tk::EntryNextWord %W insert]}}
    <Meta-BackSpace> {tk::Emacs {%W delete [tk::EntryPreviousWord %W insert] insert}}
    <Meta-Delete> {tk::Emacs {%W delete [tk::EntryPreviousWord %W insert] insert}}

    <Button-2> {tk::Emacs {tk::EntryScanMark %W %x}}
    <B2-Motion> {tk::Emacs {tk::EntryScanDrag %W %x}}

    <Alt-Key> {# nothing}
    <Meta-Key> {# nothing}
    <Control-Key> {# nothing}
    <Escape> {# nothing}
    <Return> {# nothing}
    <KP_Enter> {# nothing}
    <Tab> {# nothing}
    <Prior> {# nothing}
    <Next> {# nothing}
    <<NextLine>> {# nothing}
    <<PrevLine>> {# nothing}
}

# Runs a script at the caller's level unless Motif alone is wanted.
proc ::tk::Emacs {script} {
    if {!$::tk_strictMotif} {
        uplevel 1 $script
    }
}

tk_bindings Entry {
    <Button-1> {
        tk::EntryButton1 %W %x
        %W selection clear
    }
    <B1-Motion> {
        set tk::Priv(x) %x
        tk::EntryMouseSelect %W %x
    }
    <Double-Button-1> {
        tk::EntryMouseSelect %W %x word
        catch {%W icursor sel.last}
    }
    <Triple-Button-1> {
        tk::EntryMouseSelect %W %x line
        catch {%W icursor sel.last}
    }
    <Shift-Button-1> {
        set tk::Priv(selectMode) char
        %W selection adjust @%x
    }
    <Double-Shift-Button-1> {tk::EntryMouseSelect %W %x word}
    <Triple-Shift-Button-1> {tk::EntryMouseSelect %W %x line}
    <B1-Leave> {
        set tk::Priv(x) %x
        tk::EntryAutoScan %W
    }
    <B1-Enter> {tk::CancelRepeat}
    <ButtonRelease-1> {tk::CancelRepeat}
}

# ---- pointer ----

# The gap between characters that is nearest to x, as the index of the character behind it.
proc ::tk::EntryClosestGap {w x} {
    set at [$w index @$x]
    lassign [$w bbox $at] left top width
    expr {$x - $left < $width / 2 ? $at : $at + 1}
}

proc ::tk::EntryButton1 {w x} {
    variable Priv
    array set Priv [list selectMode char mouseMoved 0 pressX $x]
    $w icursor [EntryClosestGap $w $x]
    $w selection from insert
    if {[$w cget -state] ne "disabled"} {
        focus $w
    }
}

# Selects from the anchor to x, in units of the select mode (a new one, if given).
proc ::tk::EntryMouseSelect {w x {mode {}}} {
    variable Priv
    if {$mode ne ""} {
        set Priv(selectMode) $mode
    }
    set cur [EntryClosestGap $w $x]
    set anchor [$w index anchor]
    if {$cur != $anchor || abs($Priv(pressX) - $x) >= 3} {
        set Priv(mouseMoved) 1
    }
    switch -- $Priv(selectMode) {
        char {
            if {$Priv(mouseMoved)} {
                $w selection range [expr {min($cur, $anchor)}] [expr {max($cur, $anchor)}]
            }
        }
        word {
            set from [expr {min($cur, $anchor)}]
            set to [expr {max($cur, $anchor) - 1}]
            if {$cur == $anchor && [winfo class $w] ne "Spinbox"} {
                # A click: the word on the side of the gap it was on. Spinboxes take what lies between two words too.
                set from [expr {[$w index @$Priv(pressX)] < $anchor ? $anchor - 1 : $anchor}]
                set to $from
            }
            set before [tcl_wordBreakBefore [$w get] $from]
            set after [tcl_wordBreakAfter [$w get] $to]
            $w selection range [expr {max($before, 0)}] [expr {$after < 0 ? "end" : $after}]
        }
        line {
            $w selection range 0 end
        }
    }
    if {$Priv(mouseMoved)} {
        $w icursor $cur
    }
    update idletasks
}

# Scrolls on while the pointer is out of the widget with button 1 down.
proc ::tk::EntryAutoScan {w} {
    variable Priv
    if {![winfo exists $w]} {
        return
    }
    set x $Priv(x)
    if {$x < 0 || $x >= [winfo width $w]} {
        $w xview scroll [expr {$x < 0 ? -2 : 2}] units
        EntryMouseSelect $w $x
    }
    set Priv(afterId) [after 50 [list tk::EntryAutoScan $w]]
}

# Button 2: the primary selection comes where it was clicked, unless it was dragged.
proc ::tk::EntryPaste {w x} {
    $w icursor [EntryClosestGap $w $x]
    catch {$w insert insert [selection get -displayof $w]}
    if {[$w cget -state] ne "disabled"} {
        focus $w
    }
}

proc ::tk::EntryScanMark {w x} {
    variable Priv
    $w scan mark $x
    array set Priv [list x $x mouseMoved 0]
}

proc ::tk::EntryScanDrag {w x} {
    variable Priv
    # Motion can come without a press.
    if {![info exists Priv(x)]} {
        set Priv(x) $x
    }
    if {abs($x - $Priv(x)) > 2} {
        set Priv(mouseMoved) 1
    }
    $w scan dragto $x
}

# ---- keyboard ----

# Moves the insertion cursor; nothing is selected then.
proc ::tk::EntrySetCursor {w pos} {
    $w icursor $pos
    $w selection clear
    EntrySeeInsert $w
}

# Moves the insertion cursor, and the end of the selection with it.
proc ::tk::EntryKeySelect {w pos} {
    if {[$w selection present]} {
        $w selection adjust $pos
    } else {
        $w selection from insert
        $w selection to $pos
    }
    $w icursor $pos
    EntrySeeInsert $w
}

# Types a text: it takes the place of a selection that the insertion cursor is in or at.
proc ::tk::EntryInsert {w text} {
    if {$text eq ""} {
        return
    }
    catch {
        set at [$w index insert]
        if {[$w index sel.first] <= $at && [$w index sel.last] >= $at} {
            $w delete sel.first sel.last
        }
    }
    EntryInsertHere $w $text
}

proc ::tk::EntryInsertHere {w text} {
    $w insert insert $text
    EntrySeeInsert $w
}

proc ::tk::EntryBackspace {w} {
    if {[$w selection present]} {
        $w delete sel.first sel.last
        return
    }
    set at [$w index insert]
    if {$at > 0} {
        $w delete [expr {$at - 1}]
    }
    if {[$w index @0] >= [$w index insert]} {
        # The cursor is at the left edge: half a view of what is before it comes in sight.
        lassign [$w xview] left right
        $w xview moveto [expr {$left - ($right - $left) / 2.0}]
    }
}

proc ::tk::EntrySeeInsert {w} {
    set at [$w index insert]
    if {$at < [$w index @0] || $at > [$w index @[winfo width $w]]} {
        $w xview $at
    }
}

# Swaps the characters around the insertion cursor, or the two before it at the end.
proc ::tk::EntryTranspose {w} {
    set at [expr {min([$w index insert] + 1, [$w index end])}]
    if {$at < 2} {
        return
    }
    set first [expr {$at - 2}]
    set pair [string reverse [string range [$w get] $first $first+1]]
    $w delete $first $at
    EntryInsertHere $w $pair
}

proc ::tk::EntryNextWord {w start} {
    set at [tcl_endOfWord [$w get] [$w index $start]]
    expr {$at < 0 ? "end" : $at}
}

proc ::tk::EntryPreviousWord {w start} {
    expr {max(0, [tcl_startOfPreviousWord [$w get] [$w index $start]])}
}

# ---- clipboard ----

# The selected text; what is hidden stays so.
proc ::tk::EntryGetSelection {w} {
    set text [string range [$w get] [$w index sel.first] [$w index sel.last]-1]
    set mark [string index [$w cget -show] 0]
    expr {$mark eq "" ? $text : [string repeat $mark [string length $text]]}
}

# Answers whether the selection is on the clipboard now. Where there is no clipboard command the page's own copying serves.
proc ::tk::EntryCopy {w} {
    expr {![catch {
        set text [EntryGetSelection $w]
        clipboard clear -displayof $w
        clipboard append -displayof $w $text
    }]}
}
