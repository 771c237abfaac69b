# How time grows with size: each proc does n steps on a value that grows to n, or has n from the start. See src/tools/bench-growth.mjs.
namespace eval growth {
    proc append {n} { for {set i 0} {$i < $n} {incr i} { ::append s x }; string length $s }
    proc append_index {n} { set k 0; for {set i 0} {$i < $n} {incr i} { ::append s x; if {[string index $s $i] eq "x"} { incr k } }; set k }
    proc append_length {n} { set k 0; for {set i 0} {$i < $n} {incr i} { ::append s x; incr k [string length $s] }; set k }
    proc append_range {n} { set k 0; for {set i 0} {$i < $n} {incr i} { ::append s x; incr k [string length [string range $s end-3 end]] }; set k }
    proc append_element {n} { for {set i 0} {$i < $n} {incr i} { ::append a(k) x }; string length $a(k) }
    proc string_index {n} { set s [string repeat abc $n]; set k 0; for {set i 0} {$i < $n} {incr i} { if {[string index $s $i] eq "c"} { incr k } }; set k }
    proc string_range {n} { set s [string repeat abc $n]; set k 0; for {set i 0} {$i < $n} {incr i} { incr k [string length [string range $s $i $i+9]] }; set k }
    proc lappend {n} { for {set i 0} {$i < $n} {incr i} { ::lappend l $i }; llength $l }
    proc lappend_lindex {n} { set k 0; for {set i 0} {$i < $n} {incr i} { ::lappend l $i; incr k [lindex $l end] }; set k }
    proc lappend_foreach {n} { for {set i 0} {$i < $n} {incr i} { ::lappend l $i; foreach x $l break }; llength $l }
    proc lappend_element {n} { for {set i 0} {$i < $n} {incr i} { ::lappend a(k) $i }; llength $a(k) }
    proc lset {n} { set l [lrepeat $n 0]; for {set i 0} {$i < $n} {incr i} { ::lset l $i $i }; lindex $l end }
    proc lset_nested {n} { set l [list [lrepeat $n 0] 1]; for {set i 0} {$i < $n} {incr i} { ::lset l 0 $i $i }; lindex $l 0 end }
    proc lindex_text {n} { set s [string repeat "1 " $n]; set k 0; for {set i 0} {$i < $n} {incr i} { incr k [lindex $s $i] }; set k }
    proc dict_set {n} { for {set i 0} {$i < $n} {incr i} { dict set d $i $i }; dict size $d }
    proc dict_nested {n} { for {set i 0} {$i < $n} {incr i} { dict set d k $i $i }; dict size [dict get $d k] }
    proc dict_lappend {n} { for {set i 0} {$i < $n} {incr i} { dict lappend d k $i }; llength [dict get $d k] }
    proc dict_get_nested {n} { set k 0; for {set i 0} {$i < $n} {incr i} { dict set d k $i $i; incr k [dict get $d k 0] }; dict size [dict get $d k] }
    proc dict_for {n} { for {set i 0} {$i < $n} {incr i} { dict set d $i $i; dict for {k v} $d break }; dict size $d }
    proc dict_update {n} { for {set i 0} {$i < $n} {incr i} { dict set d $i $i; dict update d 0 x { incr x } }; dict get $d 0 }
    proc dict_first {n} { for {set i 0} {$i < $n} {incr i} { dict set d $i $i }; while {[dict size $d]} { dict for {k v} $d break; dict unset d $k }; set k }
    # A list or dict given to a proc, which reads it, keeps it for a while, or changes it; and changed by its caller in between.
    proc reads {l} { llength $l }
    proc keeps {l} { set kept $l; llength $kept }
    proc evals {l} { eval { llength $l } }
    proc changes {name i} { upvar 1 $name l; ::lset l $i $i }
    proc size {d} { dict size $d }
    proc pass_read {n} { set l [lrepeat $n 0]; for {set i 0} {$i < $n} {incr i} { ::lset l $i $i; reads $l }; lindex $l end }
    proc pass_keep {n} { set l [lrepeat $n 0]; for {set i 0} {$i < $n} {incr i} { ::lset l $i $i; keeps $l }; lindex $l end }
    proc pass_eval {n} { set l [lrepeat $n 0]; for {set i 0} {$i < $n} {incr i} { ::lset l $i $i; evals $l }; lindex $l end }
    proc pass_upvar {n} { set l [lrepeat $n 0]; for {set i 0} {$i < $n} {incr i} { changes l $i }; lindex $l end }
    proc pass_dict {n} { for {set i 0} {$i < $n} {incr i} { dict set d $i $i; size $d }; dict size $d }
    # The idiom by which Tcl programs give up a value before they change it.
    proc K {x y} { set x }
    proc lreplace_K {n} { set l [lrepeat $n 0]; for {set i 0} {$i < $n} {incr i} { set l [lreplace [K $l [set l {}]] $i $i $i] }; lindex $l end }
    proc lreplace_hand_on {n} { set l [lrepeat $n 0]; for {set i 0} {$i < $n} {incr i} { set l [lreplace $l[set l {}] $i $i $i] }; lindex $l end }
    proc lrange_hand_on {n} { set l [lrepeat $n 0]; while {[llength $l] > 1} { set l [lrange $l[set l {}] 0 end-1] }; set l }
    proc linsert_hand_on {n} { set l {}; for {set i 0} {$i < $n} {incr i} { set l [linsert $l[set l {}] end $i] }; llength $l }
    # Queues, and values given out by those who keep them.
    proc queue_lassign {n} { for {set i 0} {$i < $n} {incr i} { ::lappend q $i $i; set q [lassign $q x] }; llength $q }
    proc queue_lrange {n} { for {set i 0} {$i < $n} {incr i} { ::lappend q $i $i; set x [lindex $q 0]; set q [lrange $q 1 end] }; llength $q }
    proc lassign_kept {n} { set l [lrepeat $n 0]; for {set i 0} {$i < $n} {incr i} { lassign $l a b; ::lset l $i $a }; lindex $l end }
    oo::class create keeper {
        variable l
        constructor {} { set l {} }
        method add x { ::lappend l $x }
        method all {} { return $l }
    }
    proc object_list {n} { set o [keeper new]; for {set i 0} {$i < $n} {incr i} { $o add $i; set k [llength [$o all]] }; $o destroy; set k }
    proc dict_with {n} { set d {l {}}; for {set i 0} {$i < $n} {incr i} { dict with d { ::lappend l $i } }; llength [dict get $d l] }
    proc dict_get_set {n} { set d {l {}}; for {set i 0} {$i < $n} {incr i} { set l [dict get $d l]; ::lappend l $i; dict set d l $l }; llength $l }
    proc dict_keys_one {n} { for {set i 0} {$i < $n} {incr i} { dict set d $i $i; dict keys $d $i }; dict size $d }
    proc array_size {n} { for {set i 0} {$i < $n} {incr i} { set a($i) 1; array exists a; array names a $i; array get a $i }; array size a }
    proc array_search {n} { for {set i 0} {$i < $n} {incr i} { set a($i) 1 }; set s [array startsearch a]; set k 0; while {[array anymore a $s]} { incr k [array nextelement a $s] }; set k }
    proc info_vars_one {n} { for {set i 0} {$i < $n} {incr i} { set v$i 1; info vars v$i; info locals v$i }; set v1 }
    proc regexp_at {n} { set s [string repeat "ab " $n]; set k 0; for {set i 0} {$i < $n} {incr i} { incr k [regexp -start $i {\A!+} $s] }; set k }
    proc ensemble {n} {
        set n [expr {$n / 20}]
        namespace eval many { namespace export *; namespace ensemble create }
        for {set i 0} {$i < $n} {incr i} { proc many::p$i {} { return 1 } }
        set k 0
        for {set i 0} {$i < $n} {incr i} { incr k [many p$i] }
        namespace delete many
        set k
    }
    proc sort_numbers {n} { lindex [lsort -real [lmap x [lrepeat $n 1] { expr {([incr k 7919] % 100003) / 8.0} }]] end }
}
