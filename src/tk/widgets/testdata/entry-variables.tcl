# Variables of entries.
set out {}
proc note args {global out; lappend out $args}
set a 1
entry .v -textvariable a
note [.v get]
set a two
note [.v get]
.v insert end !
note $a
unset a
note $a [.v get]
note [catch {.v configure -textvariable arr(x)} m] $m [info exists arr(x)] $arr(x)
.v delete 0 end
note $arr(x)
set arr(x) elem
note [.v get]
note [catch {.v configure -textvariable arr}]
note [catch {.v configure -textvariable no::ns} m] $m
.v configure -textvariable {}
set arr(x) other
note [.v get]
namespace eval ns {variable y in-ns}
.v configure -textvariable ns::y
note [.v get]
namespace delete ns
note [.v get]
note [catch {.v insert end more} m] $m
note [.v get]
destroy .v
note [info exists a]
join $out \n
