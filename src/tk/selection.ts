/**
 * Who has the primary selection: the last widget that selected something with -exportselection on. Another that takes it makes the first
 * lose it. A safe interpreter takes part in no selection. Leaves out `selection get`, which Safe Tk hides. Answers to selection.n, tkSelect.c.
 */
import type { TkApp } from './app.ts';

export interface SelectionOwner {
  readonly app: TkApp;
  /** Another took the selection. */
  lostSelection(): void;
}

const owners = new WeakMap<TkApp, SelectionOwner>();

export function ownSelection(owner: SelectionOwner): void {
  const { app } = owner;
  if (app.interp.safe) return;
  const old = owners.get(app);
  if (old === owner) return;
  owners.set(app, owner);
  old?.lostSelection();
}
