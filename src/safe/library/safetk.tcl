# Tk in safe interpreters, by leave of the master. Where there are no toplevels a window to use must be given. Auto-loaded (safe-base.ts). Answers to
# loadTk.n and safetk.tcl.

namespace eval ::safe {
  variable tkSafeId 0
}

proc ::safe::loadTk {child args} {
  set given [tkOptions $args]
  if {[dict exists $given -display]} {
    set display [dict get $given -display]
  } elseif {[catch {winfo screen .} display]} {
    set display :0.0
  }
  if {[dict exists $given -use]} {
    set use [dict get $given -use]
    set hook [list ::safe::disallowTk]
    set on $display
    # Names of windows will do as well as their ids.
    if {[string match .* $use]} {
      set on [winfo screen $use]
      set use [winfo id $use]
    } elseif {![catch {winfo pathname $use} name]} {
      set on [winfo screen $name]
    }
    if {$on ne $display} {
      if {[dict exists $given -display]} {
        return -code error -errorcode {TK DISPLAY SAFE} "conflicting -display $display and -use $use -> $on"
      }
      set display $on
    }
  } else {
    lassign [tkTopLevel $child $display] w use
    set hook [list ::safe::tkDelete {} $w]
  }
  interpConfigure $child -deleteHook $hook
  allowTk $child [list -use $use -display $display]
  if {[info exists ::tk_library]} {
    interp eval $child [list set tk_library [interpAddToAccessPath $child $::tk_library]]
  }
  load {} Tk $child
  return $child
}

proc ::safe::tkOptions words {
  set given {}
  foreach {option value} $words {
    set hits [lsearch -all -inline -nocase {-use -display} $option*]
    if {[llength $hits] != 1} {
      return -code error "bad flag \"$option\", must be one of\n    -use     windowId    () window Id to use (new toplevel otherwise)\n    -display displayName () display name to use (current one otherwise)"
    }
    dict set given [lindex $hits 0] $value
  }
  return $given
}

# What `load {} Tk` in the child comes to ask.
proc ::safe::TkInit child {
  variable tkInit
  if {![info exists tkInit($child)]} {
    Log $child "TkInit called for interp with clearance: preventing Tk init" ERROR
    return -code error -errorcode {TK SAFE PERMISSION} "not allowed"
  }
  Log $child "TkInit called, returning \"$tkInit($child)\"" NOTICE
  return $tkInit($child)
}

proc ::safe::allowTk {child argv} {
  variable tkInit
  set tkInit($child) $argv
  return
}

proc ::safe::disallowTk child {
  variable tkInit
  unset -nocomplain tkInit($child)
}

proc ::safe::tkDelete {W window child} {
  Log $child "Called tkDelete $W $window" NOTICE
  if {[interp exists $child] && [catch {interpDelete $child} why]} {Log $child "Deletion error : $why"}
  if {[winfo exists $window]} {
    Log $child "Destroy toplevel $window" NOTICE
    destroy $window
  }
  disallowTk $child
}

# A window that says what is in it, with a button to be rid of it.
proc ::safe::tkTopLevel {child display} {
  variable tkSafeId
  set w .safe[incr tkSafeId]
  if {[catch {toplevel $w -screen $display -class SafeTk} why]} {
    return -code error -errorcode {TK TOPLEVEL SAFE} "Unable to create toplevel for \"$child\" ($why)"
  }
  Log $child "New toplevel $w" NOTICE
  set warning "Untrusted Tcl applet ($child)"
  wm title $w $warning
  frame $w.fc -background red -borderwidth 4 -relief ridge
  bindtags $w.fc [concat Safe$w.fc [bindtags $w.fc]]
  bind Safe$w.fc <Destroy> [list ::safe::tkDelete %W $w $child]
  label $w.fc.l -text $warning -anchor w
  button $w.fc.b -text Delete -command [list ::safe::tkDelete $w $w $child]
  pack $w.fc.b -side right -fill both
  pack $w.fc.l -side left -fill both -expand 1 -ipady 2
  pack $w.fc -side bottom -fill x
  frame $w.c -container 1
  pack $w.c -fill both -expand 1
  list $w [winfo id $w.c]
}
