import { describe, expect, it } from 'vitest';
import { rankCommand } from '#renderer/app/rank-command.ts';

describe('rankCommand', () => {
  it('finds words anywhere, in any order and case', () => {
    expect(rankCommand('Save the drawing as SVG exports.save-svg', 'svg SAVE')).toBeGreaterThan(0);
  });

  it('does not find letters that are strewn over a sentence', () => {
    expect(rankCommand('Show the state here, in the drawing', 'hardware')).toBe(0);
  });

  it('puts beginnings of titles before beginnings of words, and these before the rest', () => {
    const ranks = ['Undo', 'Close and undo', 'Refoundout'].map((title) =>
      rankCommand(title, title === 'Refoundout' ? 'out' : 'undo'),
    );
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    expect(new Set(ranks).size).toBe(3);
  });

  it('takes marks as they are typed', () => {
    expect(rankCommand('Zoom to (fit)', '(fit)')).toBeGreaterThan(0);
    expect(rankCommand('Zoom to fit', '(')).toBe(0);
    for (const mark of '\\^$.*+?()[]{}|/-')
      expect(rankCommand(`a ${mark}b`, mark)).toBeGreaterThan(0);
  });

  it('what is read comes before what only the id says', () => {
    const [read, hidden] = ['Go to Hardware go.hardware', 'Unlock the keys hardware.unlock'];
    expect(rankCommand(read, 'hardware')).toBeGreaterThan(rankCommand(hidden, 'hardware'));
  });
});
