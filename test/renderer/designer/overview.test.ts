import { describe, expect, test } from 'vitest';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { layoutOf } from '#renderer/features/designer/layout.ts';
import { lookAt, overviewOf } from '#renderer/features/designer/overview.ts';

const screen = { width: 600, height: 300 };
const start = { x: 0, y: 0, zoom: 1 };
const long = layoutOf(
  circuitOf(
    2,
    Array.from({ length: 100 }, () => gate('h', [0])),
  ),
);

describe('the overview', () => {
  test('is there only while the circuit is larger than the view', () => {
    expect(overviewOf(layoutOf(circuitOf(2, [gate('h', [0])])), start, screen, 180)).toBeNull();
    expect(overviewOf(long, start, screen, 180)).not.toBeNull();
    expect(overviewOf(long, { ...start, zoom: 0.02 }, screen, 180)).toBeNull();
  });

  test('frames what the view shows, and follows where it is pressed', () => {
    const before = overviewOf(long, start, screen, 180);
    if (before === null) throw new Error('no overview');
    expect(before.seen.left).toBe(0);
    const viewport = lookAt(before, { x: 90, y: 5 }, long, start, screen);
    const seen = overviewOf(long, viewport, screen, 180)?.seen ?? before.seen;
    expect(seen.left + seen.width / 2).toBeCloseTo(90, 6);
    expect(lookAt(before, { x: -50, y: 0 }, long, viewport, screen)).toEqual(start);
  });
});
