export interface ReFlags { nocase?: boolean }
export function compileRe(pattern: string, flags: ReFlags): RegExp { return new RegExp(pattern, flags.nocase ? 'i' : ''); }
export function execRe(re: RegExp, text: string, start: number, _notBol: boolean, _charge: (n: number) => void): Int32Array | null { const m = re.exec(text.slice(start)); return m ? Int32Array.from([m.index + start, m.index + start + m[0].length]) : null; }
