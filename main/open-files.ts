import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { asAppError } from '#shared/base/errors.ts';
import { openableExtensions } from '#shared/qasm/importers/open.ts';
import type { Call } from './ipc/call.ts';
import type { Notify } from './storage/stored-document.ts';

/** What the shell tells of files: on a Mac an event, elsewhere the arguments of a second start. */
interface Shell {
  on(
    name: 'open-file',
    listener: (event: { preventDefault(): void }, path: string) => void,
  ): unknown;
  on(
    name: 'second-instance',
    listener: (event: unknown, argv: readonly string[], workingDirectory: string) => void,
  ): unknown;
}

/** Larger files are no circuits that somebody wrote. */
const mostBytes = 64 * 1024 * 1024;

/** The files among the arguments of a start: what the system passes on a double click. */
export function filesIn(argv: readonly string[]): readonly string[] {
  return argv
    .slice(1)
    .filter((one) => !one.startsWith('-'))
    .filter((one) => openableExtensions.some((end) => one.toLowerCase().endsWith(end)));
}

/**
 * Hears of files from the beginning on; those that come before `ready` wait for it. Everything goes
 * the way that every other request goes.
 */
export function followFiles(
  shell: Shell,
  first: readonly string[],
): { ready(call: Call, notify: Notify): Promise<void> } {
  const waiting = [...first];
  let open: (path: string) => unknown = (path) => waiting.push(path);
  shell.on('open-file', (event, path) => {
    event.preventDefault();
    void open(path);
  });
  shell.on('second-instance', (_event, argv, workingDirectory) => {
    // Relative to where the second one was started, not to where this one was.
    for (const path of filesIn(argv)) void open(resolve(workingDirectory, path));
  });
  return {
    async ready(call, notify) {
      // One after the other: of two that are the same the second finds the first.
      let last = Promise.resolve();
      open = (path) => (last = last.then(() => openFile(path, call, notify)));
      for (const path of waiting.splice(0)) void open(path);
      await last;
    },
  };
}

async function openFile(path: string, call: Call, notify: Notify): Promise<void> {
  const fileName = basename(path);
  try {
    const { size } = await stat(path);
    if (size > mostBytes) {
      notify('error', `${fileName} is too large to be a circuit (${size} bytes).`);
      return;
    }
    await call('documents.open', { fileName, text: await readFile(path, 'utf8') });
  } catch (thrown) {
    notify('error', `${fileName} could not be opened. ${asAppError(thrown).message}`);
  }
}
