# Transformations by scripts: what each method is asked, and what comes of it.
proc said text {puts [regsub -all {rt\d+} [regsub -all {file\d+} $text FILE] RT]}
proc p script {
  set code [catch {uplevel #0 $script} result options]
  said "$script -> $code [list $result]"
  if {$code == 1} {said [dict get $options -errorinfo]}
}
set methods {initialize finalize read write}
proc h {method handle args} {
  said "  $method $args"
  if {[info exists ::on($method)]} {return [eval $::on($method)]}
  switch $method {
    initialize {return $::methods}
    read - write {return [string toupper [lindex $args 0]]}
    drain {return <d>}
    flush {return <f>}
    limit? {return -1}
  }
}
proc fresh {{text "abc def\nghi\n"} {mode r+}} {
  set f [open /tmp/transforms w]
  puts -nonewline $f $text
  close $f
  set ::c [open /tmp/transforms $mode]
}
proc content {} {
  set f [open /tmp/transforms]
  set text [read $f]
  close $f
  return $text
}
p {chan push}
p {chan push nosuch h}
p {chan push [fresh] "a \{"}
p {chan push $c nosuch}
foreach methods [list {} initialize {initialize finalize} {initialize finalize drain write} {initialize finalize flush read} {initialize finalize bogus} "\{"] {p {chan push $c h}}
foreach code {error break 7} {set on(initialize) "return -code $code x"; p {chan push $c h}}
unset on(initialize)
close $c
set methods {initialize finalize read write}
p {chan push [fresh] h}
p {gets $c}
p {read $c 2}
p {read $c}
p {eof $c}
p {seek $c 0}
p {puts $c xyz}
p {flush $c}
p {chan pop $c}
p {content}
p {read $c}
p {close $c}
set methods {initialize finalize read write drain flush clear limit?}
p {chan push [fresh] h}
p {read $c}
p {seek $c 1}
p {tell $c}
p {puts -nonewline $c q}
p {close $c}
p {content}
# two of them
set methods {initialize finalize read write}
proc twice {method handle args} {
  switch $method {
    initialize {return {initialize finalize read write}}
    read - write {return [lindex $args 0][lindex $args 0]}
  }
}
p {chan push [fresh ab] twice; chan push $c h}
p {read $c}
p {chan pop $c}
p {seek $c 0; read $c}
p {puts $c z; close $c}
p {content}
# sides
set methods {initialize finalize read}
p {chan push [fresh] h}
p {puts $c x}
p {read $c 1}
p {chan pop $c}
p {puts -nonewline $c x}
p {close $c}
set methods {initialize finalize write}
p {chan push [fresh ab r] h}
p {chan push [fresh ab] h}
p {read $c}
p {close $c}
# limits
set methods {initialize finalize read limit?}
set left {2 3 0 -1}
set on(limit?) {set ::left [lassign $::left n]; return $n}
p {chan push [fresh abcdefghij r] h}
p {read $c}
p {eof $c}
p {read $c}
p {close $c}
set on(limit?) {return x}
p {chan push [fresh abc r] h}
p {read $c}
p {close $c}
# what fails
set methods {initialize finalize read write}
foreach method {read write finalize} {
  foreach code {error break 7} {
    set on($method) "return -code $code bad"
    p {chan push [fresh] h}
    p {read $c 1}
    p {puts $c x; flush $c}
    p {close $c}
    unset on($method)
  }
}
# bytes
p {chan push [fresh] h; fconfigure $c -translation binary; read $c 3}
set on(write) {binary format cu* {255 0 195}}
p {seek $c 0; puts -nonewline $c x; close $c}
p {binary scan [encoding convertto utf-8 [content]] H* x; set x}
unset on(write)
# background copies
set methods {initialize finalize read}
p {chan push [fresh abc r] h}
set to [open /tmp/transforms2 w]
p {fcopy $c $to}
close $to
p {close $c}
# off and on again while it is read through
proc again {method handle args} {
  if {$method eq "initialize"} {return {initialize finalize read}}
  said "  again $method $args"
  if {$method eq "read"} {
    chan pop $::c
    chan push $::c again
    return made
  }
}
p {chan push [fresh "abc def" r] again; fconfigure $c -buffersize 3; read $c}
p {list [eof $c] [gets $c] [close $c]}
