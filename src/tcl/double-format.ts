/** Doubles as text: the shortest digits that read back, laid out as Tcl's `%.17g`-like Tcl_PrintDouble does (tclUtil.c, tclStrToD.c). */

/** `0.1`, `3.0`, `1e+20`, `1e-5`, `Inf`, `-Inf`, `NaN`, `-0.0`. */
export function formatDouble(n: number): string {
  if (n !== n) return 'NaN';
  if (n === Infinity) return 'Inf';
  if (n === -Infinity) return '-Inf';
  if (n === 0) return Object.is(n, -0) ? '-0.0' : '0.0';
  const abs = Math.abs(n);
  if (abs >= 1e-4 && abs < 1e17) {
    const s = String(n);
    return Number.isInteger(n) ? `${s}.0` : s;
  }
  const s = n.toExponential();
  const e = s.indexOf('e');
  const exponent = s.slice(e + 1);
  return `${s.slice(0, e)}e${exponent.startsWith('-') ? exponent : `+${exponent.replace('+', '')}`}`;
}
