/** Tcl files are imported as text; the build puts them into the bundle. */
declare module '*.tcl?raw' {
  const text: string;
  export default text;
}
