canvas .c -width 200 -height 100 -highlightthickness 0
pack .c
update
.c create rectangle 10 10 50 50
set out {}
proc box args {
    set ps [.c postscript {*}$args]
    set at [string first %%BoundingBox $ps]
    lappend ::out [string range $ps $at [string first \n $ps $at]-1]
}
foreach anchor {n ne e se s sw w nw center} {
    box -pagewidth 150 -pageanchor $anchor
    box -pageheight 3c -pageanchor $anchor -rotate 1
}
box -pagewidth 4i -pagex 1i -pagey 20m -width 300 -height 77 -x 10 -y -10
foreach bad {{-colormode x} {-colormode gray x} {-bogus 1} {-page 1} {-pageanchor x} {-rotate x} {-width x} {-file a -channel b} {-channel nosuch} {-prolog} {-colormap}} {
    lappend out [catch {.c postscript {*}$bad} m] $m
}
lappend out [string match %!PS-Adobe* [.c postscript]] [string match %!PS-Adobe* [.c postscript -prolog 0]]
foreach mode {m mono g color c} { lappend out [catch {.c postscript -colormode $mode}] }
join $out \n
