# Class bindings of menubutton. Answers to menubutton.n, DEFAULT BINDINGS. There are no menus to post, and a script that has one to post is told.
#
# tk::Priv(inMenubutton): the menubutton under the pointer.

tk_bindings Menubutton {
    <FocusIn> {}
    <Enter> {tk::MbEnter %W}
    <Leave> {tk::MbLeave %W}
    <Button-1> {
        if {$tk::Priv(inMenubutton) ne ""} {
            tk::MbPost $tk::Priv(inMenubutton)
        }
    }
    <space> {tk::MbPost %W}
    <<Invoke>> {tk::MbPost %W}
}

proc ::tk::MbEnter {w} {
    variable Priv
    if {$Priv(inMenubutton) ne ""} {
        MbLeave $Priv(inMenubutton)
    }
    set Priv(inMenubutton) $w
    if {[$w cget -state] ne "disabled"} {
        $w configure -state active
    }
}

proc ::tk::MbLeave {w} {
    variable Priv
    set Priv(inMenubutton) ""
    if {[winfo exists $w] && [$w cget -state] eq "active"} {
        $w configure -state normal
    }
}

proc ::tk::MbPost {w} {
    set menu [$w cget -menu]
    if {[$w cget -state] eq "disabled" || $menu eq ""} {
        return
    }
    if {![string match $w.* $menu]} {
        error "can't post $menu: it isn't a descendant of $w"
    }
    error "can't post $menu: there are no menus here"
}
