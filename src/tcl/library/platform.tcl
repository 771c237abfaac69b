# The package platform: names of a system and its processor, and of those whose programs run there, too. Answers to platform.n.
# There is no C library here, so that `identify` calls its version unknown, as in Tcl where it cannot be found.

namespace eval ::platform {}

proc ::platform::generic {} {
  upvar #0 tcl_platform of
  set long [expr {$of(wordSize) == 8}]
  set os [string tolower $of(os)]
  set cpu $of(machine)
  switch -glob -- $cpu {
    sun4* {set cpu sparc}
    intel - i*86* {set cpu ix86}
    x86_64 {if {!$long} {set cpu ix86}}
    ia64* {set cpu ia64[expr {$long ? "" : "_32"}]}
    arm* {set cpu arm}
    ppc - Power* {set cpu powerpc}
  }
  switch -glob -- $os {
    windows* {
      set os cygwin
      if {$cpu eq "amd64"} {set cpu x86_64}
    }
    cygwin* {set os cygwin}
    darwin {
      set os macosx
      if {$long && $cpu eq "ix86"} {set cpu x86_64}
    }
    sunos {
      set os solaris
      if {$long && $cpu ne "ia64"} {set cpu [expr {$cpu eq "ix86" ? "x86_64" : "${cpu}64"}]}
    }
    hp-ux {
      set os hpux
      if {![string match ia64* $cpu]} {set cpu parisc[expr {$long ? 64 : ""}]}
    }
    aix {set cpu powerpc[expr {$long ? 64 : ""}]}
    osf1 {set os tru64}
  }
  return $os-$cpu
}

proc ::platform::identify {} {
  regsub {^linux-} [generic] linux-unknown-
}

# Later versions run what was made for earlier ones.
proc ::platform::patterns id {
  set all [list $id]
  if {[regexp {^(linux-glibc|solaris)(\d+)\.(\d+)(-.+)} $id -> os major minor cpu]} {
    for {incr minor -1} {$minor >= ($os eq "solaris" ? 6 : 0)} {incr minor -1} {
      lappend all $os$major.$minor$cpu
    }
  } elseif {[regexp {^macosx(\d*)(?:\.(\d+))?-(.+)} $id -> major minor cpu]} {
    set cpus $cpu
    switch -- $cpu {
      ix86 {set cpus {ix86 i386-x86_64 universal}}
      x86_64 {set cpus {x86_64 i386-x86_64}}
      arm {set cpus {arm x86_64}}
      powerpc {if {$major eq ""} {set cpus {powerpc universal}}}
    }
    if {$major eq ""} {
      if {$cpu eq "ix86"} {set cpus {ix86 universal i386-x86_64}}
    } else {
      set all {}
      if {$minor eq ""} {set minor -1}
      while {$major in {10 11 12 13}} {
        for {} {$minor >= ($major == 10 ? 5 : 0)} {incr minor -1} {
          foreach one $cpus {
            if {$one ne "arm" || $major > 10} {lappend all macosx$major.$minor-$one}
          }
        }
        set minor [expr {[incr major -1] == 10 ? 15 : 5}]
      }
    }
    foreach one $cpus {
      if {"macosx-$one" ne $id || $major ne ""} {lappend all macosx-$one}
    }
  }
  if {$id ne "tcl"} {lappend all tcl}
  return $all
}

package provide platform 1.0.19
