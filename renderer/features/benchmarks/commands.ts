import type { Command } from '#renderer/lib/commands.ts';
import { pressing } from '#renderer/lib/press.ts';

const group = 'Comparison';

/** What can be done with comparisons, by key or palette. */
export const benchmarkCommands: readonly Command[] = [
  pressing(['benchmark.new', 'New comparison', group], {
    shortcut: 'Alt+Shift+B',
    at: 'benchmarks',
  }),
  pressing(['benchmark.again', 'Run the shown comparison again', group]),
  pressing(['benchmark.rename', 'Rename the shown comparison', group]),
  pressing(['benchmark.cancel', 'Cancel the shown comparison', group]),
  pressing(['benchmark.remove', 'Remove the shown comparison', group]),
  pressing(['benchmark.export', 'Export the shown comparison', group], {
    shortcut: 'Alt+Shift+X',
  }),
];
