/** What an applet needs only once it runs: loaded when the first one nears the viewport. */
export { Session, type SessionHooks, TclEvalError } from './session.ts';
