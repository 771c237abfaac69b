# Class bindings of button, checkbutton and radiobutton. Answers to button.n, DEFAULT BINDINGS, and library/button.tcl (X11).
#
# tk::Priv(window): the button under the pointer. tk::Priv(buttonWindow): the one that button 1 went down in. tk::Priv($w,relief) and
# tk::Priv($w,prelief): the relief it had, and the one a binding gave it, put back only where nobody else has changed it meanwhile.

tk_bindings Button {
    <Enter> {tk::ButtonEnter %W}
    <Leave> {tk::ButtonLeave %W}
    <Button-1> {tk::ButtonDown %W}
    <ButtonRelease-1> {tk::ButtonUp %W}
    <space> {tk::ButtonInvoke %W}
    <<Invoke>> {tk::ButtonInvoke %W}
}
tk_bindings Checkbutton {
    <Enter> {tk::CheckEnter %W}
    <Leave> {tk::CheckLeave %W}
    <Button-1> {tk::CheckInvoke %W}
    <Return> {
        if {!$tk_strictMotif} {
            tk::CheckInvoke %W
        }
    }
}
tk_bindings Radiobutton {
    <Enter> {tk::ButtonEnter %W}
    <Leave> {tk::ButtonLeave %W}
    <Button-1> {tk::CheckRadioInvoke %W}
    <Return> {
        if {!$tk_strictMotif} {
            tk::CheckRadioInvoke %W
        }
    }
}
tk_bindings {Checkbutton Radiobutton} {
    <space> {tk::CheckRadioInvoke %W}
    <<Invoke>> {tk::CheckRadioInvoke %W}
}

# A button takes a relief for as long as the pointer is in it, or until button 1 goes up.
proc ::tk::ButtonBorrowRelief {w relief} {
    variable Priv
    set Priv($w,relief) [$w cget -relief]
    set Priv($w,prelief) $relief
    $w configure -relief $relief
}

proc ::tk::ButtonReturnRelief {w} {
    variable Priv
    if {![info exists Priv($w,relief)]} {
        return
    }
    if {[info exists Priv($w,prelief)] && $Priv($w,prelief) eq [$w cget -relief]} {
        $w configure -relief $Priv($w,relief)
    }
    unset -nocomplain Priv($w,relief) Priv($w,prelief)
}

proc ::tk::ButtonEnter {w} {
    variable Priv
    if {[$w cget -state] ne "disabled"} {
        $w configure -state active
        if {$Priv(buttonWindow) eq $w} {
            ButtonBorrowRelief $w sunken
        } elseif {[set over [$w cget -overrelief]] ne ""} {
            ButtonBorrowRelief $w $over
        }
    }
    set Priv(window) $w
}

proc ::tk::ButtonLeave {w} {
    variable Priv
    if {[$w cget -state] ne "disabled"} {
        $w configure -state normal
    }
    ButtonReturnRelief $w
    set Priv(window) ""
}

proc ::tk::ButtonDown {w} {
    variable Priv
    if {![info exists Priv($w,relief)]} {
        set Priv($w,relief) [$w cget -relief]
    }
    if {[$w cget -state] eq "disabled"} {
        return
    }
    set Priv(buttonWindow) $w
    $w configure -relief sunken
    set Priv($w,prelief) sunken
    after cancel $Priv(afterId)
    set Priv(repeated) 0
    if {![catch {$w cget -repeatdelay} delay] && $delay > 0} {
        set Priv(afterId) [after $delay [list tk::ButtonAutoInvoke $w]]
    }
}

proc ::tk::ButtonUp {w} {
    variable Priv
    if {$Priv(buttonWindow) ne $w} {
        return
    }
    set Priv(buttonWindow) ""
    ButtonReturnRelief $w
    after cancel $Priv(afterId)
    # A button that repeated has done its work already.
    if {$Priv(window) eq $w && [$w cget -state] ne "disabled" && $Priv(repeated) == 0} {
        uplevel #0 [list $w invoke]
    }
}

proc ::tk::ButtonAutoInvoke {w} {
    variable Priv
    after cancel $Priv(afterId)
    set delay [$w cget -repeatinterval]
    if {$Priv(window) eq $w} {
        incr Priv(repeated)
        uplevel #0 [list $w invoke]
    }
    if {$delay > 0} {
        set Priv(afterId) [after $delay [list tk::ButtonAutoInvoke $w]]
    }
}

# By the keyboard: the button goes down for a moment before it acts.
proc ::tk::ButtonInvoke {w} {
    if {[winfo exists $w] && [$w cget -state] ne "disabled"} {
        set relief [$w cget -relief]
        set state [$w cget -state]
        $w configure -state active -relief sunken
        after 100 [list ::tk::ButtonInvokeEnd $w $state $relief]
    }
}

proc ::tk::ButtonInvokeEnd {w state relief} {
    if {[winfo exists $w]} {
        $w configure -state $state -relief $relief
        uplevel #0 [list $w invoke]
    }
}

proc ::tk::CheckRadioInvoke {w {subcommand invoke}} {
    if {[$w cget -state] ne "disabled"} {
        uplevel #0 [list $w $subcommand]
    }
}

# A checkbutton without an indicator shows that it is selected by its colour, and that it is active by one between that and the active one.
proc ::tk::CheckEnter {w} {
    variable Priv
    if {[$w cget -state] ne "disabled"} {
        $w configure -state active
        set Priv($w,relief) [$w cget -relief]
        if {$Priv(buttonWindow) eq $w} {
            ButtonBorrowRelief $w sunken
        } elseif {[set over [$w cget -overrelief]] ne ""} {
            ButtonBorrowRelief $w $over
        }
        if {![$w cget -indicatoron] && [$w cget -selectcolor] ne ""} {
            set Priv($w,selectcolor) [$w cget -selectcolor]
            set mean {}
            foreach a [winfo rgb $w [$w cget -selectcolor]] b [winfo rgb $w [$w cget -activebackground]] {
                lappend mean [expr {($a + $b) / 2}]
            }
            set Priv($w,aselectcolor) [format #%04x%04x%04x {*}$mean]
            if {[uplevel #0 [list set [$w cget -variable]]] eq [$w cget -onvalue]} {
                $w configure -selectcolor $Priv($w,aselectcolor)
            }
        }
    }
    set Priv(window) $w
}

proc ::tk::CheckLeave {w} {
    variable Priv
    if {[$w cget -state] ne "disabled"} {
        $w configure -state normal
    }
    if {![$w cget -indicatoron] && [info exists Priv($w,selectcolor)]} {
        set now [$w cget -selectcolor]
        if {$now eq $Priv($w,selectcolor) || ([info exists Priv($w,aselectcolor)] && $now eq $Priv($w,aselectcolor))} {
            $w configure -selectcolor $Priv($w,selectcolor)
        }
    }
    unset -nocomplain Priv($w,selectcolor) Priv($w,aselectcolor)
    ButtonReturnRelief $w
    set Priv(window) ""
}

proc ::tk::CheckInvoke {w} {
    variable Priv
    if {[$w cget -state] eq "disabled"} {
        return
    }
    if {![$w cget -indicatoron] && [info exists Priv($w,selectcolor)]} {
        if {[$w cget -selectcolor] eq $Priv($w,aselectcolor)} {
            $w configure -selectcolor $Priv($w,selectcolor)
        } else {
            $w configure -selectcolor $Priv($w,aselectcolor)
        }
    }
    uplevel #0 [list $w invoke]
}
