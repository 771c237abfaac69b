/**
 * The shapes of a policy: sections of rows that allow or disallow, and constants. A policy is plain data, so that a page can read
 * it, print it, widen or narrow it, and no rule can run code. How rows decide is decide.ts; the policies are policies.ts.
 * Answers to the configuration language of the Tcl plugin (`section allow disallow constant`).
 */

/** Facts about where a tclet comes from; every field empty when it is not known. */
export interface Origin {
  readonly known: boolean;
  /** The canonical source URL, its default port written out. */
  readonly url: string;
  /** Its directory, with the trailing slash. */
  readonly homeDirUrl: string;
  /** Without the colon. */
  readonly proto: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  /** The fragment, with its `#`. */
  readonly key: string;
}

/**
 * One word of a row:
 *
 *  - `{ is: text }`         that text
 *  - `{ any: true }`        anything
 *  - `{ from, to }`         an integer between, ends included
 *  - `{ origin: field }`    that fact about the tclet's origin, when it is known
 *  - `{ home: true }`       a URL of the tclet's origin, in its directory or below, compared by path segments
 *  - `{ below: url }`       that URL or one below it, compared by path segments
 *  - `{ local: true }`      a URL or host of the visitor's own machine or network, as far as its name tells
 *  - `{ insecure: true }`   a URL that is not https
 */
export type Word =
  | { readonly is: string }
  | { readonly any: true }
  | { readonly from: number; readonly to: number }
  | { readonly origin: keyof Origin & string }
  | { readonly home: true }
  | { readonly below: string }
  | { readonly local: true }
  | { readonly insecure: true };

/** What else must hold for a row to count. */
export type Condition = 'origin known' | 'page vouches';

export interface Row {
  readonly verdict: 'allow' | 'disallow';
  /** As many as the section has words. */
  readonly words: readonly Word[];
  readonly when?: Condition;
  /** Why the row is there, for the policy's page and the log. */
  readonly why?: string;
}

export interface Section {
  readonly name: string;
  readonly rows: readonly Row[];
}

export interface Policy {
  readonly name: string;
  readonly sections: readonly Section[];
  /** Limits, in the units their names say. */
  readonly constants: Readonly<Record<string, number>>;
}

/** One question: may these words pass that section? */
export interface Request {
  readonly section: string;
  readonly words: readonly string[];
}

/** What the page says of this tclet: whether it vouched for its text. */
export interface PageFacts {
  readonly vouched: boolean;
}

export interface Decision {
  readonly allow: boolean;
  /** `home/urls: allow home`: the row that decided, or that none did. */
  readonly rule: string;
  readonly reason: string;
}
