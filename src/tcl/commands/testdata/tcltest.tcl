# What tcltest prints, here and in tclsh: every option of a test, what fails and how, constraints, files, state, the summary.
package require tcltest
namespace import ::tcltest::*
configure -verbose {pass body skip start error}
test a-1.1 {passes} {set x 1} 1
test a-1.2 {fails} {set x 1} 2
test a-1.3 {error} {error boom} 2
test a-1.4 {skipped} nosuch {set x 1} 2
test a-1.5 {skipped2} {nosuch other} {set x 1} 2
test a-1.6 {new style} -setup {set y 2} -body {set y} -cleanup {unset y} -result 2
test a-1.7 {out} -body {puts hello; puts -nonewline stderr oops; set z 1} -output "hello\n" -errorOutput oops -result 1
test a-1.8 {out bad} -body {puts hello; puts stderr oops; set z 1} -output "hullo\n" -errorOutput ops -result 1
test a-1.9 {glob} -body {list abc} -match glob -result a*
test a-1.10 {glob bad} -body {list abc} -match glob -result b*
test a-1.11 {regexp} -body {list abc} -match regexp -result {^a.c$}
test a-1.12 {codes} -body {error foo} -returnCodes error -result foo
test a-1.13 {codes bad} -body {set a foo} -returnCodes {error break} -result foo
test a-1.14 {setup fails} -setup {error insetup} -body {set a foo} -result foo
test a-1.15 {cleanup fails} -cleanup {error incleanup} -body {set a foo} -result foo
test a-1.16 {errorCode} -body {throw {A B} foo} -errorCode {A *} -returnCodes error -result foo
test a-1.17 {errorCode bad} -body {throw {A B} foo} -errorCode {X *} -returnCodes error -result foo
customMatch len {apply {{e a} {expr {[string length $e] == [string length $a]}}}}
test a-1.18 {custom} -body {set a foo} -match len -result bar
test a-1.19 {custom bad} -body {set a foo} -match len -result barr
test a-1.20 {expr constraint} -constraints {$tcl_version > 9} -body {set a foo} -result foo
test a-1.21 {expr constraint} -constraints {!nosuch} -body {set a foo} -result foo
puts [catch {test a-1.22 {bad option} -bodi {set a foo} -result foo} m]:$m
puts [catch {test a-1.23} m]:$m
puts [catch {test a-1.24 desc -match foo -body {} -result 1} m]:$m
puts [catch {test a-1.25 desc -returnCodes foo -body {} -result 1} m]:$m
puts [catch {test a-1.26 desc a b c d} m]:$m
puts [catch {test "a b" desc {set a 1} 1} m]:$m
test a-1.27 {return} {return 5} 5
test a-1.28 {break} {break} 5
test a-1.29 {list val} -body {list "a b" c\n} -result {x}
testConstraint foo 1
puts [testConstraint foo],[testConstraint bar]
set f [makeFile "content\nline 2" tfile.txt]
puts [viewFile tfile.txt]
puts [file tail $f],[file size $f]
puts [catch {makeFile x} m]:$m
set d [makeDirectory tdir]
puts [file isdirectory $d]
removeDirectory tdir
removeFile tfile.txt
removeFile nosuchfile.txt
puts [file exists $f]
makeFile x left.txt
puts [configure]
foreach o [configure] {if {$o ni {-tmpdir -testdir}} {puts [list $o [configure $o]]}}
puts [catch {configure -foo} m]:$m
puts [catch {configure -match} m]:$m
puts [catch {configure -debug x} m]:$m
puts [catch {configure -verbose {foo}} m]:$m
puts [verbose]
configure -skip {b-1.2 b-2*} -match b-*
test b-1.1 p {set a 1} 1
test b-1.2 p {set a 1} 1
test b-2.2 p {set a 1} 1
test c-2.2 p {set a 1} 1
configure -limitconstraints 1 -constraints foo
test b-3.1 p {set a 1} 1
test b-3.2 p foo {set a 1} 1
puts [lsort [namespace eval ::tcltest {namespace export}]]
puts [array get ::tcltest::numTests]
puts [lsort [array names ::tcltest::testConstraints]]
cleanupTests
puts [normalizeMsg " a  b\nc "]
puts [bytestring abc]
puts [package present tcltest]
configure -verbose {body error} -match * -skip {} -limitconstraints 0
set v 7
test s-1.1 {single} {
    -constraints {}
    -setup {
        set a 1
    }
    -body {
        set a [expr {$a+1}]
    }
    -cleanup {unset a}
    -result 2
}
test s-1.2 {single subst} {
    -body {set v}
    -result "$v"
}
test s-1.3 {single multi} -body {
   set x {
  a}
} -result "\n  a"
test s-1.4 {file puts} -body {set f [open [file join [temporaryDirectory] zz] w]; puts $f hi; puts nl; close $f; set f [open [file join [temporaryDirectory] zz]]; gets $f} -output nl\n -result hi -cleanup {close $f; removeFile zz}
proc inproc {} {set local 5; test s-1.5 {in a proc} {set local} 5; test s-1.6 {level} -body {info level} -result 1}
inproc
namespace eval foo {namespace import ::tcltest::*; variable q 3; test s-1.7 {ns} {variable q; set q} 3}
test s-1.8 {bad glob} -match glob -body {error x} -returnCodes 1 -result y*
test s-1.9 {bad result with -returnCodes 2} -body {return -code 2 xx} -returnCodes 2 -result xx
test s-1.10 {code 7} -body {return -code 7 xx} -returnCodes 7 -result xx
test s-1.11 {code 7 bad} -body {return -code 7 xx} -result xx
configure -verbose {pass start}
test s-1.12 {quiet fail} {set a 1} 2
configure -verbose {}
test s-1.13 {quiet fail} {set a 1} 2
configure -verbose bps
test s-1.14 {skip} nosuch {set a 1} 2
puts [configure -verb]
puts [catch {configure -s} m]$m
puts [catch {testConstraint a b} m]$m
puts [catch {removeFile} m]$m
puts [outputChannel],[errorChannel]
puts [match],[skip],[limitConstraints],[singleProcess]
puts [testConstraint unix],[testConstraint win],[testConstraint nonPortable],[testConstraint knownBug],[testConstraint tempNotWin],[testConstraint singleTestInterp],[testConstraint eformat],[testConstraint interactive]
saveState
proc newproc {} {}
set newvar 1
restoreState
puts [info procs newproc],[info exists newvar]
cleanupTests
# Options as one text, what is wrong in order, tests in tests, tests that skip themselves, hooks, files left behind.
configure -verbose {pass body skip start error}
test t-1.1 {one text} {
    -setup { set x 5 }
    -body {
	set y "a $x"
	set y
    }
    -cleanup {unset x y}
    -result {a 5}
}
test t-1.2 {one text fails} {
    -body {
	lrepeat
    }
    -result "a b"
    -returnCodes {ok error}
}
set v 12
test t-1.3 {one text with a variable} {-body {set v} -result "$v" -constraints {}}
test t-1.4 {all wrong} -body {puts hi; puts stderr ho; return -code error x} -output x -errorOutput y -result z
test t-1.5 {all wrong} -body {puts hi; puts stderr ho; list x} -output x -errorOutput y -result z
test t-1.6 {bad patterns} -body {puts a} -match regexp -output {(} -result {(}
test t-1.7 {codes in capitals} -body {error x} -returnCodes ERROR -result x
test t-1.8 {error as one of several codes} -body {error abc} -returnCodes {2 0} -result z
test t-1.9 {cleanup that breaks} -body {list 1} -cleanup break -result 1
test t-1.10 {in it another} {test in-1 {inner} {set x 1} 2; set x} 1
test t-1.11 {skips itself} -body {::tcltest::Skip because} -result 1
test t-1.12 {skips itself at once} -setup {::tcltest::Skip {of this}} -body {list 1} -result 1
puts [list $::tcltest::verbose $::tcltest::match $::tcltest::debug]
set ::tcltest::verbose {pass}
test t-1.13 {x} {set x 1} 1
test t-1.14 {x} {set x 1} 2
proc ::tcltest::cleanupTestsHook {} {puts HOOK}
proc ::tcltest::SetupTest script {puts "SETUP $script"}
proc ::tcltest::CleanupTest script {puts "CLEANUP $script"}
test t-1.15 {hooks} -setup {set z 1} -body {set x 1} -cleanup {set q 1} -result 1
close [open left-behind.txt w]
cleanupTests
file delete left-behind.txt
