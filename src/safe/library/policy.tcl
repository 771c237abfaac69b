# Security policies of the master's own, as Tcl 7.7 had them: a policy is a procedure NAME_policyInit, and NAME_policyFinalize, found through the
# tclIndex of a policy folder; a child asks for it with `package require NAME`. Auto-loaded (safe-base.ts). Answers to safe.n of Tcl 7.7.

# Children: name to the policy in use, or nothing. Policies that were there when first any child asked for a package.
namespace eval ::safe::policies {
  variable inUse
  variable first {}
  variable asked 0
}

proc ::tcl_safeCreateInterp slave {
  ::safe::interpCreate $slave
  tcl_safeInitInterp $slave
}

proc ::tcl_safeInitInterp slave {
  if {![interp exists $slave]} {return -code error "\"$slave\" is not an interpreter"}
  if {![interp issafe $slave]} {return -code error "\"$slave\" is not a safe interpreter"}
  if {[info exists ::safe::policies::inUse($slave)]} {return $slave}
  if {[catch {::safe::interpConfigure $slave}]} {::safe::interpInit $slave}
  set hook [lindex [::safe::interpConfigure $slave -deleteHook] 1]
  ::safe::interpConfigure $slave -deleteHook [list ::safe::policies::Finalize $hook]
  # However else it goes.
  if {[llength $slave] == 1} {trace add command ::$slave delete [list ::safe::policies::Gone $slave]}
  interp hide $slave package
  interp alias $slave package {} ::safe::policies::Package $slave
  set ::safe::policies::inUse($slave) {}
  return $slave
}

proc ::tcl_safeDeleteInterp slave {
  ::safe::interpDelete $slave
}

proc ::safe::policies::Finalize {hook slave} {
  Gone $slave
  if {[llength $hook]} {{*}$hook $slave}
}

proc ::safe::policies::Gone {slave args} {
  variable inUse
  if {![info exists inUse($slave)]} return
  set policy $inUse($slave)
  unset inUse($slave)
  if {$policy eq ""} return
  if {[catch {uplevel #0 [list ${policy}_policyFinalize $slave]} why]} {
    ::safe::Log $slave "policy \"$policy\": finalization failed: $why"
  }
}

proc ::safe::policies::Package {slave args} {
  variable inUse
  variable asked
  variable first
  set rest [lassign $args option]
  if {$option eq "require" && [llength $rest]} {
    if {!$asked} {
      set first [dict keys [Find]]
      set asked 1
    }
    set name [lindex $rest [expr {[lindex $rest 0] eq "-exact"}]]
    if {[Applies $slave $name]} {return [Take $slave $name]}
  }
  interp invokehidden $slave package {*}$args
}

# A policy comes before a package of its name, unless it was put there when packages had been asked for already.
proc ::safe::policies::Applies {slave name} {
  variable first
  if {![dict exists [Find] $name]} {return 0}
  if {$name in $first} {return 1}
  catch {interp invokehidden $slave package require $name 0-0}
  expr {[interp invokehidden $slave package versions $name] eq ""}
}

proc ::safe::policies::Take {slave name} {
  variable inUse
  if {$inUse($slave) eq $name} {return 1.0}
  if {$inUse($slave) ne ""} {
    ::safe::Log $slave "policy \"$name\": \"$inUse($slave)\" is in use"
    return -code error "security policy \"$inUse($slave)\" already loaded"
  }
  set restore [::safe::Snapshot $slave]
  if {[catch {
    Load $name
    uplevel #0 [list ${name}_policyInit $slave]
  } why options]} {
    if {[interp exists $slave]} {$restore}
    ::safe::Log $slave "policy \"$name\" denied: $why"
    return -code error -errorcode [dict get $options -errorcode] $why
  }
  rename $restore {}
  if {![interp exists $slave]} {return -code error "interpreter \"$slave\" is gone"}
  set inUse($slave) $name
  interp invokehidden $slave package provide $name 1.0
  ::safe::Log $slave "policy \"$name\" in use" NOTICE
  return 1.0
}

# Folders in which policies may be, in the order of the path: those of auto_path, then those that the environment names.
proc ::safe::policies::Folders {} {
  set tops [lmap dir $::auto_path {file join $dir policies}]
  if {[info exists ::env(TCL_POLICY_PATH)]} {lappend tops {*}[split $::env(TCL_POLICY_PATH) :]}
  set folders {}
  foreach top $tops {
    lappend folders $top {*}[lsort [glob -nocomplain -directory $top -types d *]]
  }
  return $folders
}

# Policies by name, and the folder of each: the last one of the path counts. Looked up anew each time, for new ones to be found at once.
proc ::safe::policies::Find {} {
  set found {}
  foreach folder [Folders] {
    foreach command [dict keys [Index $folder] *_policyInit] {
      dict set found [string range $command 0 end-[string length _policyInit]] $folder
    }
  }
  return $found
}

# What a folder's tclIndex says: commands, and the script that loads each.
proc ::safe::policies::Index dir {
  set file [file join $dir tclIndex]
  if {![file readable $file]} {return {}}
  apply {{dir file} {
    set channel [open $file]
    try {
      if {[gets $channel] ne "# Tcl autoload index file, version 2.0"} {return {}}
      eval [read $channel]
    } finally {
      close $channel
    }
    array get auto_index
  }} $dir $file
}

# Loads a policy; its other commands will be auto-loaded when they are called.
proc ::safe::policies::Load name {
  if {[llength [info commands ::${name}_policyInit]]} return
  set index [Index [dict get [Find] $name]]
  array set ::auto_index $index
  uplevel #0 [dict get $index ${name}_policyInit]
}
