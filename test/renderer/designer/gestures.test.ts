import { describe, expect, test } from 'vitest';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import {
  type Copies,
  dragTo,
  type Gesture,
  idle,
  outcomeOf,
} from '#renderer/features/designer/gestures.ts';
import { hitAt } from '#renderer/features/designer/hit.ts';
import { columnCentre, layoutOf, rowCentre } from '#renderer/features/designer/layout.ts';
import { fitTo, panBy, toScreen, toWorld, zoomAt } from '#renderer/features/designer/viewport.ts';

const layout = layoutOf(circuitOf(3, [gate('h', [0]), gate('cx', [0, 1])]));

function pressAt(row: number, column: number, copies: Copies = 'none'): Gesture {
  const at = { x: columnCentre(layout, column), y: rowCentre(row) };
  return { kind: 'pressing', at, hit: hitAt(layout, at), adds: false, copies, wasSelected: false };
}

function drag(gesture: Gesture, row: number, column: number): Gesture {
  const to = { x: columnCentre(layout, column), y: rowCentre(row) };
  return dragTo(gesture, to, { row, column }, false);
}

describe('a gesture', () => {
  test('a press that hardly moves is a click', () => {
    const pressed = pressAt(0, 0);
    const still = dragTo(
      pressed,
      { x: columnCentre(layout, 0) + 2, y: rowCentre(0) },
      { row: 0, column: 0 },
      false,
    );
    expect(outcomeOf(still)).toMatchObject({ kind: 'click' });
  });

  test('dragging a gate moves it, with Ctrl it copies, with Alt all the way', () => {
    expect(outcomeOf(drag(pressAt(0, 0), 2, 0))).toEqual({ kind: 'move', rows: 2, columns: 0 });
    const to = { rows: 2, columns: 1 };
    expect(outcomeOf(drag(pressAt(0, 0, 'one'), 2, 1))).toEqual({ kind: 'copy', ...to });
    expect(outcomeOf(drag(pressAt(0, 0, 'row'), 2, 1))).toEqual({ kind: 'fill', ...to });
  });

  test('dragging a control takes that leg alone', () => {
    expect(outcomeOf(drag(pressAt(0, 1), 2, 1))).toEqual({ kind: 'leg', index: 1, from: 0, to: 2 });
  });

  test('dragged out of the drawing a gate goes, a leg goes, and a copy does not come', () => {
    const away = (gesture: Gesture) =>
      outcomeOf(dragTo(drag(gesture, 2, 1), { x: -50, y: 0 }, null, false));
    expect(away(pressAt(0, 0))).toEqual({ kind: 'remove' });
    expect(away(pressAt(0, 0, 'one'))).toEqual({ kind: 'nothing' });
    expect(away(pressAt(0, 1))).toEqual({ kind: 'remove-leg', index: 1, row: 0 });
  });

  test('a control comes from the handle of a gate', () => {
    const taken: Gesture = { kind: 'control', index: 1, to: { row: 0, column: 1 } };
    expect(outcomeOf(drag(taken, 2, 1))).toEqual({ kind: 'control', index: 1, row: 2 });
  });

  test('dragging from a bare wire makes a rubber band', () => {
    expect(outcomeOf(drag(pressAt(2, 0), 0, 1))).toMatchObject({
      kind: 'rubber',
      from: { row: 2, column: 0 },
      to: { row: 0, column: 1 },
    });
  });

  test('back at the start nothing is done', () => {
    expect(outcomeOf(drag(drag(pressAt(0, 0), 2, 0), 0, 0))).toEqual({ kind: 'nothing' });
    expect(outcomeOf(idle)).toEqual({ kind: 'nothing' });
  });
});

describe('the view', () => {
  const screen = { width: 400, height: 300 };

  test('zooming keeps the point under the pointer', () => {
    const at = { x: 120, y: 90 };
    const before = { x: 30, y: 10, zoom: 1 };
    const after = zoomAt(before, at, 1.7);
    expect(toWorld(after, at).x).toBeCloseTo(toWorld(before, at).x, 9);
    expect(toScreen(after, toWorld(before, at)).y).toBeCloseTo(at.y, 9);
  });

  test('fitting shows all of it and never enlarges', () => {
    const wide = layoutOf(
      circuitOf(
        1,
        Array.from({ length: 80 }, () => gate('h', [0])),
      ),
    );
    const view = fitTo(wide, screen);
    expect(toScreen(view, { x: columnCentre(wide, 79), y: 0 }).x).toBeLessThan(screen.width);
    expect(fitTo(layout, { width: 9000, height: 9000 }).zoom).toBe(1);
  });

  test('panning stops at the edges', () => {
    expect(panBy({ x: 0, y: 0, zoom: 1 }, { x: -500, y: -500 }, layout, screen)).toMatchObject({
      x: 0,
      y: 0,
    });
  });
});
