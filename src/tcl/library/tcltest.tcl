# The package tcltest. Answers to tcltest.n. Evaluated when it is first required (commands/autoload.ts).

namespace eval ::tcltest {
  variable version 2.5.5
  variable numTests
  array set numTests {Total 0 Passed 0 Skipped 0 Failed 0}
  # Constraints that were asked for or set, how often each made a test be skipped, tests and files that failed.
  variable testConstraints
  array set testConstraints {}
  variable skippedBecause
  array set skippedBecause {}
  variable failFiles {}
  variable failed 0
  # How deep tests are in tests: only the outermost count.
  variable level 0
  variable numTestFiles 0
  # Files made here, the ways to compare, text written during a test.
  variable filesMade {}
  variable filesLeft {}
  variable customMatch
  array set customMatch {exact {string equal} glob {string match} regexp {regexp --}}
  variable outData {}
  variable errData {}
  # A tclet has no folder.
  variable original {}
  catch {set original [pwd]}
  variable workingDirectory $original
  variable channels
  array set channels {-outfile stdout -errfile stderr}
  variable mainThread 1
  variable option
  array set option {
    -asidefromdir {} -constraints {} -debug 0 -errfile stderr -file *.test -limitconstraints 0 -load {} -loadfile {} -match *
    -notfile l.*.test -outfile stdout -preservecore 0 -relateddir * -singleproc 0 -skip {} -verbose {body error}
  }
  set option(-testdir) $original
  set option(-tmpdir) $original
  variable saved {}
  namespace export bytestring cleanupTests configure customMatch debug errorChannel errorFile getMatchingFiles interpreter \
    limitConstraints loadFile loadScript loadTestedCommands mainThread makeDirectory makeFile match matchDirectories matchFiles \
    normalizeMsg normalizePath outputChannel outputFile preserveCore removeDirectory removeFile restoreState runAllTests saveState \
    singleProcess skip skipDirectories skipFiles temporaryDirectory test testConstraint testsDirectory threadReap verbose viewFile \
    workingDirectory
}

# ---- Configuration

proc ::tcltest::configure args {
  variable option
  set names [lsort [array names option]]
  if {[llength $args] == 0} {return $names}
  if {[llength $args] == 1} {return $option([OptionName [lindex $args 0] $names])}
  while {[llength $args]} {
    if {[llength $args] == 1} {
      return -code error "missing value for option: [lindex $args 0]"
    }
    set args [lassign $args name value]
    set name [OptionName $name $names]
    set option($name) [CheckOption $name $value]
    switch -- $name {
      -constraints {foreach one $value {testConstraint $one 1}}
      -tmpdir {file mkdir $option(-tmpdir); cd $option(-tmpdir); set ::tcltest::workingDirectory [pwd]}
      -outfile - -errfile {OpenFor $name $value}
      -loadfile {if {$value ne ""} {set f [open $value]; set option(-load) [read $f]; close $f}}
    }
  }
}

proc ::tcltest::OptionName {name names} {
  if {$name in $names} {return $name}
  set found [lsearch -all -inline -glob $names ${name}*]
  if {[llength $found] == 1} {return [lindex $found 0]}
  set what [expr {[llength $found] ? "ambiguous" : "unknown"}]
  set how [expr {[llength $found] ? "could match" : "should be one of"}]
  if {[llength $found]} {set names $found}
  return -level 2 -code error "$what option $name: $how [join [lrange $names 0 end-1] ", "], or [lindex $names end]"
}

proc ::tcltest::CheckOption {name value} {
  set wrong ""
  switch -- $name {
    -verbose {
      if {[string is list $value] && [lsearch -regexp $value {^(body|pass|skip|start|error|line|msec|usec)$}] >= 0} {
        return [lsearch -all -inline -regexp $value {^(body|pass|skip|start|error|line|msec|usec)$}]
      }
      set letters {b body p pass s skip t start e error l line m msec u usec}
      set all {}
      foreach letter [split $value {}] {if {[dict exists $letters $letter]} {lappend all [dict get $letters $letter]}}
      return $all
    }
    -debug {if {![string is integer -strict $value]} {set wrong "expected integer but got \"$value\""}}
    -preservecore {if {![string is integer -strict $value] || $value < 0 || $value > 2} {set wrong "must be 0, 1, or 2"}}
    -limitconstraints - -singleproc {
      if {![string is boolean -strict $value]} {set wrong "expected boolean value but got \"$value\""}
    }
    -tmpdir - -testdir {return [file normalize $value]}
    default {if {![string is list $value]} {set wrong "it is not a list"}}
  }
  if {$wrong ne ""} {return -level 2 -code error "invalid $name value \"$value\": $wrong"}
  return $value
}

