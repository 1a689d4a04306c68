import type { Command } from '#renderer/lib/commands.ts';
import { useNavigation } from '#renderer/lib/navigation.ts';
import { useTextCursor } from '#renderer/lib/reveal.ts';
import { breakAt, clearBreakpoints, move, stopRun } from '#renderer/lib/run.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { placeInHand } from './block-actions.ts';

const isOpen = (): boolean =>
  activeDocument() !== null && useNavigation.getState().workspace === 'circuits';

function command(id: string, title: string, shortcut: string | null, run: () => void): Command {
  const keys = shortcut === null ? {} : { shortcut, whileTyping: true };
  return { id: `run.${id}`, title, group: 'Run', ...keys, when: isOpen, run };
}

/** On the line of the cursor in the text, or on the gate in hand. */
function toggleBreakpointHere(): void {
  const { isFocused, offset } = useTextCursor.getState();
  const start = isFocused ? offset : placeInHand()?.start;
  if (start !== undefined) breakAt(start);
}

/** Stepping through the program on one seed. */
export const runCommands: readonly Command[] = [
  command('on', 'Run to the next breakpoint', 'F5', () => void move('on')),
  command('back-to', 'Run back to the previous breakpoint', 'Shift+F5', () => void move('back-to')),
  command('into', 'Step into: the next statement', 'F11', () => void move('into')),
  command('over', 'Step over loops, branches and calls', 'F10', () => void move('over')),
  command('out', 'Step out of the block', 'Shift+F11', () => void move('out')),
  command('back', 'Step back one statement', 'Alt+F10', () => void move('back')),
  command('stop', 'End the run', 'Alt+F5', stopRun),
  command('breakpoint', 'Set or take away a breakpoint', 'F9', toggleBreakpointHere),
  command('clear', 'Take all breakpoints away', null, clearBreakpoints),
];
