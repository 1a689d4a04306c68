import type { Command } from '#renderer/lib/commands.ts';
import { pressing } from '#renderer/lib/press.ts';

/** What can be done with data sets, by key or palette. */
export const dataCommands: readonly Command[] = [
  pressing(['data.import', 'Import a data set', 'Data'], { shortcut: 'Alt+Shift+I', at: 'data' }),
  pressing(['data.remove', 'Remove the shown data set', 'Data']),
];
