import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { noOneState } from '#shared/jobs/one-state.ts';
import { inWindowWords } from '#renderer/lib/window-words.ts';

const folders = ['main/engine/simulators', 'main/engine/interpreter'];

/** Sentences of the engine that speak of its options or of fields of its JSON. */
function sentences(): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const source = readFileSync(`${folder}/${file}`, 'utf8').replace(
          /^\s*(\*|\/\/|\/\*).*$/gm,
          '',
        );
        return [...source.matchAll(/(['`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)]
          .map(([, , text]) => (text ?? '').replace(/\$\{[^}]*\}/g, '7'))
          .filter((text) => text.includes(' ') && /--[a-z]|is null|are null/.test(text));
      }),
  );
}

describe('what the engine says, in the window', () => {
  test('speaks of no option and no field of a result', () => {
    const said = [...sentences(), noOneState];
    expect(said.length).toBeGreaterThan(8);
    for (const text of said) {
      expect(inWindowWords(text), text).not.toMatch(/--[a-z]|\bnull\b|qubitProbabilities/);
    }
  });

  test('stays as it is otherwise', () => {
    const plain = 'There are too many measurement histories to follow.';
    expect(inWindowWords(plain)).toBe(plain);
  });
});
