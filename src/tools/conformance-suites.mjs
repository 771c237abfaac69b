/**
 * The two suites of conformance.mjs, Tcl's and Tk's: where their files are, which are run, with what beside them, and what a file needs
 * to know of the place it runs in.
 */

/** @param {string} text */
const words = (text) => text.trim().split(/\s+/);

/** One reason for several tests. @param {string} reason @param {string} tests @returns {Record<string, string>} */
const same = (reason, tests) => Object.fromEntries(words(tests).map((test) => [test, reason]));

/**
 * @typedef {object} Suite
 * @property {readonly [string, ...string[]]} native the command that runs a driver natively
 * @property {readonly string[]} ours options of our command line
 * @property {(name: string) => boolean} runs whether a file (without .test) is one of those to run
 * @property {Readonly<Record<string, string>>} leftOut names of files that are not, by the reason
 * @property {string} beforeBoth script before all
 * @property {readonly (readonly [string, string])[]} parts files put beside each test: where, and which
 * @property {readonly (readonly [string, string, string])[]} packages of Tcl that are not ours, which tclsh has beside it: name, version, file
 * @property {Readonly<Record<string, string>>} programs small ones that tests start, in Tcl for both sides: PROGRAM(name) has the words to start one
 * @property {readonly string[]} folders with files for tests, put beside them by their paths below `tests`
 * @property {readonly string[]} bytes those of `tests` that tests read as bytes
 * @property {Readonly<Record<string, string>>} reasons why a test that native passes fails here, by its name
 * @property {(folder: string) => string} argv options of tcltest
 * @property {string} beforeOurs script before all, here alone
 * @property {(text: string, name: string) => string} adapt what of a file must be cut for both
 */

/**
 * Files of Tcl's suite that are left out, by the reason. What is in the others and needs such is skipped by tcltest's own constraints, here and there.
 * @type {Readonly<Record<string, string>>}
 */
const TCL_LEFT_OUT = {
  'bytecode assembly (code is compiled to closures, tcl::unsupported::assemble is not there)': 'assemble',
  'commands of the test build of C Tcl, which tclsh lacks, too':
    'assocd async cmdInfo dcall dstring indexObj iogt link lset main notify obj resolver stringObj thread',
  'files of a machine: tests that tclsh skips where it runs for root': 'unixFCmd unixFile',
  'other platforms': 'winFCmd winFile macOSXFCmd registry winPipe winConsole winDde winNotify winTime macOSXLoad',
  'names of files are text here, in no encoding': 'fileSystemEncoding',
  'signals, the locale of a machine, its event loop': 'unixInit unixForkEvent unixNotfy',
  'packages of the installation': 'safe-stock',
};
const TCL_NOT_RUN = new Set(words(Object.values(TCL_LEFT_OUT).join(' ')));

