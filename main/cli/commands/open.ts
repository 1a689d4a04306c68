import { basename, join } from 'node:path';
import { openWindow } from '../../browser/find-browser.ts';
import type { Command } from '../command.ts';
import { readText } from '../input.ts';
import { runningAddress, serveApp, untilStopped } from '../serve-app.ts';
import { openSession } from '../session.ts';
import { libraryFolder } from '../../storage/home.ts';

/** `ketbench open [FILE]`: the window, with a program as a new document. */
export const command: Command = {
  usage: 'open [FILE]',
  summary: 'Open the window; FILE becomes a new document in it.',
  arguments: [0, 1],
  options: {},
  async run(invocation) {
    const [file] = invocation.positionals;
    const text = file === undefined ? null : readText(file);
    const running = runningAddress();
    const served = running === null ? await serveApp(0) : null;
    const shown = served ?? running;
    if (text !== null) await addDocument(basename(file ?? ''), text);
    const isShown =
      shown !== null && openWindow(await shown.startUrl(), join(libraryFolder(), 'window'));
    if (!isShown) process.stdout.write(`Ketbench: ${shown?.url ?? ''}\n`);
    if (served !== null) {
      await untilStopped();
      await served.close();
    }
    return 0;
  },
};

async function addDocument(fileName: string, text: string): Promise<void> {
  const session = await openSession();
  try {
    await session.request('documents.open', { fileName, text });
  } finally {
    await session.close();
  }
}
