# A form that keeps its notes in a scratch file: it is gone when the tclet ends.
label .title -text "Notes" -font {Helvetica -16 bold}
frame .f
label .f.lname -text Name -anchor w
entry .f.name -textvariable name
label .f.lkind -text Kind -anchor w
frame .f.kind
foreach {value text} {idea Idea bug Bug praise Praise} {
    radiobutton .f.kind.$value -text $text -value $value -variable kind
    pack .f.kind.$value -side left
}
label .f.lnote -text Note -anchor w
entry .f.note -textvariable note
checkbutton .f.urgent -text Urgent -variable urgent
grid .f.lname .f.name -sticky ew -pady 2
grid .f.lkind .f.kind -sticky w -pady 2
grid .f.lnote .f.note -sticky ew -pady 2
grid x .f.urgent -sticky w
grid columnconfigure .f 1 -weight 1
frame .b
button .b.save -text Save -command save
button .b.clear -text "Forget all" -command forget
pack .b.save .b.clear -side left -padx 4
listbox .list -height 6 -yscrollcommand {.scroll set}
scrollbar .scroll -command {.list yview}
label .state -anchor w
pack .title -anchor w -padx 6
pack .f -fill x -padx 6
pack .b -anchor w -pady 4
pack .state -side bottom -fill x -padx 6
pack .scroll -side right -fill y
pack .list -fill both -expand 1 -padx 6

set kind idea
set urgent 0
set file [maketmp]
fconfigure $file -buffering none

proc save {} {
    global file name kind note urgent
    if {[string trim $note] eq ""} {
        .state configure -text "Write a note first" -foreground #a00000
        return
    }
    seek $file 0 end
    if {[catch {puts $file [list $name $kind $note $urgent]} message]} {
        .state configure -text "not saved: $message" -foreground #a00000
        return
    }
    set note ""
    show
}
proc show {} {
    global file
    .list delete 0 end
    seek $file 0
    while {[gets $file line] >= 0} {
        lassign $line name kind note urgent
        .list insert end "[expr {$urgent ? {! } : {}}]$kind: $note ($name)"
    }
    .list see end
    .state configure -text "[.list size] notes, [tell $file] bytes in the scratch file" -foreground black
}
proc forget {} {
    global file
    close $file
    set file [maketmp]
    fconfigure $file -buffering none
    show
}
bind .f.note <Return> save
show
focus .f.name
