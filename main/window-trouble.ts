import type { BrowserWindow, Dialog } from 'electron';

/** What helps a window that does not go on. */
export interface Remedies {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  /** So that the page, when it is loaded again, does not open what may have stopped it. */
  readonly forgetDocuments: () => Promise<void>;
  readonly quit: () => void;
}

/** Offers a way out where the page hangs or its process has ended; nothing happens without a choice. */
export function followTrouble(
  window: Pick<BrowserWindow, 'on' | 'reload' | 'isDestroyed'> & {
    readonly webContents: Pick<BrowserWindow['webContents'], 'on' | 'forcefullyCrashRenderer'>;
  },
  remedies: Remedies,
): void {
  let isAsking = false;
  let isEnding = false;

  async function ask(message: string, detail: string, buttons: string[]): Promise<number> {
    const options = {
      type: 'warning',
      message,
      detail,
      buttons,
      defaultId: 0,
      cancelId: 0,
    } as const;
    return (await remedies.dialog.showMessageBox(window as BrowserWindow, options)).response;
  }

  /** One question at a time: a window that hangs says so again and again. */
  async function once(work: () => Promise<void>): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      await work();
    } finally {
      isAsking = false;
    }
  }

  async function reopen(): Promise<void> {
    await remedies.forgetDocuments();
    if (!window.isDestroyed()) window.reload();
  }

  window.on('unresponsive', () => {
    void once(async () => {
      const choice = await ask(
        'The window does not respond.',
        'It may be busy with a large document. Jobs go on in any case, and what was saved stays.',
        ['Wait', 'Reopen without its documents'],
      );
      if (choice !== 1) return;
      isEnding = true;
      window.webContents.forcefullyCrashRenderer();
      await reopen();
      isEnding = false;
    });
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || isEnding) return;
    void once(async () => {
      const why = reason === 'oom' ? 'It ran out of memory.' : `Its process has ended (${reason}).`;
      const choice = await ask(
        'The window has stopped.',
        `${why} Jobs go on, and what was saved stays.`,
        ['Reopen without its documents', 'Reopen as it was', 'Quit'],
      );
      if (choice === 2) remedies.quit();
      else if (choice === 1) window.reload();
      else await reopen();
    });
  });
}