/** @type {Suite} */
const tcl = {
  native: ['tclsh8.6'],
  ours: ['--trusted'],
  runs: (name) => !TCL_NOT_RUN.has(name),
  leftOut: TCL_LEFT_OUT,
  beforeBoth: 'testConstraint unixExecs 1',
  parts: ['internals.tcl', 'tcltests.tcl', 'httpd', 'httpd11.tcl', 'httpTest.tcl', 'httpTestScript.tcl'].map((name) => [
    name,
    `tests/${name}`,
  ]),
  packages: [
    ['opt', '0.4.8', 'library/opt/optparse.tcl'],
    ['http', '1.0', 'library/http1.0/http.tcl'],
    ['http', '2.9.8', 'library/http/http.tcl'],
  ],
  programs: {
    cat: `foreach f {stdin stdout} {fconfigure $f -translation binary -buffering none}
      foreach name $argv {
        if {[string match -* $name]} continue
        set f [open $name rb]; puts -nonewline [read $f]; exit
      }
      fconfigure stdin -blocking 0
      fileevent stdin readable {puts -nonewline [read stdin]; if {[eof stdin]} exit}
      vwait forever`,
    echo: 'puts $argv',
    grep: 'lassign $argv text name; set f [open $name]; exit [expr {[string first $text [read $f]] < 0}]',
  },
  folders: ['tests/auto0'],
  reasons: {
    ...same(
      'what an interpreter was doing when it was deleted ends at its next command: that its variables are gone may be noticed first',
      'interp-18.10',
    ),
    ...same(
      'tclsh looks at the count when a command has ended, and does not count the first of a script',
      'interp-34.4 interp-34.5 interp-34.6',
    ),
    ...same('the program sh', 'exec-19.1'),
    ...same('nothing goes on in an interpreter that was deleted while it ran, in tclsh a loop compiled before does', 'interp-34.7'),
  },
  bytes: [],
  argv: () => '',
  beforeOurs: '',
  // No file of gigabytes fits in memory.
  adapt: (text) =>
    text
      .replace('testConstraint largefileSupport [', 'testConstraint largefileSupport 0; list [')
      .replace('[exec /bin/sh -c umask]', '022')
      .replace('[exec groups]', 'root')
      .replace(/("\| )(cat|echo)(?= )/g, '$1$::PROGRAM($2)')
      .replace(/(\[list |exec |\| )(cat|grep|echo(?= foo \|))(?= )/g, '$1{*}$::PROGRAM($2)'),
};

/** Files left out test what is not there (menus, dialogs, text, window managers, selections, other applications) or other platforms. */
const TK_RUN = new Set(
  words(`bell bgerror bind bitmap border busy button canvImg canvMoveto canvPs canvRect canvText canvWind canvas cmds color cursor entry event focus
   focusTcl font frame geometry get grid image imgBmap imgPNG imgPPM imgPhoto listbox message obj oldpack option pack packgrid place raise safe scale
   scrollbar spinbox tk unixButton unixFont util visual_bb winfo window`),
);

/**
 * A page has no toplevels, which Tk's tests use as a box to put things in: here a toplevel is a frame of that class placed in `.`, and `wm` moves and
 * sizes it. What is tested inside is not affected; tests of toplevels themselves fail.
 */
const TOPLEVELS = String.raw`
  set env(DISPLAY) :0
  # There are no other processes.
  rename exec {}
  proc toplevel {path args} {
    set given {-width 200 -height 200}
    foreach {o v} $args {if {$o ni {-screen -use -menu}} {lappend given $o $v}}
    frame $path -class Toplevel {*}$given
    . configure -width 1280 -height 1024
    pack propagate . 0
    grid propagate . 0
    place $path -x 0 -y 0
    incr ::tcl::toplevels
    trace add command $path delete {apply {args {if {[incr ::tcl::toplevels -1] == 0} {. configure -width 0 -height 0; pack propagate . 1; grid propagate . 1}}}}
    return $path
  }
  proc wm {option window args} {
    set option [lsearch -inline -glob {deiconify geometry iconify maxsize minsize overrideredirect protocol state title transient withdraw} $option*]
    if {[llength $args] == 0} {
      switch -- $option {
        geometry {return [winfo width $window]x[winfo height $window]+[winfo rootx $window]+[winfo rooty $window]}
        state {return normal}
        title {return tktest}
        minsize {return {1 1}}
        maxsize {return {1280 1024}}
      }
      return
    }
    if {$option ne "geometry"} return
    lassign $args to
    if {$to eq ""} {
      if {$window ne "."} {return [place $window -width {} -height {}]}
      . configure -width 0 -height 0
      pack propagate . 1
      grid propagate . 1
    } elseif {[regexp {^=?(\d+)x(\d+)} $to -> w h]} {
      if {$window ne "."} {place $window -width $w -height $h} else {. configure -width $w -height $h; pack propagate . 0; grid propagate . 0}
    }
    if {$window ne "." && [regexp {([-+]\d+)([-+]\d+)$} $to -> x y]} {place $window -x $x -y $y}
    return
  }
`;

/** @type {Suite} */
const tk = {
  native: ['xvfb-run', '-a', '-s', '-screen 0 1280x1024x24 -dpi 96', 'wish8.6'],
  ours: ['--trusted', '--tk'],
  runs: (name) => TK_RUN.has(name),
  leftOut: {},
  beforeBoth: '',
  parts: [['constraints.tcl', 'tests/constraints.tcl']],
  packages: [],
  programs: {},
  folders: [],
  reasons: same('Tk has no toplevels and menus here: only their names are hidden', 'safe-3.1 safe-3.2'),
  bytes: words(
    'corruptMangled.gif corruptMangled4G.gif corruptTruncated.gif deferredClearCode.gif earth.gif face.xbm flagdown.xbm flagup.xbm iDOT.png option.file1 option.file2 option.file3 pwrdLogo150.gif red.gif teapot.ppm',
  ),
  argv: (folder) => `-testdir ${folder} -loadfile ${folder}/constraints.tcl`,
  beforeOurs: TOPLEVELS,
  // Of the constraints those that ask another process or a text widget. There are no other processes here.
  adapt: (text, name) =>
    name === 'constraints.tcl'
      ? text
          .replace(/^\t {4}proc (setup|cleanup|do) [^\n]*\{$/gm, '$&if {[info commands exec] eq {}} return')
          .replace(/^setupbg$[\s\S]*?^cleanupbg$/m, 'testConstraint secureserver 0')
          .replace(/^text \.t [\s\S]*?^destroy \.t$[\s\S]*?^}$/m, 'testConstraint fonts 0')
      : text,
};

export const SUITES = { tcl, tk };
