# Class bindings of the scale. Answers to scale.n, DEFAULT BINDINGS, and library/scale.tcl (X11).
#
# tk::Priv(dragging): the slider follows the pointer. tk::Priv(deltaX), tk::Priv(deltaY): how far from its middle it was grasped.
# tk::Priv($w,relief): the -sliderrelief to put back.

tk_bindings Scale {
    <Enter> {
        if {$tk_strictMotif} {
            set tk::Priv(activeBg) [%W cget -activebackground]
            %W configure -activebackground [%W cget -background]
        }
        tk::ScaleActivate %W %x %y
    }
    <Motion> {tk::ScaleActivate %W %x %y}
    <Leave> {
        if {$tk_strictMotif} {
            %W configure -activebackground $tk::Priv(activeBg)
        }
        if {[%W cget -state] eq "active"} {
            %W configure -state normal
        }
    }
    <Button-1> {tk::ScaleButtonDown %W %x %y}
    <Button-2> {tk::ScaleButton2Down %W %x %y}
    <Control-Button-1> {tk::ScaleControlPress %W %x %y}
    <<PrevLine>> {tk::ScaleIncrement %W up little noRepeat}
    <<NextLine>> {tk::ScaleIncrement %W down little noRepeat}
    <<PrevChar>> {tk::ScaleIncrement %W up little noRepeat}
    <<NextChar>> {tk::ScaleIncrement %W down little noRepeat}
    <<PrevPara>> {tk::ScaleIncrement %W up big noRepeat}
    <<NextPara>> {tk::ScaleIncrement %W down big noRepeat}
    <<PrevWord>> {tk::ScaleIncrement %W up big noRepeat}
    <<NextWord>> {tk::ScaleIncrement %W down big noRepeat}
    <<LineStart>> {%W set [%W cget -from]}
    <<LineEnd>> {%W set [%W cget -to]}
    <B1-Motion> {tk::ScaleDrag %W %x %y}
    <B1-Leave> {# nothing}
    <B1-Enter> {# nothing}
    <ButtonRelease-1> {tk::ScaleRelease %W %x %y}
    <B2-Motion> {tk::ScaleDrag %W %x %y}
    <B2-Leave> {# nothing}
    <B2-Enter> {# nothing}
    <ButtonRelease-2> {tk::ScaleRelease %W %x %y}
}

proc ::tk::ScaleActivate {w x y} {
    if {[$w cget -state] eq "disabled"} {
        return
    }
    set state [expr {[$w identify $x $y] eq "slider" ? "active" : "normal"}]
    if {[$w cget -state] ne $state} {
        $w configure -state $state
    }
}

proc ::tk::ScaleButtonDown {w x y} {
    variable Priv
    set Priv(dragging) 0
    set Priv($w,relief) [$w cget -sliderrelief]
    switch -- [$w identify $x $y] {
        trough1 {ScaleIncrement $w up little initial}
        trough2 {ScaleIncrement $w down little initial}
        slider {
            set Priv(dragging) 1
            set Priv(initValue) [$w get]
            lassign [$w coords] cx cy
            set Priv(deltaX) [expr {$x - $cx}]
            set Priv(deltaY) [expr {$y - $cy}]
            switch -- $Priv($w,relief) {
                raised {$w configure -sliderrelief sunken}
                ridge {$w configure -sliderrelief groove}
            }
        }
    }
}

proc ::tk::ScaleDrag {w x y} {
    variable Priv
    if {$Priv(dragging)} {
        $w set [$w get [expr {$x - $Priv(deltaX)}] [expr {$y - $Priv(deltaY)}]]
    }
}

proc ::tk::ScaleRelease {w x y} {
    variable Priv
    CancelRepeat
    set Priv(dragging) 0
    if {[info exists Priv($w,relief)]} {
        $w configure -sliderrelief $Priv($w,relief)
        unset Priv($w,relief)
    }
    ScaleActivate $w $x $y
}

# Moves the slider by -resolution or -bigincrement, towards -from when up; again after a while when it is held.
proc ::tk::ScaleIncrement {w direction big repeat} {
    variable Priv
    if {![winfo exists $w]} {
        return
    }
    set interval [$w cget -repeatinterval]
    set again [list tk::ScaleIncrement $w $direction $big again]
    # Commands that take longer than the interval let other events in between.
    set now [clock milliseconds]
    if {$repeat eq "again" && $now - $Priv(clockms) > $interval * 1.1} {
        set Priv(clockms) $now
        set Priv(afterId) [after $interval $again]
        return
    }
    set step [$w cget -resolution]
    if {$big eq "big"} {
        set wide [$w cget -bigincrement]
        if {$wide == 0} {
            set wide [expr {abs([$w cget -to] - [$w cget -from]) / 10.0}]
        }
        if {$wide >= $step} {
            set step $wide
        }
    }
    set step [expr {abs($step)}]
    if {([$w cget -from] > [$w cget -to]) ^ ($direction eq "up")} {
        set step [expr {-$step}]
    }
    $w set [expr {[$w get] + $step}]
    set delay [expr {$repeat eq "initial" ? [$w cget -repeatdelay] : $interval}]
    if {$repeat eq "again" || ($repeat eq "initial" && $delay > 0)} {
        set Priv(clockms) $now
        set Priv(afterId) [after $delay $again]
    }
}

proc ::tk::ScaleControlPress {w x y} {
    switch -- [$w identify $x $y] {
        trough1 {$w set [$w cget -from]}
        trough2 {$w set [$w cget -to]}
    }
}

proc ::tk::ScaleButton2Down {w x y} {
    variable Priv
    if {[$w cget -state] eq "disabled"} {
        return
    }
    $w configure -state active
    $w set [$w get $x $y]
    set Priv(dragging) 1
    set Priv(initValue) [$w get]
    set Priv($w,relief) [$w cget -sliderrelief]
    set Priv(deltaX) 0
    set Priv(deltaY) 0
}
