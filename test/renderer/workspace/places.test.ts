import { describe, expect, test } from 'vitest';
import { editText, isDirty, openDocument, undo } from '#renderer/lib/workspace/open-document.ts';
import {
  carryPlaces,
  placesOf,
  toggleBreakpoint,
  toggleFold,
} from '#renderer/lib/workspace/places.ts';

const text = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit q;\nh q;\nx q;\n';
const document = openDocument({ key: 'a', name: 'A', text });
const at = (words: string): number => text.indexOf(words);

describe('places beside the text', () => {
  test('are toggled and kept in the sidecar, with what else it holds', () => {
    const other = { ...document, sidecar: { history: 1 } };
    const marked = toggleBreakpoint(toggleFold(other, at('h q'), false), at('x q'));
    expect(placesOf(marked)).toMatchObject({
      folds: [[at('h q'), false]],
      breakpoints: [at('x q')],
    });
    expect(marked.sidecar).toMatchObject({ history: 1 });
    expect(placesOf(toggleBreakpoint(marked, at('x q'))).breakpoints).toEqual([]);
    expect(placesOf(openDocument({ key: 'b', name: 'B', text, sidecar: marked.sidecar }))).toEqual(
      placesOf(marked),
    );
  });

  test('follow their statements through edits and back', () => {
    const marked = toggleBreakpoint(document, at('x q'));
    const edit = { start: at('h q'), end: at('h q'), text: 'z q;\n' };
    const longer = carryPlaces(marked, editText(marked, [edit], 0));
    expect(placesOf(longer).breakpoints).toEqual([at('x q') + 5]);
    const back = undo(longer);
    expect(back === null ? null : placesOf(carryPlaces(longer, back)).breakpoints).toEqual([
      at('x q'),
    ]);
  });

  test('go with the statement that they belong to', () => {
    const marked = toggleBreakpoint(document, at('x q'));
    const cut = { start: at('x q'), end: at('x q') + 5, text: '' };
    expect(placesOf(carryPlaces(marked, editText(marked, [cut], 0))).breakpoints).toEqual([]);
  });

  test('make a circuit of the library worth saving, but not an example', () => {
    const saved = openDocument({ key: 'c', id: 'c', name: 'C', text });
    expect(isDirty(saved)).toBe(false);
    expect(isDirty(toggleFold(saved, at('h q'), true))).toBe(true);
    const example = openDocument({ key: 'd', name: 'D', text, isExample: true });
    expect(isDirty(toggleFold(example, at('h q'), true))).toBe(false);
  });

  test('of another text are not taken over', () => {
    const { sidecar } = toggleBreakpoint(document, at('x q'));
    const other = openDocument({ key: 'b', name: 'B', text: `${text}y q;\n`, sidecar });
    expect(placesOf(other)).toEqual({ folds: [], breakpoints: [] });
  });
});
