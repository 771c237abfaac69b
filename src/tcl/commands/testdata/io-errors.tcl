# Run by tclsh8.6 and by io.test.ts in an empty folder; what tclsh printed is in io-errors.out.
file delete -force /tmp/tcl-applet-io; file mkdir /tmp/tcl-applet-io; cd /tmp/tcl-applet-io
set f [open x.txt w]; puts $f "hello\nworld"; close $f
set r [open x.txt r]
foreach s {
{puts} {puts a b c d} {puts nosuch x} {puts $r x} {puts -nonewline stdin x} {puts stdout a b} {gets} {gets a b c} {gets nosuch} {gets stdout} {gets $r} {gets $r} {gets $r} {eof $r} {gets $r x} {set x} {seek $r 0} {read $r 5} {read $r -1} {read $r foo} {read -nonewline $r} {read -nonewline $r 4} {read -foo $r} {read} {read a b c} 
{seek $r} {seek $r x} {seek $r 1 foo} {seek $r -100} {seek $r 3 start} {tell $r} {seek $r -2 e} {tell $r} {tell} {tell nosuch}  {flush $r} {flush} {flush nosuch} {eof} {eof nosuch} {fblocked} {fblocked $r} {fblocked stdout} {close} {close nosuch} {close $r foo} {close $r write} {close $r r} {set r [open x.txt r]}
{fconfigure} {fconfigure $r} {fconfigure stdout} {fconfigure $r -foo} {fconfigure $r -enc} {fconfigure $r -b} {fconfigure $r -blocking} {fconfigure $r -buffering foo} {fconfigure $r -buffersize x} {fconfigure $r -translation foo} {fconfigure $r -translation {a b c}} {fconfigure $r -eofchar {a b c}} {fconfigure $r -eofchar é} {fconfigure $r -encoding foo} {fconfigure $r -translation} {fconfigure $r -blocking x} {fconfigure $r -blocking 1 -foo} {fconfigure $r -mode 1} {fconfigure nosuch}
{fconfigure $r -buffering line -buffersize 5} {fconfigure $r} {fconfigure $r -buffersize 0} {fconfigure $r -buffersize} {fconfigure $r -buffersize 2000000} {fconfigure $r -buffersize} {fconfigure $r -encoding {}} {fconfigure $r -encoding}
{fcopy} {fcopy $r} {fcopy $r nosuch} {fcopy $r stdout -size} {fcopy $r stdout -size x} {fcopy $r stdout -foo 1} {fcopy stdout $r} {fcopy $r $r}
{fileevent} {fileevent $r} {fileevent $r foo} {fileevent $r writable} {fileevent $r readable} {fileevent $r readable {puts hi}} {fileevent $r readable} {fileevent $r readable {}} {fileevent nosuch readable}
{chan} {chan names x} {lsort [chan names]} {chan pending} {chan pending input $r} {chan pending foo $r} {chan pending output $r} {chan truncate $r} {chan truncate} {chan truncate $r x} {chan truncate $r -1} {chan pipe x} {chan blocked $r} {chan eof $r} {chan copy} {chan event $r foo} {chan configure $r -foo} {chan gets} {chan close} {chan pending input stdout} {chan event} {chan truncate nosuch}
{open} {open a b c d} {open nosuch} {open x.txt foo} {open x.txt {RDONLY FOO}} {open x.txt {CREAT}} {open x.txt {RDONLY WRONLY}} {open x.txt wx} {open x.txt {WRONLY CREAT EXCL}} {open /tmp} {open /tmp w} {open /nosuch/x w} {open x.txt rw} {open x.txt r {}} {open x.txt r 0xyz} {open "" r} {open x.txt {}} {open x.txt w+x}  {open x.txt ra}
{close $r} {close $r} {read $r} {chan pipe}
} { catch {uplevel #0 $s} m o; puts "$s => [string map {\n \\n} $m] | [expr {[dict exists $o -errorcode]?[dict get $o -errorcode]:{}}]" }
