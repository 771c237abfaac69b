/** File names as text, by the rules of Unix: nothing here looks at a file. Answers to tclPathObj.c and tclFileName.c. */

/** The parts of a name; a part that begins with a tilde, other than the first, gets `./` before it. */
export function splitPath(path: string): string[] {
  const parts = path.split('/').filter((p) => p !== '');
  const out = parts.map((p, i) => (p.startsWith('~') && (i > 0 || path.startsWith('/')) ? `./${p}` : p));
  return path.startsWith('/') ? ['/', ...out] : out;
}

/** Joins names; one that is absolute (or begins with a tilde) starts again. */
export function joinPath(names: readonly string[]): string {
  let out = '';
  // Asked of `out` itself, each time all that was joined would be copied.
  let slash = false;
  for (const name of names) {
    if (name.startsWith('/') || name.startsWith('~')) out = '';
    let rest = name.replace(/\/+/g, '/');
    if (out !== '' && rest.startsWith('./~')) rest = rest.slice(2);
    if (rest.length > 1) rest = rest.replace(/\/$/, '');
    if (rest === '') continue;
    out = out === '' || slash ? out + rest : `${out}/${rest}`;
    slash = rest.endsWith('/');
  }
  return out;
}

export function dirname(path: string): string {
  const parts = splitPath(path);
  if (parts.length === 0) return '.';
  if (parts.length === 1) return path.startsWith('/') || path.startsWith('~') ? parts[0]! : '.';
  return joinPath(parts.slice(0, -1));
}

export function tail(path: string): string {
  const parts = splitPath(path);
  return parts.length === 0 || parts[parts.length - 1] === '/' ? '' : parts[parts.length - 1]!;
}

/** The last `.` of the last part and what follows, or nothing. */
export function extension(path: string): string {
  const from = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  return dot < from ? '' : path.slice(dot);
}

export function rootname(path: string): string {
  return path.slice(0, path.length - extension(path).length);
}

export function pathType(path: string): 'absolute' | 'relative' {
  return path.startsWith('/') || path.startsWith('~') ? 'absolute' : 'relative';
}
