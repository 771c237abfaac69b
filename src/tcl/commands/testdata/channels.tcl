# Run by tclsh8.6 and by io.test.ts in an empty folder; what tclsh printed is in channels.out.
file delete -force /tmp/tcl-applet-io; file mkdir /tmp/tcl-applet-io; cd /tmp/tcl-applet-io
proc show s {set r {}; foreach c [split $s {}] {lappend r [format %X [scan $c %c]]}; join $r " "}
proc raw {bytes} {set f [open b w]; fconfigure $f -translation binary; puts -nonewline $f $bytes; close $f}
proc bytes {} {set f [open b]; fconfigure $f -translation binary; set d [read $f]; close $f; return [show $d]}
proc try1 {label script} { set c [catch {uplevel #0 $script} m]; puts "$label: $c $m" }
foreach tr {auto lf cr crlf binary} { foreach data [list "a\r\nb\rc\nd" "a\r" "a\r\n" "\n\n" "\r\r\n\n" "x\r\n\r\ny" ""] {
  raw $data
  set f [open b]; fconfigure $f -translation $tr
  set out {}; while {[gets $f l] >= 0} {lappend out [show $l]}; lappend out EOF[eof $f]
  seek $f 0; lappend out R [show [read $f]]
  seek $f 0; lappend out C; while {![eof $f]} {lappend out [show [read $f 1]] [tell $f]}
  seek $f 0; lappend out 2; while {![eof $f]} {lappend out [show [read $f 2]]}
  close $f; puts "$tr [show $data] => $out"
  foreach bs {1 2 3} { set f [open b]; fconfigure $f -translation $tr -buffersize $bs; set out {}; while {[gets $f l] >= 0} {lappend out [show $l] [tell $f]}; close $f; puts "  bs$bs $out" }
}}
foreach tr {auto lf cr crlf binary} { set f [open b w]; fconfigure $f -translation $tr; puts $f "a\nb\r"; puts -nonewline $f x\n; close $f; puts "w $tr [bytes]" }
foreach e {utf-8 iso8859-1 unicode ascii binary cp1252 shiftjis} { set f [open b w+]; fconfigure $f -encoding $e; puts $f "a\u00e9\u20ac\ud83d\ude00"; flush $f; seek $f 0; set d [gets $f]; puts "$e [tell $f] [show $d]"; seek $f 0; read $f 2; puts "t [tell $f]"; close $f; puts [bytes] }
raw "\xc3"; set f [open b]; puts [show [read $f]]; close $f
raw "ab\xe2\x82"; set f [open b]; puts [show [gets $f]][eof $f]; close $f
# eofchar
raw "one\ntwo\x1athree\n"
set f [open b]; fconfigure $f -eofchar \x1a; puts [gets $f]; puts [gets $f],[eof $f],[tell $f]; puts [gets $f l],[eof $f]; puts [read $f]; fconfigure $f -eofchar {}; puts [show [read $f]],[eof $f]; close $f
set f [open b w]; fconfigure $f -eofchar \x1a; puts $f x; close $f; puts [bytes]
set f [open b r+]; fconfigure $f -eofchar {a b}; puts [fconfigure $f -eofchar]; fconfigure $f -eofchar {}; puts [fconfigure $f]; close $f
# r+ w+ a
raw "0123456789"
set f [open b r+]; puts [read $f 3]; puts -nonewline $f XY; puts [tell $f]; flush $f; puts [read $f 2]; close $f; puts [bytes]
set f [open b a+]; puts [tell $f]; seek $f 0; puts [read $f 2]; puts -nonewline $f END; puts [tell $f]; close $f; puts [bytes]
set f [open b a]; puts [tell $f]; seek $f 0; puts -nonewline $f Z; close $f; puts [bytes]
set f [open b w+]; puts $f hello; puts [tell $f]; seek $f 20; puts $f x; puts [tell $f]; close $f; puts [bytes]
set f [open b r+]; chan truncate $f 3; puts [tell $f]; seek $f 0 end; puts [tell $f]; chan truncate $f 6; close $f; puts [bytes]
set f [open b r+]; puts -nonewline $f abcdef; chan truncate $f; close $f; puts [bytes]
try1 trunc {set f [open b r]; chan truncate $f 1}
try1 trunc2 {chan truncate $f -1}
close $f
# buffering
set f [open b w]; fconfigure $f -buffersize 10; puts -nonewline $f abc; puts [file size b],[chan pending output $f]; puts -nonewline $f defghijklm; puts [file size b],[chan pending output $f]; flush $f; puts [file size b]; close $f
set f [open b w]; fconfigure $f -buffering line; puts -nonewline $f abc; puts [file size b]; puts $f x; puts [file size b]; puts -nonewline $f "a\nb"; puts [file size b]; close $f
set f [open b w]; fconfigure $f -buffering none; puts -nonewline $f abc; puts [file size b]; close $f
raw [string repeat x 100]
set f [open b]; fconfigure $f -buffersize 10; read $f 3; puts [chan pending input $f],[tell $f]; close $f
# fcopy
raw "h\u00e9llo\nworld\n"
set i [open b]; set o [open b2 w]; puts [fcopy $i $o],[file size b2]; close $i; close $o
set i [open b]; fconfigure $i -encoding iso8859-1; set o [open b2 w]; puts [fcopy $i $o -size 3]; puts [fcopy $i $o -size 0],[tell $i]; puts [fcopy $i $o],[eof $i]; close $i; close $o; puts [file size b2]
set i [open b]; fconfigure $i -translation binary; set o [open b2 w]; fconfigure $o -translation binary; puts [fcopy $i $o -size 100]; close $i; close $o
proc done {args} {set ::done $args}
set i [open b]; set o [open b2 w]; fcopy $i $o -command done; try1 busy {puts $o x}; try1 busy {read $i}; try1 busy {fcopy $i $o}; try1 busy {fconfigure $i -blocking 0}; vwait done; puts $done; close $i; close $o
set i [open b]; set o [open b2 w]; fcopy $i $o -size 4 -command {done a}; vwait done; puts $done,[tell $i]; close $i; close $o
# pipe and fileevent
lassign [chan pipe] r w
fconfigure $w -buffering none; fconfigure $r -blocking 0
puts [gets $r l],[fblocked $r],[eof $r]
puts -nonewline $w abc; puts [gets $r l],[fblocked $r]; puts $w def; puts [gets $r l],$l,[fblocked $r]
puts -nonewline $w xyz; puts [read $r 10],[fblocked $r],[eof $r]
set log {}
proc onread {} {global r log; if {[gets $r l] >= 0} {lappend log $l} elseif {[eof $r]} {lappend log eof; close $r; set ::over 1} else {lappend log none}}
fileevent $r readable onread; puts [fileevent $r readable]
after 1 {puts $w one; puts -nonewline $w tw; after 1 {puts $w o; after 1 {close $w}}}
vwait over; puts $log
try1 seekpipe {lassign [chan pipe] r w; seek $r 0}
try1 tellpipe {tell $r}
close $r; try1 wpipe {puts $w x; flush $w}
catch {close $w}
lassign [chan pipe] r w; puts $w line; close $w; puts [gets $r],[gets $r],[eof $r]; close $r
# file fileevent
raw "l1\nl2\n"; set f [open b]; set n 0
fileevent $f readable {incr n; if {[gets $f l] < 0} {close $f; set ::fin 1} else {puts "ev $l"}}
vwait fin; puts n=$n
set f [open b]; proc bgerror m {puts "bg: $m"; set ::fin 2}
fileevent $f readable {error oops}; vwait fin; puts "[fileevent $f readable]|"; close $f
set f [open b]; fileevent $f readable {break}; vwait fin; close $f
try1 nr {set f [open b w]; fileevent $f readable x}; close $f
try1 nw {set f [open b]; fileevent $f writable x}; close $f
set f [open b w]; set k 0; fileevent $f writable {if {[incr k] == 3} {fileevent $f writable {}; set fin 3}}; vwait fin; puts k=$k; close $f
# a character in parts, and events
lassign [chan pipe] r w; fconfigure $w -translation binary -buffering none; fconfigure $r -blocking 0 -encoding utf-8; set log {}
fileevent $r readable {lappend log [read $r] [fblocked $r]}
puts -nonewline $w \xe7; vwait log; after 5 {lappend log timeout}; vwait log
fconfigure $r -encoding utf-8; vwait log; after 5 {lappend log timeout}; vwait log
puts -nonewline $w \x89; vwait log; puts -nonewline $w \xa6; vwait log; puts $log; close $r; close $w
# lines and buffers
foreach {mode size text} {lf 16 abcdefg\nhijklmnopqrstuvwxyz crlf 8 1234567\n cr 4 ab\ncdefg lf 4 abc\ndef} {
  set f [open b w]; fconfigure $f -buffering line -translation $mode -buffersize $size; puts -nonewline $f $text; puts [file size b]; close $f
}
# copies: each side is busy by itself, closing stops them, errors of handlers are not heard
lassign [chan pipe] r w; lassign [chan pipe] r2 w2
fcopy $r $w2 -command {lappend log}; fcopy $r2 $w -command {lappend log}
foreach s {{fcopy $r $w} {gets $r} {puts $w2 x} {fconfigure $r -blocking 0} {tell $r}} {puts [regsub {file\d+} [catch $s m]$m FILE]}
foreach f [list $r $w $r2 $w2] {close $f}; update; puts [chan names]
proc refuses {cmd args} {if {$cmd eq "initialize"} {return {initialize finalize watch read write}}; if {$cmd in {read write}} {error no}}
set c [chan create {read write} refuses]; set f [open b r+]
puts [regsub {rc\d+} [catch {fcopy $c $f} m]$m,$errorCode RC]; catch {close $c}
set c [chan create {read write} refuses]; fconfigure $c -buffering none
puts [regsub {rc\d+} [catch {fcopy $f $c} m]$m,$errorCode RC]; catch {close $c}
set c [chan create {read write} refuses]; seek $f 0
puts [regsub {rc\d+} [catch {fcopy $f $c} m]$m,$errorCode RC]; catch {close $c}; close $f
proc slow {cmd args} {if {$cmd eq "initialize"} {return {initialize finalize watch read}}; if {$cmd eq "read"} {if {[incr ::asked] < 4} {error EAGAIN}; if {$::asked < 6} {return $::asked}}}
set c [chan create read slow]; set f [open b w]; puts [fcopy $c $f],$asked; close $c; close $f
puts [catch {open b "FOO \{BAR"}],$errorInfo
puts [lsort [chan names file*]]
