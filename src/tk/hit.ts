/** Which window is at a point. Answers to tkWindow.c (Tk_CoordsToWindow), for one screen. */
import type { TkApp } from './app.ts';
import type { TkWindow } from './window.ts';

/** The innermost window on screen at a point of the screen, or null outside the application. */
export function windowAtPoint(app: TkApp, x: number, y: number): TkWindow | null {
  const tops = [...app.windows.values()].filter((w) => w.topLevel && w.mapped).reverse();
  for (const top of tops) {
    const found = inside(top, x - top.rootX, y - top.rootY);
    if (found) return found;
  }
  return null;
}

/** `x`, `y` relative to `win`. A child is clipped by its parent, so a point outside the parent is in neither. */
function inside(win: TkWindow, x: number, y: number): TkWindow | null {
  if (x < 0 || y < 0 || x >= win.width || y >= win.height) return null;
  for (let i = win.children.length - 1; i >= 0; i--) {
    const child = win.children[i]!;
    if (!child.mapped || child.topLevel) continue;
    const found = inside(child, x - child.x, y - child.y);
    if (found) return found;
  }
  return win;
}
