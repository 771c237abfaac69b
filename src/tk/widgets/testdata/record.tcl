# Records what Tk makes of every script beside this one, each in a process of its own: NAME.tcl answers NAME.out. Names may be given.
#   xvfb-run -a -s '-screen 0 1280x1024x24 -dpi 96' wish8.6 record.tcl ?NAME ...?
set folder [file dirname [file normalize [info script]]]
proc slurp file {
    set in [open $file]
    fconfigure $in -encoding utf-8
    try {read $in} finally {close $in}
}
if {[lindex $argv 0] eq "-run"} {
    tk appname tk
    set script [slurp [lindex $argv 1]]
    if {[catch {uplevel #0 $script} result]} {set result "error: $result"}
    fconfigure stdout -encoding utf-8 -translation lf
    puts $result
    exit
}
wm withdraw .
foreach file [lsort [glob -directory $folder *.tcl]] {
    set name [file rootname [file tail $file]]
    if {$name eq "record" || ($argc > 0 && $name ni $argv)} continue
    set out [open $folder/$name.out w]
    fconfigure $out -translation binary
    set run [open [list | [info nameofexecutable] [info script] -run $file] rb]
    puts -nonewline $out [read $run]
    close $run
    close $out
}
exit
