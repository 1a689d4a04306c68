import { describe, expect, test } from 'vitest';
import { commandFor, keysOf, type KeyPress, matchesShortcut } from '#renderer/lib/commands.ts';

function press(key: string, ...held: ('ctrl' | 'meta' | 'shift' | 'alt')[]): KeyPress {
  return {
    key,
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    shiftKey: held.includes('shift'),
    altKey: held.includes('alt'),
  };
}

describe('a shortcut', () => {
  test('Mod is Ctrl, and Command on a Mac', () => {
    expect(matchesShortcut('Mod+K', press('k', 'ctrl'), false)).toBe(true);
    expect(matchesShortcut('Mod+K', press('k', 'ctrl'), true)).toBe(false);
    expect(matchesShortcut('Mod+K', press('k', 'meta'), true)).toBe(true);
  });

  test('a letter with Shift is another shortcut', () => {
    expect(matchesShortcut('S', press('S', 'shift'), false)).toBe(false);
    expect(matchesShortcut('Shift+S', press('S', 'shift'), false)).toBe(true);
  });

  test('a sign counts however the keyboard makes it', () => {
    expect(matchesShortcut('?', press('?', 'shift'), false)).toBe(true);
    expect(matchesShortcut('+', press('+'), false)).toBe(true);
  });

  test('reads as keys on caps', () => {
    expect(keysOf('Mod+Shift+P', false)).toEqual(['Ctrl', 'Shift', 'P']);
    expect(keysOf('Mod+Shift+P', true)).toEqual(['⌘', '⇧', 'P']);
    expect(keysOf('+', false)).toEqual(['+']);
  });

  test('waits while text is typed, unless the command says otherwise', () => {
    const run = (): void => undefined;
    const commands = [
      { id: 'a', title: 'A', group: 'G', shortcut: 'H', run },
      { id: 'b', title: 'B', group: 'G', shortcut: 'Mod+K', whileTyping: true, run },
    ];
    const typing = { isMac: false, isTyping: true };
    expect(commandFor(commands, press('h'), typing)).toBeNull();
    expect(commandFor(commands, press('k', 'ctrl'), typing)?.id).toBe('b');
  });
});
