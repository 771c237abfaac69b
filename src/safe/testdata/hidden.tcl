# What a safe interpreter hides, recorded: xvfb-run -a wish8.6 hidden.tcl > hidden.out
# One command a line: what hides it (`tcl` a bare `interp create -safe`, `tk` safe::loadTk beyond that), its name, and what calling it by that
# name in a child of the Safe Base says.
wm withdraw .
interp create -safe bare
safe::interpCreate base
safe::loadTk base
foreach name [lsort [interp hidden base]] {
  set by [expr {$name in [interp hidden bare] ? "tcl" : "tk"}]
  if {[interp eval base [list info commands ::$name]] ne ""} {
    puts [list $by $name alias]
  } else {
    catch {interp eval base [list $name x]} said
    puts [list $by $name $said]
  }
}
exit
