/** The custom elements manifest (schema 1.0.0): the element's contract as editors read it. Kept in one place with the README's tables. */

const ATTRIBUTES = [
  ['src', 'URL of the Tcl source, relative to the page'],
  ['script', 'Inline Tcl source, run before `src`'],
  ['width', 'Width in pixels; absent: the box follows the main window'],
  ['height', 'Height in pixels; absent: the box follows the main window'],
  ['policy', 'Names of the policies the page allows, separated by spaces; default `home`'],
  ['hidden', 'No window and no Tk'],
  ['tk', '`0`: no Tk'],
  ['theme', 'Colour theme of the panels around the tclet: `light`, `dark` or `auto`'],
  ['controls', 'Shows stop, pause and restart'],
  ['integrity', 'Subresource integrity of `src`'],
  ['isolation', '`opaque`: insists on a worker of opaque origin; `origin`: also allows one of the page’s origin'],
  ['limit-time', 'Milliseconds of one evaluation before it ends with `time limit exceeded`'],
  ['limit-memory', 'Megabytes the tclet may hold'],
  ['limit-commands', 'Commands the tclet may run'],
];
const METHODS = [
  ['eval', 'Evaluates a script at global level; rejects with an Error whose message is Tcl’s', ['script: string'], 'Promise<string>'],
  ['alias', 'Makes a Tcl command that the page answers', ['name: string', 'fn: (...args: string[]) => string | Promise<string>'], 'void'],
  [
    'expose',
    'Offers a function that `::browser::javascript` may call under the policy `javascript`',
    ['name: string', 'fn: (...args: string[]) => string | Promise<string>'],
    'void',
  ],
  [
    'lend',
    'Gives the tclet an open channel of that name',
    ['name: string', 'stream: { readable?: ReadableStream; writable?: WritableStream }'],
    'void',
  ],
  ['takeBack', 'Takes back a channel that was lent, or a command given by alias', ['name: string'], 'void'],
  ['trust', 'Vouches for a text by its digest, `sha256-` and base64', ['digest: string'], 'void'],
  ['focus', 'Gives the keyboard to the tclet', [], 'void'],
  ['start', 'Starts it when it does not run', [], 'void'],
  ['stop', 'Ends it', [], 'void'],
  ['restart', 'Stops and starts it', [], 'void'],
  ['pause', 'Stops the clock of the tclet', [], 'void'],
  ['resume', 'Lets a paused tclet go on', [], 'void'],
];
const FIELDS = [
  ['ready', 'Promise<void>', 'Settled once the top-level script has run'],
  ['state', 'string', 'idle, loading, running, paused, stopped or failed'],
  ['isolation', 'string', 'opaque, origin or none'],
  ['policies', 'object', 'Rules the page adds to the policies, as plain data; read when a tclet starts'],
  ['log', 'readonly LogEntry[]', 'The log: what happened and what was refused'],
];
const EVENTS = [
  ['tcl-state', 'The state changed'],
  ['tcl-output', '{channel, text}: the tclet wrote to stdout or stderr'],
  ['tcl-error', '{message, errorInfo, errorCode}: an error that no script handled'],
  ['tcl-exit', 'The tclet ended itself'],
  ['tcl-log', '{entry}: a line of the log'],
  ['tcl-status', '{text}: the tclet set its status line'],
  ['tcl-policy', '{policy, url, features, respondWith}: cancelable; the tclet asks for a policy'],
  ['tcl-navigate', '{url, frame, method, respondWith}: cancelable; the tclet asks to show a page'],
];

export function customElements() {
  return {
    schemaVersion: '1.0.0',
    modules: [
      {
        kind: 'javascript-module',
        path: 'tcl-applet.js',
        declarations: [
          {
            kind: 'class',
            customElement: true,
            name: 'TclApplet',
            tagName: 'tcl-applet',
            superclass: { name: 'LitElement', package: 'lit' },
            attributes: ATTRIBUTES.map(([name, description]) => ({ name, description, type: { text: 'string' } })),
            members: [
              ...FIELDS.map(([name, text, description]) => ({
                kind: 'field',
                name,
                description,
                readonly: name !== 'policies',
                type: { text },
              })),
              ...METHODS.map(([name, description, parameters, text]) => ({
                kind: 'method',
                name,
                description,
                parameters: /** @type {string[]} */ (parameters).map((p) => ({
                  name: p.split(':')[0],
                  type: { text: p.slice(p.indexOf(':') + 2) },
                })),
                return: { type: { text } },
              })),
            ],
            events: EVENTS.map(([name, description]) => ({ name, description, type: { text: 'CustomEvent' } })),
          },
        ],
        exports: [{ kind: 'custom-element-definition', name: 'tcl-applet', declaration: { name: 'TclApplet' } }],
      },
      {
        kind: 'javascript-module',
        path: 'tcl-console.js',
        declarations: [
          {
            kind: 'class',
            customElement: true,
            name: 'TclConsole',
            tagName: 'tcl-console',
            superclass: { name: 'LitElement', package: 'lit' },
            attributes: [
              { name: 'for', description: 'The id of the applet; absent: the one before this element', type: { text: 'string' } },
            ],
          },
        ],
        exports: [{ kind: 'custom-element-definition', name: 'tcl-console', declaration: { name: 'TclConsole' } }],
      },
    ],
  };
}
