# Run by tclsh and by io.test.ts; what tclsh printed is in reflected.out.
proc p {s} { set c [catch {uplevel #0 $s} m o]; puts "$s -> [list $c $m]"; if {$c} {puts "  code: [dict get $o -errorcode]\n  [dict get $o -errorinfo]"} }
proc h {args} { puts "  <$args>"; set m [lindex $args 0]; if {[info exists ::on($m)]} {return [eval $::on($m)]}
 switch $m {initialize {return {initialize finalize watch read write seek configure cget cgetall blocking}} finalize {} read {return ""} write {return [string length [lindex $args 2]]} seek {return 0}
 cgetall {return {-a 1 -b 2}} cget {return X[lindex $args 2]} } }
p {chan create}
p {chan create {} h}
p {chan create {foo} h}
p {chan create {read foo} h}
p {chan create {r r w} "\{"}
p {chan create r {}}
p {chan create r nosuch}
array set on {initialize {return "\{"}}
p {chan create r h}
array set on {initialize {return "foo"}}
p {chan create r h}
array set on {initialize {return "watch"}}
p {chan create r h}
array set on {initialize {error bah X Y}}
p {chan create r h}
array set on {initialize {return -code break}}
p {chan create r h}
array set on {initialize {return -code 7 x}}
p {chan create {w r} h}
unset on(initialize)
p {set c [chan create {w r} h]}
p {fconfigure $c}
p {fconfigure $c -a}
p {fconfigure $c -a 2}
p {fconfigure $c -blocking 0}
p {fconfigure $c -blocking 1}
p {read $c}
p {eof $c}
set on(read) {return -code error EAGAIN}
p {read $c}
p {eof $c}; p {fblocked $c}
set on(read) {return -code error -5}
p {read $c}
set on(read) {return -code error "bad read"}
p {read $c}
p {gets $c}
set on(read) {string repeat x 5000}
p {read $c}
set on(read) {return -code break}
p {read $c}
set on(write) {return -code error "bad write"}
p {puts $c hello}
p {flush $c}
set on(write) {return -code error -5}
p {puts $c hello}
p {flush $c}
set on(write) {return 100}
p {puts $c hello}
p {flush $c}
set on(write) {return 0}
p {puts $c hello}
p {flush $c}
set on(write) {return x}
p {puts $c hello}
p {flush $c}
set on(write) {return 2}
p {puts $c hello}
p {flush $c}
set on(seek) {return -1}
p {seek $c 4}
p {tell $c}
set on(seek) {return x}
p {seek $c 4 current}
p {tell $c}
set on(seek) {error no}
p {seek $c 4 end}
p {tell $c}
set on(seek) {return 7}
p {tell $c}
p {seek $c 0}
set on(blocking) {error noblock}
p {fconfigure $c -blocking 0}
set on(cgetall) {return {a}}
p {fconfigure $c}
set on(cgetall) {error all}
p {fconfigure $c}
set on(cget) {error one}
p {fconfigure $c -foo}
set on(configure) {error conf}
p {fconfigure $c -foo 3}
p {chan truncate $c}
p {chan truncate $c 5}
p {close $c read}
p {fileevent $c readable {puts FIRE}}
p {chan postevent $c write}
p {chan postevent $c foo}
p {chan postevent $c {}}
p {chan postevent $c}
p {chan postevent foo read}
p {chan postevent $c read}
p {fileevent $c readable {}}
set on(watch) {error wat}
p {fileevent $c readable {puts FIRE}}
set on(write) {return 2}
puts $c abcdef
set on(finalize) {error fin}
p {close $c}
p {close $c}
unset on; array set on {initialize {return {initialize finalize watch read write}}}
p {set c [chan create {w r} h]}
p {fconfigure $c}
p {fconfigure $c -a}
p {fconfigure $c -a 2}
p {seek $c 2}
p {tell $c}
fconfigure $c -buffering none
p {puts $c hello}
set on(write) {error bad}
p {puts $c hello}
p {close $c}
p {set c [chan create {w} h]}
puts $c hello
p {close $c}
p {set c [chan create {w} h]}
set on(write) {return -code error -5}
puts $c hello
p {close $c}
p {set c [chan create {w} h]}
set on(finalize) {return -code break}
p {close $c}
p {set c [chan create {w} h]}
set on(finalize) {return -code error -5}
p {close $c}
interp create -safe i
p {i eval {proc h args {return {initialize finalize watch read}};chan create r h}}
p {i eval {chan postevent x read}}
p {i eval {chan names}}
catch {close $c}; unset -nocomplain on
proc p {s} { set c [catch {uplevel #0 $s} m o]; puts "$s -> [list $c $m]"; if {$c} {puts "  code: [dict get $o -errorcode]"} }
proc h {args} { set m [lindex $args 0]; puts "  <[expr {$m eq {read} ? {read} : $args}]>"; if {[info exists ::on($m)]} {return [eval $::on($m)]}
 switch $m {initialize {return {initialize finalize watch read write seek configure cget cgetall blocking}} finalize {} read {return ""} write {return [string length [lindex $args 2]]} seek {return 0} }}
# EAGAIN writes
set on(write) {error EAGAIN}
p {set c [chan create {r w} h]}
p {puts $c one; flush $c}
p {puts $c two; flush $c}
p {chan postevent $c write}
set on(write) {return 1}
p {chan postevent $c write}
unset on(write)
p {puts $c three; flush $c}
set on(write) {error EAGAIN}
p {puts $c four; flush $c}
set on(write) {error late}
p {chan postevent $c write}
p {puts $c five}
p {puts $c six}
unset on(write)
p {close $c}
# an error that is told at the end
p {set c [chan create {r w} h]}
set on(write) {error EAGAIN}
p {puts $c four; flush $c}
set on(write) {error late}
p {chan postevent $c write}
p {close $c}
# EAGAIN and close
p {set c [chan create {r w} h]}
set on(write) {error EAGAIN}
p {puts $c one}
p {close $c}
unset on(write)
p {chan postevent $c write}
p {chan postevent $c write}
# buffered reads and watch
set data 0
set on(read) {string range abcdefghij\nklmno\npq 0 end}
p {set c [chan create {r w} h]}
p {fileevent $c readable {puts "EV [gets $c]"; if {[incr n] > 3} {fileevent $c readable {}; set done {}}}}
p {chan postevent $c read}
p {vwait done}
p {gets $c}
p {fileevent $c readable {puts "EV [read $c 3]"; incr n}}
p {fileevent $c writable {puts "WR"; fileevent $c writable {}}}
p {chan postevent $c write}
p {fileevent $c readable {}}
set on(read) {string repeat ab 10}
p {fconfigure $c -blocking 0}
p {string length [read $c 30]}
p {fblocked $c}
p {read $c}
p {fconfigure $c -blocking 1 -buffersize 16}
set on(read) {string repeat ab 8}
p {read $c 40}
unset on(read)
p {read $c}
p {eof $c}
p {puts $c [string repeat x 50]}
p {fconfigure $c -buffering none}
p {puts $c [string repeat y 20]}
p {fconfigure $c -buffering line}
p {puts $c abc}
p {puts -nonewline $c abc}
p {seek $c 2 current}
set on(read) {return abcdef}
p {read $c 2}
p {tell $c}
p {seek $c 2 current}
p {read $c 2}
p {puts $c xx}
p {close $c}
# error in an event's script
proc bgerror m {puts "BG $m"}
unset on(read)
p {set c [chan create r h]}
p {fileevent $c readable {error oops}}
p {chan postevent $c read}
p {fileevent $c readable}
update
# fcopy
set i 0
set got {}
proc r {args} {switch [lindex $args 0] initialize {return {initialize finalize watch read}} read {if {[incr ::i] > 3} {return ""}; if {$::i == 2 && [incr ::wait] == 1} {incr ::i -1; error EAGAIN}; return chunk$::i}}
proc w {args} {switch [lindex $args 0] initialize {return {initialize finalize watch write}} write {append ::got [lindex $args 2]; return [string length [lindex $args 2]]}}
set wait 1
p {set c [chan create r r]; set d [chan create w w]}
p {fcopy $c $d}
p {flush $d; set got}
set i 0; set wait 0; set got {}
p {fcopy $c $d -command {lappend done}}
set spins 0
while {![info exists done] || [llength $done] != 1} {catch {chan postevent $c read}; catch {chan postevent $d write}; update; if {[incr spins]>20} break}
p {set done}
p {set got}
p {close $d}
p {close $c}
# other interpreters
interp create o
p {set c [chan create {r w} h]}
p {interp transfer {} $c o}
p {o eval [list puts $c hi]}
p {o eval [list flush $c]}
p {chan names rc*}
p {o eval [list chan postevent $c read]}
p {o eval [list fileevent $c readable {set ::got 1}]}
p {chan postevent $c read}
p {o eval {set got}}
p {o eval [list close $c]}
o eval {proc h {args} {switch [lindex $args 0] initialize {return {initialize finalize watch read write seek}} write {return [string length [lindex $args 2]]}}}
p {set c [o eval {chan create {r w} h}]}
p {interp transfer o $c {}}
p {puts $c a}
p {interp delete o}
p {flush $c}
p {read $c}
p {seek $c 1}
p {close $c}
# its own end
set on(read) {close [lindex $::args0 1]; return {}}
proc k {args} {set ::args0 $args; h {*}$args}
p {set c [chan create {r w} k]}
p {read $c}
p {close $c}
unset on(read)
p {set c [chan create {r w} h]}
p {rename h h2}
p {puts $c abc}
p {flush $c}
p {read $c}
p {close $c}
rename h2 h
foreach init {{initialize finalize watch} {initialize finalize watch read cget} {initialize finalize watch read write cgetall} {initialize finalize watch write} {finalize watch read write}} { set on(initialize) [list return $init]; p {chan create {r w} h} }
array set on {initialize {return {initialize finalize watch read write seek}} read {return abcdef} seek {return -1}}
p {set c [chan create {r w} h]}
p {read $c 2}
p {puts -nonewline $c hi; flush $c}
p {read $c 2}
p {seek $c 0}
p {close $c}
