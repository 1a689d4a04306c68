import { describe, expect, test } from 'vitest';
import { settingsKind } from '#main/storage/settings.ts';
import {
  commandFor,
  holderOf,
  matchesShortcut,
  shortcutOf,
  shortcutOfPress,
} from '#renderer/lib/commands.ts';

const bare = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const run = (): void => undefined;
const placeH = { id: 'a', title: 'A', group: 'G', shortcut: 'H', run };
const palette = { id: 'b', title: 'B', group: 'G', shortcut: 'Mod+K', whileTyping: true, run };
const commands = [placeH, palette];

describe('keys that the user chose', () => {
  test('stand in for those that a command came with, or take them away', () => {
    const press = { ...bare, key: 'h' };
    const context = { isMac: false, isTyping: false };
    expect(commandFor(commands, press, { ...context, keys: { a: '', b: 'H' } })).toBe(palette);
    expect(commandFor(commands, press, { ...context, keys: { a: 'J' } })).toBeNull();
    expect(shortcutOf(placeH, { a: '' })).toBeUndefined();
  });

  test('never keep a bare letter from the text that is being typed', () => {
    const context = { isMac: false, isTyping: true, keys: { b: 'J' } };
    expect(commandFor(commands, { ...bare, key: 'j' }, context)).toBeNull();
  });

  test('are recorded in the form in which they are recognised', () => {
    for (const press of [
      { ...bare, key: 'k', ctrlKey: true, shiftKey: true },
      { ...bare, key: '?', shiftKey: true },
      { ...bare, key: '+' },
      { ...bare, key: 'F5', altKey: true },
      { ...bare, key: ' ' },
    ]) {
      expect(matchesShortcut(shortcutOfPress(press, false) ?? '', press, false)).toBe(true);
    }
    expect(shortcutOfPress({ ...bare, key: 'Shift', shiftKey: true }, false)).toBeNull();
  });

  test('are told to be another command’s', () => {
    expect(holderOf(commands, {}, 'Mod+K', 'a')).toBe(palette);
    expect(holderOf(commands, { b: '' }, 'Mod+K', 'a')).toBeNull();
    expect(holderOf(commands, {}, 'Mod+K', 'b')).toBeNull();
  });

  test('are none in settings of an earlier version', () => {
    expect(settingsKind.migrations?.[2]?.({ theme: 'dark' })).toEqual({ theme: 'dark', keys: {} });
    expect(settingsKind.migrations?.[3]?.({ theme: 'dark' })).toEqual({
      theme: 'dark',
      favourites: [],
      minimap: true,
      exports: { format: 'qiskit', dpi: 300, look: 'light', pageWidth: null },
    });
  });
});
