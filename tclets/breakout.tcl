# Break out: everything a stranger might try. Each attempt is refused, and the page's log hears of it.
label .title -text "Trying to leave the cell" -font {Helvetica -15 bold}
listbox .l -font {Courier -12} -width 56 -height 15 -yscrollcommand {.s set}
scrollbar .s -command {.l yview}
pack .title -pady 4
pack .s -side right -fill y
pack .l -fill both -expand 1

set attempts {
    {exec ls}
    {open /etc/passwd}
    {source /etc/passwd}
    {socket www.example.com 80}
    {file delete /etc/passwd}
    {file mkdir /tmp/mine}
    {glob *}
    {cd /}
    {pwd}
    {load libevil.so}
    {interp invokehidden {} exec ls}
    {interp expose {} exec}
    {interp marktrusted {}}
    {namespace import ::tcl::file::delete; delete x}
    {toplevel .t}
    {menu .m}
    {grab .}
    {clipboard get}
    {selection get}
    {send other exit}
    {wm title . "Your bank"}
    {policy trusted}
    {package require Tk 99}
    {set env(HOME)}
    {fconfigure stdout -encoding binary}
    {encoding dirs}
}
set refused 0
foreach attempt $attempts {
    if {[catch $attempt message]} {
        incr refused
        .l insert end [format "%-34s %s" $attempt $message]
    } else {
        .l insert end [format "%-34s ANSWERED: %s" $attempt $message]
        .l itemconfigure end -foreground #a00000
    }
    catch { log "break out tried: $attempt" }
}
set escaped [expr {[llength $attempts] - $refused}]
.title configure -text "$refused of [llength $attempts] attempts refused"
