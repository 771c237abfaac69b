# Where words begin and end in a text: what the keyboard and double clicks move by. library.n, WORD BOUNDARY HELPERS.

# The text with 1 for each character of a word, 0 for one between words, and 2 for what is neither.
proc ::tcl::WordMap {str} {
    foreach {name chars} {tcl_wordchars {\w} tcl_nonwordchars {\W}} {
        if {![info exists ::$name]} {set ::$name $chars}
    }
    set map ""
    foreach c [split $str ""] {
        append map [expr {[regexp -- $::tcl_wordchars $c] ? 1 : [regexp -- $::tcl_nonwordchars $c] ? 0 : 2}]
    }
    return $map
}

proc ::tcl_wordBreakAfter {str start} {
    set map [tcl::WordMap $str]
    set at [lsort -integer [list [string first 01 $map $start] [string first 10 $map $start]]]
    set first [expr {[lindex $at 0] < 0 ? [lindex $at 1] : [lindex $at 0]}]
    expr {$first < 0 ? -1 : $first + 1}
}

proc ::tcl_wordBreakBefore {str start} {
    set map [tcl::WordMap [string range $str 0 $start]]
    set last [expr {max([string last 01 $map], [string last 10 $map])}]
    expr {$last < 0 ? -1 : $last + 1}
}

proc ::tcl_endOfWord {str start} {
    set map [tcl::WordMap $str]
    set word [string first 1 $map $start]
    expr {$word < 0 ? -1 : [string first 0 $map $word]}
}

proc ::tcl_startOfNextWord {str start} {
    set map [tcl::WordMap $str]
    set gap [string first 0 $map $start]
    expr {$gap < 0 ? -1 : [string first 1 $map $gap]}
}

proc ::tcl_startOfPreviousWord {str start} {
    if {$start <= 0} {
        return -1
    }
    set map [string trimright [tcl::WordMap [string range $str 0 $start-1]] 0]
    expr {$map eq "" ? -1 : [string last 0 $map] + 1}
}
