# Class bindings of listbox, in each select mode.
set f {{DejaVu Sans Mono} -12}
set out {}
listbox .l -font $f -width 10 -height 6
entry .o
pack .l .o
bind .l <<ListboxSelect>> {incr fired}
focus -force .l
update
set fired 0
proc reset mode {
    global fired
    .l configure -selectmode $mode -state normal
    .l delete 0 end
    .l insert end zero one two three four five {six is a longer line} seven eight nine ten eleven
    .l selection clear 0 end
    .l selection set 2
    .l selection anchor 2
    .l activate 4
    .l see 0
    .l xview 0
    array set tk::Priv {listboxPrev 2 listboxSelection {}}
    update
    set fired 0
}
proc marks what {
    global out fired
    update
    lappend out "$what: [.l curselection] active [.l index active] anchor [.l index anchor] top [.l index @0,0] x [lindex [.l xview] 0] fired $fired [focus]"
}
set t 1000
proc ev {type line args} {
    global t
    event generate .l $type -x 5 -y [expr {2 + 16 * $line + 8}] -time [incr t 50] {*}$args
}
foreach mode {single browse multiple extended weird} {
    reset $mode
    foreach key {
        <Down> <Down> <Up> <Shift-Down> <Shift-Down> <Shift-Up> <space> <Control-Home> <Control-End> <Control-Shift-Home> <Control-Shift-End>
        <Prior> <Next> <Home> <End> <Left> <Right> <Control-Left> <Control-Right> <Control-Prior> <Control-Next> <Escape> <Control-slash>
        <Control-backslash> <Control-Shift-space> <Control-p> <Control-n> <x>
    } {
        event generate .l $key
        marks "$mode $key"
    }
    foreach key {<Down> <space> <Shift-Down> <Control-End> <Control-Shift-Home> <Control-slash> <Control-backslash> <Control-Shift-space> <Escape>} {
        reset $mode
        event generate .l $key
        marks "alone $mode $key"
    }
    reset $mode
    foreach {type line} {
        <ButtonPress-1> 1 <B1-Motion> 1 <B1-Motion> 3 <B1-Motion> 4 <B1-Motion> 2 <B1-Motion> 0 <ButtonRelease-1> 0
        <Shift-ButtonPress-1> 3 <Shift-ButtonRelease-1> 3 <Control-ButtonPress-1> 5 <Control-B1-Motion> 4 <Control-ButtonRelease-1> 4
        <Control-ButtonPress-1> 2 <Control-B1-Motion> 0 <Control-ButtonRelease-1> 0 <Shift-ButtonPress-1> 5 <Shift-B1-Motion> 1
        <Shift-ButtonRelease-1> 1 <ButtonPress-1> 4 <ButtonRelease-1> 4 <ButtonPress-1> 4 <ButtonRelease-1> 4 <ButtonPress-1> 4
        <ButtonRelease-1> 4 <ButtonPress-1> 20 <ButtonRelease-1> 20
    } {
        ev $type $line
        marks "$mode $type $line"
        incr t 400
    }
    foreach b {<ButtonPress-5> <ButtonPress-4> <Shift-ButtonPress-5> <Shift-ButtonPress-4>} {
        ev $b 2
        marks "$mode $b"
    }
    foreach d {120 -120 30 -30 1 -1} {
        event generate .l <MouseWheel> -delta $d
        marks "$mode wheel $d"
    }
    ev <ButtonPress-2> 3
    ev <B2-Motion> 2
    marks "$mode scan"
    ev <ButtonRelease-2> 2
    incr t 5000
}
# Beyond the edge it scrolls until the button is up.
reset browse
incr t 5000
ev <ButtonPress-1> 2
array set tk::Priv {x 10 y 500}
tk::ListboxAutoScan .l
after 170 {set done 1}
vwait done
lappend out [expr {[.l index @0,0] > 1}] [expr {$tk::Priv(afterId) ne ""}] [expr {[.l curselection] > 5}]
ev <ButtonRelease-1> 3
lappend out [expr {$tk::Priv(afterId) eq ""}]
# Disabled; and the focus.
reset browse
.l configure -state disabled
focus .o
update
incr t 5000
ev <ButtonPress-1> 3
ev <ButtonRelease-1> 3
marks disabled
.l configure -state normal
incr t 5000
ev <ButtonPress-1> 3
ev <ButtonRelease-1> 3
marks normal
# Destroyed by its own event.
bind .l <<ListboxSelect>> {destroy .l}
incr t 5000
ev <ButtonPress-1> 1
lappend out [winfo exists .l]
join $out \n
