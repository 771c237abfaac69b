/**
 * The manager of the main window: `.` has the size the page gives it, or follows what it asks for. Leaves out the `wm` command, which a
 * safe interpreter does not have. Answers to tkUnixWm.c, as far as one window without a frame goes.
 */
import type { TkApp } from './app.ts';
import type { GeometryManager, TkWindow } from './window.ts';

export class MainWindowManager implements GeometryManager {
  readonly name = 'wm';
  private readonly app: TkApp;
  private pending = false;
  /** Withdrawn: not shown until deiconified. */
  withdrawn = false;

  constructor(app: TkApp) {
    this.app = app;
  }

  requested(_win: TkWindow): void {
    this.schedule();
  }
  lost(_win: TkWindow): void {}

  /** Sets the size, and shows the window, at the next idle moment. */
  schedule(): void {
    if (this.pending) return;
    this.pending = true;
    this.app.whenIdle(() => this.update());
  }

  private update(): void {
    this.pending = false;
    const { app } = this;
    const { main, fixedSize } = app;
    if (main.dying) return;
    const w = fixedSize?.width ?? main.reqWidth;
    const h = fixedSize?.height ?? main.reqHeight;
    if (w !== main.width || h !== main.height) {
      app.moveResize(main, 0, 0, w, h);
      app.outbox.say({ op: 'root', w, h });
    }
    if (this.withdrawn) app.unmap(main);
    else app.map(main);
  }
}
