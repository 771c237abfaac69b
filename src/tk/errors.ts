/** Tk's stock messages with their errorCodes, and the extra errorInfo lines Tk adds. Answers to tkConfig.c, tkWindow.c, tkGet.c. */
import { TclError } from '../tcl/errors.ts';

/** An error whose code begins with TK. */
export function tkError(message: string, ...code: readonly string[]): TclError {
  return new TclError(message, ['TK', ...code]);
}

export function badPath(path: string): TclError {
  return tkError(`bad window path name "${path}"`, 'LOOKUP', 'WINDOW', path);
}

export function unknownOption(name: string): TclError {
  return tkError(`unknown option "${name}"`, 'LOOKUP', 'OPTION', name);
}

export function badDistance(text: string, code = 'PIXELS'): TclError {
  return tkError(`bad screen distance "${text.slice(0, 50)}"`, 'VALUE', code);
}

/** Adds a line such as `(processing "-bg" option)` to the trace of an error, and returns the error. */
export function addInfo(error: TclError, line: string): TclError {
  error.errorInfo = `${error.errorInfo ?? error.message}\n    ${line}`;
  return error;
}

/** Runs `work`; a TclError it throws gets `line` in its trace. */
export function withInfo<T>(line: () => string, work: () => T): T {
  try {
    return work();
  } catch (e) {
    if (e instanceof TclError) addInfo(e, line());
    throw e;
  }
}

/** Runs `work`; a TclError it throws is dropped, a limit is not. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch (e) {
    if (!(e instanceof TclError) || 'owner' in e) throw e;
  }
}