proc ::tcltest::OpenFor {name value} {
  variable channels
  if {$value in {stdout stderr}} {set channels($name) $value; return}
  set channels($name) [open [file join [temporaryDirectory] $value] w]
}

# A command that asks an option, or sets it, and a variable that is it.
foreach {name switch} {
  debug -debug match -match skip -skip matchFiles -file skipFiles -notfile matchDirectories -relateddir skipDirectories -asidefromdir
  verbose -verbose limitConstraints -limitconstraints singleProcess -singleproc preserveCore -preservecore loadScript -load
  loadFile -loadfile testsDirectory -testdir temporaryDirectory -tmpdir outputFile -outfile errorFile -errfile
} {
  proc ::tcltest::$name args [string map [list @ $switch % $name] {
    if {[llength $args] == 0} {return [configure @]}
    if {[llength $args] > 1} {return -code error {wrong # args: should be "% ?value?"}}
    configure @ [lindex $args 0]
  }]
  namespace eval ::tcltest [list upvar 0 option($switch) $name]
}
unset name switch

proc ::tcltest::outputChannel {{name ""}} {
  variable channels
  if {$name ne ""} {set channels(-outfile) $name}
  return $channels(-outfile)
}

proc ::tcltest::errorChannel {{name ""}} {
  variable channels
  if {$name ne ""} {set channels(-errfile) $name}
  return $channels(-errfile)
}

proc ::tcltest::workingDirectory {{dir ""}} {
  variable workingDirectory
  if {$dir ne ""} {cd $dir; set workingDirectory [pwd]}
  return $workingDirectory
}

proc ::tcltest::interpreter {{name ""}} {
  variable interpreter
  if {$name ne "" || ![info exists interpreter]} {set interpreter [expr {$name eq "" ? [info nameofexecutable] : $name}]}
  return $interpreter
}

proc ::tcltest::mainThread {{id ""}} {
  variable mainThread
  if {$id ne ""} {set mainThread $id}
  return $mainThread
}

proc ::tcltest::loadTestedCommands {} {
  uplevel 1 [configure -load]
}

proc ::tcltest::threadReap {} {return 1}

proc ::tcltest::Say text {
  puts [outputChannel] $text
}

# ---- Constraints

proc ::tcltest::testConstraint {name {value ""}} {
  variable testConstraints
  if {[llength [info level 0]] == 2} {
    if {![info exists testConstraints($name)]} {set testConstraints($name) [InitialConstraint $name]}
    return $testConstraints($name)
  }
  if {[catch {expr {$value && 1}} msg]} {return -code error $msg}
  if {[limitConstraints] && $name ni [configure -constraints]} {set value 0}
  set testConstraints($name) $value
}

# What is known of the place that tests run in. There is one user, no terminal, and no other process.
proc ::tcltest::InitialConstraint name {
  switch -- $name {
    unix - unixOnly - tempNotPc - tempNotMac - nonPortable - userInteraction - knownBug - emptyTest - notRoot - root - win - pc - mac - macOrUnix
    - macOrPc - unixOrWin - unixOrPc - eformat - asyncPipeClose - nonBlockFiles - hasIsoLocale - unixExecs - stdio - singleTestInterp
    - interactive - tempNotWin - winOnly - pcOnly - macOnly - memory - testsocket - socket - slowTest - 95 - 98 - nt - macCrash - winCrash - pcCrash - unixCrash {
      set unix [string equal $::tcl_platform(platform) unix]
      return [expr {
        $name in {unix unixOnly macOrUnix unixOrWin unixOrPc macCrash winCrash pcCrash} ? $unix :
        $name in {tempNotPc tempNotMac tempNotWin eformat notRoot} ? 1 : $name eq "singleTestInterp" ? [singleProcess] : $name eq "unixCrash" ? !$unix :
        $name eq "interactive" ? ([info exists ::tcl_interactive] && $::tcl_interactive) : 0
      }]
    }
  }
  return 0
}

# True when a test is to be skipped; counts and tells why.
proc ::tcltest::Skipped {name constraints} {
  variable numTests
  variable option
  variable level
  if {$level == 1} {incr numTests(Total)}
  set why ""
  foreach pattern $option(-skip) {if {[string match $pattern $name]} {set why userSpecifiedSkip}}
  if {$why eq ""} {
    set wanted 0
    foreach pattern $option(-match) {if {[string match $pattern $name]} {set wanted 1}}
    if {!$wanted} {set why userSpecifiedNonMatch}
  }
  if {$why ne ""} {
    Count [expr {$option(-debug) ? $why : ""}]
    return 1
  }
  if {$constraints eq ""} {
    if {!$option(-limitconstraints)} {return 0}
    Count userSpecifiedLimitConstraint
    return 1
  }
  set holds 0
  if {[string match {*[$\[]*} $constraints]} {
    catch {set holds [uplevel #0 [list expr $constraints]]}
    set why $constraints
  } elseif {[regexp {[^.:_a-zA-Z0-9 \n\r\t]+} $constraints]} {
    # An expression of names.
    regsub -all {[.\w]+} $constraints {[::tcltest::testConstraint {&}]} asked
    catch {set holds [uplevel #0 [list expr $asked]]}
    set why $constraints
  } else {
    set holds 1
    foreach one $constraints {
      if {![testConstraint $one]} {set holds 0; set why $one; break}
    }
  }
  if {$holds} {return 0}
  CountSkipped $name $why
  return 1
}

proc ::tcltest::CountSkipped {name why} {
  variable option
  if {"skip" in $option(-verbose)} {Say "++++ $name SKIPPED: $why"}
  Count $why
}

# One test more that was skipped, if it is no test in another.
proc ::tcltest::Count why {
  variable level
  variable numTests
  variable skippedBecause
  if {$level != 1} return
  incr numTests(Skipped)
  if {$why ne ""} {incr skippedBecause($why)}
}

# ---- Tests

proc ::tcltest::customMatch {mode command} {
  variable customMatch
  if {![info complete $command]} {return -code error "invalid customMatch script; can't evaluate after completion"}
  set customMatch($mode) $command
}

proc ::tcltest::Matches {mode expected actual} {
  variable customMatch
  if {$mode eq "exact"} {return [string equal $expected $actual]}
  uplevel #0 [list {*}$customMatch($mode) $expected $actual]
}

# A puts that keeps what a test writes.
proc ::tcltest::Puts args {
  upvar #0 ::tcltest::outData outData ::tcltest::errData errData
  set words $args
  set end \n
  if {[lindex $words 0] eq "-nonewline"} {set end ""; set words [lrange $words 1 end]}
  switch [llength $words] {
    1 {append outData [lindex $words 0]$end; return}
    2 {
      switch -- [lindex $words 0] {
        stdout {append outData [lindex $words 1]$end; return}
        stderr {append errData [lindex $words 1]$end; return}
      }
      if {[lindex $words 0] eq [outputChannel]} {append outData [lindex $words 1]$end; return}
      if {[lindex $words 0] eq [errorChannel]} {append errData [lindex $words 1]$end; return}
    }
  }
  uplevel 1 [list ::tcltest::RealPuts {*}$args]
}

# Runs a script at the caller's level, with what it writes kept when that is asked for. Gives its code, result and options.
proc ::tcltest::Run {script kept} {
  variable outData {}
  variable errData {}
  if {$kept} {
    rename ::puts ::tcltest::RealPuts
    rename ::tcltest::Puts ::puts
  }
  set code [catch {uplevel 1 $script} result options]
  if {$kept} {
    rename ::puts ::tcltest::Puts
    rename ::tcltest::RealPuts ::puts
  }
  return [list $code $result $options]
}

proc ::tcltest::test {name description args} {
  variable numTests
  variable option
  variable customMatch
  variable outData
  variable errData
  variable failed
  set constraints {}
  set setup {}
  set body {}
  set cleanup {}
  set result {}
  set returnCodes {0 2}
  set errorCode *
  set match exact
  if {[string match -* [lindex $args 0]] || [llength $args] <= 1} {
    set valid {-body -cleanup -constraints -errorCode -errorOutput -match -output -result -returnCodes -setup}
    if {[llength $args] == 1} {
      foreach {key value} [Parts [lindex $args 0]] {set given($key) $value}
      foreach key $valid {if {[info exists given($key)]} {set given($key) [uplevel 1 ::concat $given($key)]}}
    } else {
      array set given $args
    }
    foreach {key value} [array get given] {
      if {$key ni $valid} {
        return -code error "bad option \"$key\": must be [join [lrange $valid 0 end-1] ", "], or [lindex $valid end]"
      }
      set [string range $key 1 end] $value
    }
    if {![info exists customMatch($match)]} {
      set modes [lsort [array names customMatch]]
      return -code error "bad -match value \"$match\": must be [join [lrange $modes 0 end-1] ", "], or [lindex $modes end]"
    }
    set returnCodes [string map -nocase {ok 0 normal 0 error 1 return 2 break 3 continue 4} $returnCodes]
    if {$errorCode ne "*" && 1 ni $returnCodes} {set returnCodes 1}
  } else {
    switch [llength $args] {
      2 {lassign $args body result}
      3 {lassign $args constraints body result}
      default {return -code error "wrong # args: should be \"test name desc ?options?\""}
    }
  }
  variable level
  variable filesThere
  if {![info exists filesThere]} {set filesThere [FilesThere]}
  incr level
  if {[Skipped $name $constraints]} {incr level -1; return}
  if {$option(-debug) > 2} {puts "Running $name {$body}"}

  if {[namespace which -command ::tcltest::SetupTest] ne ""} {set setup [list ::tcltest::SetupTest $setup]}
  set setupCode [catch {uplevel 1 $setup} setupMsg setupOptions]
  set skipped [IsSkip $setupCode $setupOptions]
  if {$skipped} {CountSkipped $name $setupMsg; set setupCode 0}
  set code 0
  if {!$skipped && !$setupCode} {
    set began [clock microseconds]
    if {"start" in $option(-verbose)} {Say "---- $name start"; flush [outputChannel]}
    set kept [expr {[info exists output] || [info exists errorOutput]}]
    lassign [uplevel 1 [list ::tcltest::Run $body $kept]] code actual options
    if {[set skipped [IsSkip $code $options]]} {CountSkipped $name $actual; set code 0}
  }
  set ran [expr {!$skipped && !$setupCode}]
  lassign {0 0 0 0 0} codeWrong errorCodeWrong outputWrong errorOutputWrong resultWrong
  lassign [list $outData $errData] outText errText
  if {$ran} {
    set codeWrong [expr {$code ni $returnCodes}]
    if {!$codeWrong} {
      set errorCodeWrong [expr {$code == 1 && ![string match $errorCode [dict get $options -errorcode]]}]
      if {[info exists output]} {lassign [Compare $match $output $outText] outputWrong outputError}
      if {[info exists errorOutput]} {lassign [Compare $match $errorOutput $errText] errorOutputWrong errorOutputError}
      lassign [Compare $match $result $actual] resultWrong resultError
    }
  }
  if {[namespace which -command ::tcltest::CleanupTest] ne ""} {set cleanup [list ::tcltest::CleanupTest $cleanup]}
  set cleanupCode [catch {uplevel 1 $cleanup} cleanupMsg cleanupOptions]
  if {[info exists began]} {
    set took [expr {[clock microseconds] - $began}]
    if {"usec" in $option(-verbose)} {Say "++++ $name took $took \xb5s"}
    if {"msec" in $option(-verbose)} {Say "++++ $name took [expr {round($took / 1000.)}] ms"}
  }
  incr level -1
  if {$skipped} return
  set wrong [expr {$setupCode || $cleanupCode || $codeWrong || $errorCodeWrong || $outputWrong || $errorOutputWrong || $resultWrong}]
  if {$level == 0} {
    incr numTests([expr {$wrong ? "Failed" : "Passed"}])
    if {!$wrong && "pass" in $option(-verbose)} {Say "++++ $name PASSED"}
  }
  if {!$wrong} return
  set failed 1
  Say "\n"
  if {"line" in $option(-verbose)} {Say "[TestLine [info frame -1]]: error: test failed: $name [string trim $description]"}
  Say "==== $name [string trim $description] FAILED"
  if {"body" in $option(-verbose) && [string length $body]} {Say "==== Contents of test case:"; Say $body}
  if {$setupCode} {Complain setup $setupMsg $setupOptions $setupCode}
  if {$resultWrong} {
    if {$resultError ne ""} {
      Say "---- Error testing result: $resultError"
    } else {
      Say "---- Result was:\n$actual\n---- Result should have been ($match matching):\n$result"
    }
  }
  if {$errorCodeWrong} {Say "---- Error code was: '[dict get $options -errorcode]'\n---- Error code should have been: '$errorCode'"}
  if {$codeWrong} {
    set how [lindex {{completed normally} {generated error} {generated return exception} {generated break exception}
      {generated continue exception}} $code]
    Say "---- Test [expr {$how eq "" ? "generated exception" : $how}]; Return code was: $code"
    Say "---- Return code should have been one of: $returnCodes"
    if {$code == 1 && 1 ni $returnCodes && "error" in $option(-verbose)} {
      Say "---- errorInfo: [dict get $options -errorinfo]"
      Say "---- errorCode: [dict get $options -errorcode]"
    }
  }
  foreach {what title text} [list output Output $outText errorOutput {Error output} $errText] {
    if {![set ${what}Wrong]} continue
    if {[set ${what}Error] ne ""} {
      Say "---- Error testing $what: [set ${what}Error]"
    } else {
      Say "---- $title was:\n$text\n---- $title should have been ($match matching):\n[set $what]"
    }
  }
  if {$cleanupCode} {Complain cleanup $cleanupMsg $cleanupOptions $cleanupCode}
  Say "==== $name FAILED\n"
}

# Ends a test that is running as one that was skipped.
proc ::tcltest::Skip reason {
  return -code error -errorcode BYPASS-SKIPPED-TEST $reason
}

proc ::tcltest::IsSkip {code options} {
  expr {$code == 1 && [dict get $options -errorcode] eq "BYPASS-SKIPPED-TEST"}
}

# Whether it is wrong, and the error when it cannot be told.
proc ::tcltest::Compare {mode expected actual} {
  if {[catch {Matches $mode $expected $actual} same]} {return [list 1 $same]}
  list [expr {!$same}] ""
}

proc ::tcltest::Complain {part msg options code} {
  Say "---- Test $part failed:\n$msg"
  if {$code == 1} {
    Say "---- errorInfo($part): [dict get $options -errorinfo]"
    Say "---- errorCode($part): [dict get $options -errorcode]"
  }
}

proc ::tcltest::TestLine frame {
  if {![dict exists $frame file]} {return "tests:0"}
  return "[dict get $frame file]:[dict get $frame line]"
}

# The words of options that are one text, with their braces and quotes: a word that has any goes on until they are closed.
proc ::tcltest::Parts text {
  set all {}
  while {[regexp {^[ \t\n]*([^ \t\n]+)(.*)$} $text -> word text]} {
    while {[regexp {["{}]} $word] && ([catch {llength $word} n] || $n != 1)} {
      if {![regexp {^([ \t\n]+[^ \t\n]*)(.*)$} $text -> more text]} {error "incomplete token \"$word\""}
      append word $more
    }
    lappend all $word
  }
  return $all
}

# ---- The end of a file

proc ::tcltest::cleanupTestsHook {} {}

# The names of the files where tests put theirs.
proc ::tcltest::FilesThere {} {
  if {[catch {glob -nocomplain -directory [temporaryDirectory] -tails *} files]} {return ""}
  return $files
}

proc ::tcltest::cleanupTests {{calledFromAllFile 0}} {
  variable numTests
  variable numTestFiles
  variable filesThere
  variable filesLeft
  variable skippedBecause
  variable failFiles
  variable failed
  variable filesMade
  variable original
  set name [file tail [info script]]
  cleanupTestsHook
  if {!$calledFromAllFile} {
    foreach file $filesMade {if {[file exists $file]} {catch {file delete -force -- $file}}}
    set files [FilesThere]
    if {[info exists filesThere]} {
      set new [lmap file $files {if {$file in $filesThere} continue; set file}]
      if {[llength $new]} {dict set filesLeft $name $new}
    }
    set filesThere $files
  }
  set filesMade {}
  if {$calledFromAllFile || ![info exists ::tcltest::all]} {
    set line $name:
    foreach kind {Total Passed Skipped Failed} {append line \t$kind\t$numTests($kind)}
    Say $line
    if {$calledFromAllFile} {
      Say "Sourced $numTestFiles Test Files."
      set numTestFiles 0
      if {[llength $failFiles]} {Say "Files with failing tests: $failFiles"}
    }
    if {[array size skippedBecause]} {
      Say "Number of tests skipped for each constraint:"
      foreach why [lsort [array names skippedBecause]] {Say "\t$skippedBecause($why)\t$why"}
      array unset skippedBecause
    }
    if {[dict size $filesLeft]} {
      Say "Warning: files left behind:"
      foreach file [lsort [dict keys $filesLeft]] {Say "\t$file:\t[dict get $filesLeft $file]"}
      set filesLeft {}
    }
    array set numTests {Total 0 Passed 0 Skipped 0 Failed 0}
    set failFiles {}
    set failed 0
  } else {
    if {$failed && $name ni $failFiles} {lappend failFiles $name}
    set failed 0
  }
  if {![info exists ::tcltest::all]} {catch {cd $original}}
  flush [outputChannel]
  flush [errorChannel]
  return
}

proc ::tcltest::getMatchingFiles args {
  set dirs [expr {[llength $args] ? $args : [list [testsDirectory]]}]
  set all {}
  foreach dir $dirs {
    foreach pattern [configure -file] {lappend all {*}[glob -nocomplain -directory $dir -- $pattern]}
    foreach pattern [configure -notfile] {
      set all [lmap file $all {if {[file dirname $file] eq $dir && [string match $pattern [file tail $file]]} continue; set file}]
    }
  }
  lsort -unique $all
}

proc ::tcltest::runAllTests {{shell ""}} {
  variable all 1
  variable numTests
  Say "Tests running in interp:  [info nameofexecutable]"
  Say "Tests located in:  [testsDirectory]"
  Say "Tests running in:  [workingDirectory]"
  Say "Temporary files stored in [temporaryDirectory]"
  Say "Test files sourced into current interpreter"
  if {[llength [configure -skip]]} {Say "Skipping tests that match:  [configure -skip]"}
  Say "Running tests that match:  [configure -match]"
  if {[llength [configure -notfile]]} {Say "Skipping test files that match:  [configure -notfile]"}
  if {[llength [configure -file]]} {Say "Only running test files that match:  [configure -file]"}
  Say "Tests began at [clock format [clock seconds]]"
  variable numTestFiles
  set wrong {}
  foreach file [getMatchingFiles] {
    Say [file tail $file]
    incr numTestFiles
    if {[catch {uplevel 1 [list ::source $file]} msg]} {
      Say "Test file error: $msg"
      lappend wrong $file
    }
  }
  Say "\nTests ended at [clock format [clock seconds]]"
  set bad [expr {$numTests(Failed) > 0 || [llength $wrong]}]
  cleanupTests 1
  if {[llength $wrong]} {
    Say "\nTest files exiting with errors:  \n"
    foreach file $wrong {Say "  [file tail $file]\n"}
  }
  unset all
  return $bad
}

# ---- Files, text, state

# A file among those of the tests, in their folder unless another is named.
proc ::tcltest::PathOf {name directory} {
  if {$directory eq ""} {set directory [temporaryDirectory]}
  file join $directory $name
}

proc ::tcltest::Made path {
  variable filesMade
  if {$path ni $filesMade} {lappend filesMade $path}
  return $path
}

proc ::tcltest::makeFile {contents name {directory ""}} {
  set path [PathOf $name $directory]
  set f [open $path w]
  fconfigure $f -translation lf
  if {[string index $contents end] eq "\n"} {puts -nonewline $f $contents} else {puts $f $contents}
  close $f
  Made $path
}

proc ::tcltest::removeFile {name {directory ""}} {
  variable filesMade
  set path [PathOf $name $directory]
  set filesMade [lsearch -all -inline -not -exact $filesMade $path]
  file delete -- $path
}

proc ::tcltest::makeDirectory {name {directory ""}} {
  set path [PathOf $name $directory]
  file mkdir $path
  Made $path
}

proc ::tcltest::removeDirectory {name {directory ""}} {
  variable filesMade
  set path [PathOf $name $directory]
  set filesMade [lsearch -all -inline -not -exact $filesMade $path]
  file delete -force -- $path
}

proc ::tcltest::viewFile {name {directory ""}} {
  set f [open [PathOf $name $directory]]
  set text [read -nonewline $f]
  close $f
  return $text
}

proc ::tcltest::normalizePath pathVar {
  upvar 1 $pathVar path
  set old [pwd]
  if {![catch {cd $path}]} {set path [pwd]}
  cd $old
  return $path
}

# Runs of newlines and spaces as one, none at the ends of lines.
proc ::tcltest::normalizeMsg msg {
  regsub "\n$" [string tolower $msg] "" msg
  set msg [string map [list "\n\n" "\n"] $msg]
  string map [list "\n\}" "\}"] $msg
}

proc ::tcltest::bytestring string {
  encoding convertfrom identity $string
}

proc ::tcltest::saveState {} {
  variable saved
  set saved [list [uplevel 1 {::info procs}] [uplevel 1 {::info vars}]]
}

proc ::tcltest::restoreState {} {
  variable saved
  lassign $saved procs vars
  foreach proc [uplevel 1 {::info procs}] {
    if {$proc in $procs || [uplevel 1 [list ::namespace origin $proc]] eq "::tcltest::$proc"} continue
    uplevel 1 [list ::catch [list ::rename $proc {}]]
  }
  foreach var [uplevel 1 {::info vars}] {if {$var ni $vars} {uplevel 1 [list ::catch [list ::unset $var]]}}
}

proc ::tcltest::Usage {} {
  variable option
  puts "Usage: [file tail [info nameofexecutable]] script ?-help? ?flag value? ... \nAvailable flags, and what they are set to:"
  foreach name [lsort [array names option]] {puts [format "  %-18s %s" $name [list $option($name)]]}
}

# Options of the environment and those that a test file was called with.
proc ::tcltest::ReadArguments {} {
  set args [expr {[info exists ::argv] && [string match -* [lindex $::argv 0]] ? $::argv : ""}]
  if {"-help" in $args} {
    Usage
    exit 1
  }
  if {[llength $args] % 2} {
    puts stderr "missing value for option [lindex $args end]"
    exit 1
  }
  if {[info exists ::env(TCLTEST_OPTIONS)]} {set args [list {*}$::env(TCLTEST_OPTIONS) {*}$args]}
  foreach {name value} $args {
    if {![catch {configure $name $value} wrong]} continue
    if {[string match "unknown option *" $wrong]} {
      puts "WARNING: $wrong"
    } else {
      puts stderr $wrong
      exit 1
    }
  }
  if {[debug] < 2} return
  puts "Flags passed into tcltest:"
  puts "    argv: $::argv"
  foreach name {debug testsDirectory workingDirectory temporaryDirectory outputChannel errorChannel} {
    puts [format "%-27s = %s" tcltest::$name [$name]]
  }
  if {[catch {array get ::env} all]} return
  puts "Original environment (tcltest::originalEnv):"
  array set originalEnv $all
  parray originalEnv
  puts "Constraints:"
  array set testConstraints [array get ::tcltest::testConstraints]
  parray testConstraints
}
::tcltest::ReadArguments
