/** What an applet needs only once it runs: loaded when the first one nears the viewport. */
export { type LentStream, Session, type SessionHooks, TclEvalError } from './session.ts';
