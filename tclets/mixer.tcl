# A colour mixer: three scales, a swatch, and a list of colours to start from.
frame .s
foreach {name color} {red #c01c28 green #26a269 blue #1a5fb4} {
    scale .s.$name -from 0 -to 255 -orient horizontal -label $name -troughcolor $color -variable rgb($name) -command mix
    pack .s.$name -fill x
}
frame .r
label .r.swatch -width 14 -height 4 -relief sunken -borderwidth 2
label .r.code -font {Courier -14}
listbox .r.names -height 6 -width 14 -yscrollcommand {.r.bar set} -exportselection 0
scrollbar .r.bar -command {.r.names yview}
pack .s -side left -fill both -expand 1 -padx 4
pack .r -side right -fill both -padx 4
pack .r.swatch .r.code -fill x -pady 2
pack .r.bar -side right -fill y
pack .r.names -fill both -expand 1
.r.names insert end tomato gold SeaGreen SteelBlue orchid chocolate khaki turquoise salmon navy plum olivedrab

proc mix {args} {
    global rgb
    set color [format #%02x%02x%02x $rgb(red) $rgb(green) $rgb(blue)]
    .r.swatch configure -background $color
    .r.code configure -text $color
}
bind .r.names <<ListboxSelect>> {
    foreach channel {red green blue} value [winfo rgb . [.r.names get [.r.names curselection]]] {
        set rgb($channel) [expr {$value / 257}]
    }
    mix
}
array set rgb {red 70 green 130 blue 180}
mix
