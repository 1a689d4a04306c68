import type { Command } from '#renderer/lib/commands.ts';

/** What can be done here by key or palette. */
export const designerCommands: readonly Command[] = [];
