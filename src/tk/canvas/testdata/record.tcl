# Records what Tk makes of every script beside this one, or in the folder given: NAME.tcl answers NAME.out.
#   xvfb-run -a -s '-screen 0 1280x1024x24 -dpi 96' wish8.6 record.tcl ?folder?
wm withdraw .
foreach file [glob -directory [expr {$argc ? [lindex $argv 0] : [file dirname [info script]]}] *.tcl] {
    if {[file tail $file] eq "record.tcl"} continue
    set in [open $file]
    fconfigure $in -encoding utf-8
    set script [read $in]
    close $in
    set child [interp create]
    interp eval $child {set argv {-name tk}; load {} Tk}
    if {[catch {interp eval $child [list uplevel #0 $script]} result]} {set result "error: $result"}
    set out [open [file rootname $file].out w]
    fconfigure $out -encoding utf-8 -translation lf
    puts $out $result
    close $out
    interp delete $child
}
exit
