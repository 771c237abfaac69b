/** Tcl files are imported as text, or taken apart; the build puts them into the bundle (vite.config.ts). */
declare module '*.tcl?raw' {
  const text: string;
  export default text;
}
/** The words of its commands, by the command's name. */
declare module '*.tcl?parts' {
  const script: () => {
    readonly proc: readonly (readonly [name: string, params: string, body: string])[];
    readonly tk_bindings: readonly (readonly [tags: string, list: string])[];
    readonly tk_virtualevents: readonly (readonly [list: string])[];
  };
  export default script;
}
