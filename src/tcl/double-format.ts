/**
 * Doubles as text: the shortest digits that read back, laid out as Tcl_PrintDouble does (tclUtil.c, tclStrToD.c).
 * Not followed: for about one power of two in four (2**64 is the first above 1), 8.6.13 prints other digits in the last place, most
 * of which read back as a different number.
 */

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
