# The history of commands, auto-loaded. Answers to history.n.

namespace eval ::tcl {
  # By number; `nextid` is that of the last event, `keep` how many are kept, `oldest` the last that was dropped.
  variable history
  if {![info exists history]} {array set history {nextid 0 keep 20 oldest -20}}

  namespace ensemble create -command ::tcl::history -map {
    add ::tcl::HistAdd change ::tcl::HistChange clear ::tcl::HistClear event ::tcl::HistEvent
    info ::tcl::HistInfo keep ::tcl::HistKeep nextid ::tcl::HistNextID redo ::tcl::HistRedo
  }
}

proc ::history args {
  if {![llength $args]} {set args info}
  # Errors and levels are to be those of the subcommand.
  tailcall apply {words {tailcall history {*}$words} ::tcl} $args
}

trace add command ::history delete [list apply {{old new op} {
  variable history
  unset -nocomplain history
  foreach command [info procs ::tcl::Hist*] {rename $command {}}
  rename ::tcl::history {}
} ::tcl}]

proc ::tcl::HistAdd {event {exec {}}} {
  variable history
  if {[llength [info level 0]] == 3 && [prefix longest {exec {}} $exec] eq ""} {
    return -code error "bad argument \"$exec\": should be \"exec\""
  }
  if {[string trim $event] eq ""} {return ""}
  set history([incr history(nextid)]) $event
  unset -nocomplain history([incr history(oldest)])
  if {$exec eq ""} {return ""}
  tailcall eval $event
}

proc ::tcl::HistKeep {{count {}}} {
  variable history
  if {[llength [info level 0]] == 1} {return $history(keep)}
  if {![string is integer -strict $count] || $count < 0} {return -code error "illegal keep count \"$count\""}
  set before $history(oldest)
  set history(oldest) [expr {$history(nextid) - $count}]
  # What is there, not what might be: a count may be as large as it likes.
  foreach id [array names history] {
    if {[string is integer -strict $id] && $id >= $before && $id <= $history(oldest)} {unset history($id)}
  }
  set history(keep) $count
}

proc ::tcl::HistClear {} {
  variable history
  set keep $history(keep)
  unset history
  array set history [list nextid 0 keep $keep oldest -$keep]
}

proc ::tcl::HistInfo {{count {}}} {
  variable history
  if {[llength [info level 0]] == 1} {
    set count [expr {$history(keep) + 1}]
  } elseif {![string is integer -strict $count]} {
    return -code error "bad integer \"$count\""
  }
  set lines {}
  for {set id [expr {max($history(nextid) - $count, $history(oldest)) + 1}]} {$id <= $history(nextid)} {incr id} {
    if {[info exists history($id)]} {
      lappend lines [format "%6d  %s" $id [string map {\n \n\t} [string trimright $history($id) " \n"]]]
    }
  }
  join $lines \n
}

proc ::tcl::HistRedo {{event -1}} {
  variable history
  set id [HistIndex $event]
  if {$id == $history(nextid)} {return -code error "cannot redo the current event"}
  set command $history($id)
  HistChange $command 0
  tailcall eval $command
}

# The number of an event that is given by it, counted back from the last (-1 is the one before), or found by its beginning or a pattern.
proc ::tcl::HistIndex event {
  variable history
  if {![string is integer -strict $event]} {
    for {set id [expr {$history(nextid) - 1}]} {[info exists history($id)]} {incr id -1} {
      if {[string match $event* $history($id)] || [string match $event $history($id)]} {return $id}
    }
    return -code error "no event matches \"$event\""
  }
  set id [expr {$event <= 0 ? $history(nextid) + $event : $event}]
  if {$id <= $history(oldest)} {return -code error "event \"$event\" is too far in the past"}
  if {$id > $history(nextid)} {return -code error "event \"$event\" hasn't occured yet"}
  return $id
}

proc ::tcl::HistEvent {{event -1}} {
  variable history
  set id [HistIndex $event]
  if {![info exists history($id)]} {return ""}
  string trimright $history($id) " \n"
}

proc ::tcl::HistChange {newValue {event 0}} {
  variable history
  set history([HistIndex $event]) $newValue
}

proc ::tcl::HistNextID {} {
  variable history
  expr {$history(nextid) + 1}
}
