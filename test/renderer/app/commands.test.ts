import { describe, expect, test } from 'vitest';
import { allCommands } from '#renderer/app/commands.ts';

describe('the commands', () => {
  test('have an id, a title and a group each, and no id twice', () => {
    const ids = allCommands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, group } of allCommands) {
      expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
      expect(title).not.toBe('');
      expect(group).not.toBe('');
    }
  });

  test('share no shortcut', () => {
    const shortcuts = allCommands.flatMap(({ shortcut }) => shortcut ?? []);
    expect(shortcuts.filter((one, index) => shortcuts.indexOf(one) !== index)).toEqual([]);
  });

  test('leave the keys of a typist alone, unless they are held with a modifier', () => {
    for (const { shortcut, whileTyping } of allCommands) {
      if (whileTyping === true && shortcut !== undefined)
        expect(shortcut).toMatch(/^((Mod|Alt)\+|(Shift\+)?F\d)/);
    }
  });
});
