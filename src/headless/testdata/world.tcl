# What a program finds around it: its input, other programs, sockets. Recorded in an empty folder: `tclsh8.6 world.tcl <world.in >world.out`.
proc t {script} {
  set code [catch {uplevel #0 $script} result options]
  regsub -all {\m(sock|file|rc)[0-9a-f]+} $result {\1N} result
  puts [list $script $code $result]
  if {$code == 1} {puts [regsub {^CHILDSTATUS \d+} [dict get $options -errorcode] CHILDSTATUS]}
}
proc file: {name text} {set f [open $name w]; puts -nonewline $f $text; close $f}
set me [info nameofexecutable]

# stdin
t {list [gets stdin] [gets stdin line] $line [eof stdin] [read stdin 3]}
t {list [fconfigure stdin -buffering] [fconfigure stdout -buffering] [fconfigure stderr -buffering] [fconfigure stdin -translation]}
t {puts stdin x}
t {flush stdin}
t {interp create k; list [k eval {gets stdin}] [k eval {fconfigure stderr -buffering}] [interp delete k]}
t {fileevent stdin readable {lappend got [gets stdin]; if {[eof stdin]} {fileevent stdin readable {}; set done 1}}; vwait done; set got}
t {list [gets stdin] [eof stdin] [gets stdin line]}

# The place of a closed standard channel is taken by the next.
t {file: late {close stderr; set f [open errors w]; puts stderr hello; close $f; puts [catch {puts stderr x} m]}; set f [open "|[list $me late]"]; set r [read $f]; close $f; set r}
t {set f [open errors]; set r [read $f]; close $f; set r}

# Programs
t {set f [open "|[list $me]" r+]; puts $f {puts [expr {6*7}]; flush stdout}; flush $f; gets $f}
t {list [fconfigure $f] [tell $f] [string is integer -strict [pid $f]] [expr {[pid $f] == [pid]}]}
t {seek $f 0}
t {puts $f {puts "last [string length [info nameofexecutable]]"}; close $f write; list [regsub {\d+} [read $f] N] [eof $f]}
t {close $f write}
t {close $f}
t {file: args {puts [list $argv0 $argv $argc [info script] $tcl_interactive]; exit 7}; set f [open "|[list $me args {a b} c]"]; read $f}
t {close $f}
t {set f [open "|[list $me << {puts stderr oops; puts out}]"]; gets $f}
t {close $f}
t {set f [open "|[list $me << "error one\nputs two"]"]; gets $f}
t {close $f}
t {file: fails {proc p {} {error deep}; p}; set f [open "|[list $me fails]"]; read $f}
t {close $f}
t {set f [open "|[list $me nosuchfile]"]; read $f}
t {close $f}
t {file: up {while {[gets stdin line] >= 0} {puts [string toupper $line]}}; set f [open "|[list $me up | $me up > shouted]" w]; puts $f abc; close $f; set f [open shouted]; set r [read $f]; close $f; set r}
t {set f [open "|[list $me up < shouted]"]; set r [read $f]; close $f; set r}
t {file: two {puts a; flush stdout; puts stderr b}; set g [open both w]; set f [open "|[list $me two >@ $g 2>@1]" w]; close $f}
t {close $g; set f [open "|[list $me << {puts stderr b} 2>> both]"]; read $f; close $f; set g [open both]; set r [read $g]; close $g; set r}
t {set f [open "|[list $me << {puts stderr e; puts o} |& $me up]"]; set r [lsort [split [read $f] \n]]; close $f; set r}
t {set f [open "|[list $me << {after 30; exit 2}]"]; fconfigure $f -blocking 0; list [read $f] [eof $f] [fblocked $f]}
t {close $f}
t {set f [open "|[list $me << {after 20; puts x}]"]; fileevent $f readable {lappend seen [gets $f]; if {[eof $f]} {close $f; set done 1}}; set seen {}; vwait done; set seen}
t {file: ends {exit}; set f [open "|[list $me ends]" r+]; gets $f; after 100; puts $f x; flush $f}
t {close $f}
foreach words {| {| | a} {|a |} {|a | | b} {|a <} {|a >&} {|nosuch x} {|a >@ foo}} {t [list open $words]}
t {open "|$me < nosuch"}
t {open "|$me > out" r}
t {open "|$me < ends" w}
t {open |a foo}

# exec
file: up {while {[gets stdin line] >= 0} {puts [string toupper $line]}}
foreach script {
  {exec} {exec &} {exec -keepnewline} {exec -keep x} {exec -foo x} {exec -- -foo} {exec nosuch a b} {exec nosuch &} {exec ""}
  {exec |} {exec a |} {exec a | | b} {exec a 2>@1 b} {exec a 2>@1 | b} {exec a >} {exec a <<} {exec a >@ foo} {exec up}
  {exec ./up} {exec ~nosuchuser/x}
} {t $script}
t {exec $me < nosuch}
t {exec $me > /nosuch/x}
t {exec $me << {puts hello}}
t {exec -keepnewline $me << {puts hello}}
t {exec $me << {puts a\n}}
t {exec $me << {puts -nonewline a}}
t {exec $me << {puts a; exit 3}}
t {exec $me << {puts a; puts stderr b}}
t {exec -keepnewline $me << {puts a; puts stderr b}}
t {exec $me << {puts stderr b}}
t {exec $me << {puts stderr b; exit 2}}
t {exec -keepnewline $me << {puts a; exit 3}}
t {exec -ignorestderr $me << {puts a; exit 3}}
t {exec $me << {puts a; puts stderr b} 2>@1}
t {exec $me << {puts a; puts stderr b} >& both}
t {set f [open both]; set r [lsort [split [read $f] \n]]; close $f; set r}
t {exec $me << {puts c} >> both}
t {exec $me << {puts stderr d} 2>> both}
t {exec $me << {puts stderr e; puts f} >>& both}
t {set f [open both]; set r [lsort [split [read $f] \n]]; close $f; set r}
file: code {exit [lindex $argv 0]}
t {exec $me up << "a\nb" | $me up | $me up}
t {exec $me code 3 | $me code 4 | $me up}
t {exec $me code 3 | $me code 0}
t {exec $me code 0 | $me code 5 | $me code 0}
t {exec $me code 3 |& $me up}
t {set f [open both r]; set r [exec $me up <@ $f]; close $f; lsort [split $r \n]}
t {set f [open out w]; exec $me up << xyz >@ $f; close $f; set f [open out]; set r [read $f]; close $f; set r}
t {set p [exec $me << {after 30; set f [open bg w]; puts $f done; close $f} &]; list [llength $p] [string is integer -strict $p]}
t {while {![file exists bg] || [file size bg] == 0} {after 10}; set f [open bg]; set r [gets $f]; close $f; set r}
t {set p [exec $me code 0 | $me code 1 &]; llength $p}
t {exec $me -foo a << {puts $argv; puts $argv0x}}
t {exec $me -foo a << {puts $argv}}
t {exec $me -encoding utf-8 code 7}
t {exec $me nosuchfile}
t {exec $me code 256}
t {exec [list $me] << {puts x}}
t {file mkdir dir; exec ./dir}
t {exec $me << {gets stdin x} << {puts two}}
t {exec $me << {puts one} > o1 > o2; list [file size o1] [file size o2]}
t {string length [exec $me << {puts [string repeat x 200000]}]}
t {exec $me << {fconfigure stdout -translation crlf; puts a; puts b}}
t {set f [open "|[list $me code 3]"]; fconfigure $f -blocking 0; after 50; close $f}
t {interp create k; k eval [list exec $me << {puts kid}]}
t {interp create -safe s; s eval {exec a}}
t {exec $me << {puts x; flush stdout; exit} | $me up | $me up 2>@1}
t {catch {exec $me << {error x}} m; set m}
t {exec $me << "puts a\nputs \"b"}
t {set f [open "|[list $me code 3] | [list $me code 4]"]; read $f; close $f}
t {set f [open "|[list $me up]" r+]; chan push $f [list apply {{cmd args} {switch $cmd {initialize {return {initialize finalize read write flush}} finalize {} default {lindex $args end}}}}]; llength [pid $f]}
t {fconfigure $f -blocking 0; close $f}

# Sockets
foreach words {
  {} a -server {-server x} {-server x y} -foo {localhost 99999} {localhost foo} {localhost 1} {-async -server x 0} {-server x -myport 3 0}
  -myaddr {nosuch.invalid 80} {-server x -myaddr 1.2.3.4 0} {-server x 65536} {-myport a localhost 1}
} {t "socket $words"}
proc accept {s a p} {set ::peer $s; set ::from [list $a [expr {$p == [lindex [fconfigure $s -peername] 2]}]]}
t {set s [socket -server accept -myaddr 127.0.0.1 0]; set port [lindex [fconfigure $s -sockname] 2]; lrange [fconfigure $s -sockname] 0 1}
t {list [fconfigure $s -eofchar] [fconfigure $s -translation] [dict get [fconfigure $s] -eofchar] [dict keys [fconfigure $s]]}
foreach script {{fconfigure $s -foo} {fconfigure $s -peername} {gets $s} {puts $s x} {eof $s} {close $s read} {fileevent $s readable x}} {t $script}
t {set c [socket localhost $port]; vwait from; set from}
t {list [dict keys [fconfigure $c]] [fconfigure $c -translation] [fconfigure $c -error] [fconfigure $c -connecting] [expr {[fconfigure $c -peername] eq [fconfigure $peer -sockname]}]}
t {fconfigure $c -foo}
t {fconfigure $c -sockname x}
t {seek $c 0}
t {puts $c "hi there"; flush $c; fconfigure $peer -translation binary; gets $peer}
t {fconfigure $c -blocking 0; list [gets $c] [fblocked $c] [eof $c]}
t {fileevent $c readable {set line [gets $c]}; puts $peer back; flush $peer; vwait line; fileevent $c readable {}; set line}
t {close $c write; list [gets $peer] [eof $peer]}
t {close $c write}
t {puts $peer still; close $peer; fconfigure $c -blocking 1; list [gets $c] [gets $c] [eof $c] [close $c]}
t {fconfigure $s -blocking 0; close $s}
t {socket 127.0.0.1 $port}
t {set s [socket -server {accept} 0]; set c [socket localhost [lindex [fconfigure $s -sockname] 2]]; fconfigure $c -translation auto; fconfigure $c -translation}
t {vwait from; close $s; puts $peer abc; close $peer; fcopy $c stdout}
t {close $c}
t {set s [socket -server {apply {args {error oops}}} 0]; proc bgerror m {set ::said $m}; set c [socket localhost [lindex [fconfigure $s -sockname] 2]]; vwait said; close $c; close $s; set said}

# Copies, and what is read ahead
t {fconfigure stdout -encoding utf-8; file: f "abcdef\nghi\n"; set f [open "|[list $me up]" r+]; puts $f "a\nb"; flush $f; gets $f; puts $f c; flush $f; list [gets $f] [gets $f]}
t {fconfigure $f -blocking 0; close $f}
t {set i [open f]; set o [open g w]; fcopy $i $o -command {set copied}; list [catch {fcopy $i $o} m] $m [catch {gets $i} m] $m [close $i] [close $o]}
foreach {a b} {binary koi8-r koi8-r binary koi8-r utf-8 utf-8 binary binary utf-8 koi8-r koi8-r} {
  t {set f [open f w]; fconfigure $f -translation binary; puts -nonewline $f \xd0\xb0\xd1\n; close $f
    set i [open f]; fconfigure $i -encoding $a; set o [open g w]; fconfigure $o -encoding $b
    set n [fcopy $i $o]; close $i; close $o; set i [open g rb]; set r [binary encode hex [read $i]]; close $i; list $a $b $n $r}
}
foreach {translation size text} {lf 16 "abcdefg\nhijklmnopqrstuvwxyz" crlf 8 "1234567\n" cr 4 "ab\ncdefg" lf 100 "a\nb" lf 4 "abc\ndef"} {
  t {set o [open g w]; fconfigure $o -buffering line -translation $translation -buffersize $size; puts -nonewline $o $text; set r [file size g]; close $o; list $r [file size g]}
}
t {open f "FOO \{BAR"}
puts $errorInfo

# The environment is one for all trusted interpreters, and what programs are given.
t {exec $me << {set tcl_interactive 1
set x {a
  b}
set tcl_prompt1 {puts -nonewline "one "}
set tcl_prompt2 {puts -nonewline "two "}
list {
}
error x
set tcl_prompt1 {error foo}
set errorInfo
set tcl_interactive maybe
set tcl_interactive no
set x} 2>@1}
t {interp create kid; set env(FROM) me; set r [kid eval {set env(FROM)}]; kid eval {set env(BACK) kid; unset env(FROM)}; lappend r $env(BACK); interp delete kid; lappend r [info exists env(BACK)]}
t {exec $me << {puts $env(BACK); unset env(BACK)}}
t {set env(TCL_PKG_PREFER_LATEST) x; interp create kid; unset env(TCL_PKG_PREFER_LATEST); set r [kid eval {package prefer}]; interp delete kid; list $r [package prefer]}
t {interp create kid; kid eval {unset env; set env(OWN) 1}; interp delete kid; list [info exists env(OWN)] [info exists env(BACK)]}
t {unset env(BACK); exec $me << {puts [info exists env(BACK)]}}
t {interp create -safe kid; set r [kid eval {info exists env}]; interp delete kid; list $r [info exists env(PATH)]}

# What is written into a channel comes before what a program writes there, in the order of time; what it is given is in the system's encoding.
t {set o [open g w]; puts $o first; exec $me << {puts second} >@ $o; puts $o third; close $o; set i [open g]; set r [read $i]; close $i; set r}
t {encoding system iso8859-1; set r [exec $me << "puts \xe9"]; encoding system utf-8; binary encode hex $r}

# The place of a closed standard channel, and its name, are the next one's.
t {exec $me << {close stdin; set a [open f w]; close stderr; set b [open g w]; set c [open f r]; puts [list $a $b $c [lsort [file channels]]]; close $a; set d [socket -server x 0]; puts $d}}

# Files that nobody has, and where paths lead
t {set f [open /dev/null w]; puts $f x; close $f; set f [open /dev/null]; set r [list [read $f] [eof $f] [file type /dev/null] [file isfile /dev/null] [file size /dev/null]]; close $f; set r}
t {open a\0b}
t {file mkdir deep/er; cd deep/er; file delete -force [file normalize ../../deep]; list [file exists f] [file exists deep]}
t {file mkdir w; cd w; file mkdir dir/foo/bar; file link dl dir/foo/bar; set r {}; foreach p {dl dl/ dl/.. dl/../x dl/../../x/../y dl/nosuch/../x nosuch/../x dl/../nosuch/z/../../..} {lappend r [string map [list [pwd] .] [file normalize $p]]}; set r}
t {file normalize ~root/x}
t {file separator ""}
foreach script {{load -global} {load -lazy -global} {load -foo} {load -foo x} {load lib12.so} {load .} {unload -nocomplain {} Unknown} {unload -nocomplain x} {unload -keeplibrary x} {socket -async -server}} {t $script}
t {set s [socket -async localhost 9]; list [catch {gets $s} m] $m [fconfigure $s -error] [fconfigure $s -error] [close $s]}

# Who is always ready does not keep timers waiting.
t {lassign [chan pipe] r w; fconfigure $w -blocking 0; set n 0; fileevent $w writable {if {[incr n] > 20000} {set done starved}}; after 1 {set done timer}; vwait done; close $w; close $r; set done}
