import type { Command } from '#renderer/lib/commands.ts';
import { pressing } from '#renderer/lib/press.ts';

/** What can be done with devices and keys, by key or palette. */
export const hardwareCommands: readonly Command[] = [
  pressing(['hardware.key', 'Unlock the keys, or add one', 'Hardware'], {
    shortcut: 'Alt+Shift+K',
    at: 'hardware',
  }),
  pressing(['hardware.submit', 'Run the open circuit on the chosen device', 'Hardware']),
  pressing(['hardware.edit', 'Open the form with the circuit and the chosen device', 'Hardware']),
];
