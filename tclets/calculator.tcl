# A calculator. The display is an entry, so the keyboard works as well.
set expression ""
entry .display -textvariable expression -justify right -font {Courier -20} -width 14
grid .display -row 0 -column 0 -columnspan 4 -sticky ew -padx 4 -pady 4

proc press {key} {
    global expression
    switch -- $key {
        C { set expression "" }
        = {
            # Only digits, points, operators and parentheses ever reach expr.
            if {[regexp {^[0-9.+*/() -]+$} $expression]} {
                if {[catch {expr [string map {/ *1.0/} $expression]} value]} {
                    set value error
                }
                set expression $value
            }
        }
        default { append expression $key }
    }
    .display icursor end
}

set row 1
foreach line {{7 8 9 /} {4 5 6 *} {1 2 3 -} {0 . = +} {( ) C}} {
    set column 0
    foreach key $line {
        button .b$row$column -text $key -width 3 -font {Helvetica -16} -command [list press $key]
        grid .b$row$column -row $row -column $column -sticky nsew -padx 1 -pady 1
        incr column
    }
    grid rowconfigure . $row -weight 1
    incr row
}
grid configure .b52 -columnspan 2
foreach c {0 1 2 3} { grid columnconfigure . $c -weight 1 }
bind .display <Return> { press =; break }
bind .display <Escape> { press C; break }
focus .display
