/**
 * Doubles as text: the shortest digits that read back, laid out as Tcl_PrintDouble does (tclUtil.c, tclStrToD.c).
 * Not followed: for about one power of two in four (2**64 is the first above 1), 8.6.13 prints other digits in the last place, most
 * of which read back as a different number.
 */

let precision = 0;

/** Digits of every double's text, 1 to 17; 0: as many as it takes. One for all interpreters, as `tcl_precision` is. */
export function setPrecision(digits: number): void {
  precision = digits;
}

export function precisionOf(): number {
  return precision;
}

const cell = new DataView(new ArrayBuffer(8));
const QUIET_NAN = 0x7ff8n << 48n;

/** What is no number, with the sign and the bits that its text tells. An engine may forget them (V8 does not). */
export function nanOf(text: string): number {
  const [, sign, bits = ''] = /^([-+]?)\w+(?:\(([^)]*))?/.exec(text)!;
  cell.setBigUint64(0, (sign === '-' ? 1n << 63n : 0n) | QUIET_NAN | BigInt(`0x0${bits.replace(/\s/g, '')}`));
  return cell.getFloat64(0);
}

function nanText(n: number): string {
  cell.setFloat64(0, n);
  const bits = BigInt.asUintN(51, cell.getBigUint64(0));
  return `${cell.getInt8(0) < 0 ? '-' : ''}NaN${bits === 0n ? '' : `(${bits.toString(16)})`}`;
}

/** `0.1`, `3.0`, `1e+20`, `1e-5`, `Inf`, `-Inf`, `NaN`, `-NaN(abc)`, `-0.0`. */
export function formatDouble(n: number): string {
  if (n !== n) return nanText(n);
  if (n === Infinity) return 'Inf';
  if (n === -Infinity) return '-Inf';
  if (n === 0) return Object.is(n, -0) ? '-0.0' : '0.0';
  if (precision > 0) return withDigits(n);
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

function withDigits(n: number): string {
  // `d.ddde+X`, or `de+X`.
  const s = Math.abs(n).toExponential(precision - 1);
  const power = precision === 1 ? 1 : precision + 1;
  let end = power;
  while (end > 1 && (s[end - 1] === '0' || s[end - 1] === '.')) end--;
  const e = Number(s.slice(power + 1));
  const sign = n < 0 ? '-' : '';
  if (e < -4 || e > 16) return `${sign}${s.slice(0, end)}e${s[power + 1]}${s.slice(power + 2).padStart(2, '0')}`;
  const digits = s[0] + s.slice(2, end);
  if (e < 0) return `${sign}0.${'0'.repeat(-e - 1)}${digits}`;
  return `${sign}${digits.slice(0, e + 1).padEnd(e + 1, '0')}.${digits.slice(e + 1) || '0'}`;
}
