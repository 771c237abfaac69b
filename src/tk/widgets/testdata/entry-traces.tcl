# Traces that change or refuse the value of an entry's variable.
set out {}
proc note args {global out; lappend out $args}
set a two
entry .v -textvariable a
trace add variable a write {apply {args {set ::a [string toupper $::a]}}}
.v insert end abc
note $a [.v get]
set a xyz
note $a [.v get]
trace add variable a write {apply {args {error "no way"}}}
note [catch {.v insert end q} m] $m [.v get] $a
join $out \n
