# Validation of entries and their variables.
set out {}
proc note args {global out; lappend out $args}
proc report {m o} {note bgerror $m [dict get $o -errorinfo]}
interp bgerror {} report
entry .e -validate all -vcmd {note %%d=%d i=%i P=%P s=%s S=%S v=%v V=%V W=%W %x %% %z; expr {1}} -invcmd {note invalid %d %i %P %s %S %v %V %W}
pack .e
focus -force .e
update
.e insert 0 "a b"
.e insert 1 {$x [y] {z}"}
.e delete 0
.e delete 0 end
note [.e validate] [.e cget -validate]
.e configure -textvariable tv
set tv hello
note [.e get] [.e cget -validate]
focus -force .
update
focus -force .e
update
set vcmd [.e cget -vcmd]
foreach mode {none key focus focusin focusout all} {
    .e configure -validate $mode -textvariable {} -vcmd $vcmd
    note mode $mode
    .e insert end x
    .e delete 0
    focus -force .
    update
    focus -force .e
    update
    note [.e validate] [.e cget -validate] [.e get]
}
# Refusals.
.e configure -vcmd {string is integer %P} -validate key
.e delete 0 end
note [.e get]
.e configure -validate none
.e delete 0 end
.e configure -validate key -textvariable {}
.e insert 0 12
.e insert 1 x
note [.e get] [.e validate] [.e cget -validate]
.e insert end 34
note [.e get]
# The variable has the last word.
.e configure -textvariable tv2
set tv2 abc
note [.e get] [.e cget -validate]
# Errors and non-booleans switch it off.
.e configure -validate key -vcmd {error bad}
.e insert 0 q
note [.e get] [.e cget -validate]
update
.e configure -validate key -vcmd {expr {"maybe"}}
.e insert 0 q
note [.e get] [.e cget -validate]
update
.e configure -validate key -vcmd {break}
.e insert 0 q
note [.e get] [.e cget -validate]
interp bgerror {} list
update
interp bgerror {} report
.e configure -validate key -vcmd {return 1}
.e insert 0 r
note [.e get] [.e cget -validate]
.e configure -validate key -vcmd {return 0} -invcmd {error wrong}
.e insert 0 s
note [.e get] [.e cget -validate]
update
# Scripts that change the text themselves.
.e configure -validate key -vcmd {.e insert end Z; return 1} -invcmd {}
.e insert 0 t
note [.e get] [.e cget -validate]
.e configure -validate key -vcmd {set tv2 changed; return 1}
.e insert 0 u
note [.e get] [.e cget -validate] $tv2
.e configure -validate key -vcmd {.e configure -validate none; return 1}
.e insert 0 w
note [.e get] [.e cget -validate]
.e configure -validate key -vcmd {return 0} -invcmd {.e delete 0 end; .e insert 0 put; after idle {.e configure -validate key}}
.e insert 0 w
note [.e get] [.e cget -validate]
update
note [.e cget -validate]
.e configure -validate all -vcmd {note forced %V %P %s; set tv2 again; return 1}
set tv2 one
note [.e get] $tv2 [.e cget -validate]
# Destroyed while validating.
entry .d -validate key -vcmd {destroy .d; return 1}
note [catch {.d insert 0 a} m] $m [winfo exists .d]
join $out \n
