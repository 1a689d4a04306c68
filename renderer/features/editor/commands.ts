import type { Command } from '#renderer/lib/commands.ts';
import { useNavigation } from '#renderer/lib/navigation.ts';
import { goToTextEditor, toggleTabInText } from '#renderer/lib/reveal.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';

const isOpen = (): boolean =>
  activeDocument() !== null && useNavigation.getState().workspace === 'circuits';

/** What can be done with the text by key or palette. */
export const textCommands: readonly Command[] = [
  {
    id: 'text.go',
    title: 'Go to the text',
    group: 'Document',
    shortcut: 'Alt+E',
    whileTyping: true,
    when: isOpen,
    run: goToTextEditor,
  },
  {
    id: 'text.tab',
    title: 'Tab in the text: indent, or lead on to the next field',
    group: 'Document',
    shortcut: 'Mod+M',
    whileTyping: true,
    when: isOpen,
    run: toggleTabInText,
  },
];
