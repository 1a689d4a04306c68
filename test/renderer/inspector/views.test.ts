import { describe, expect, test } from 'vitest';
import {
  amplitudeRows,
  formatComplex,
  formatPhase,
} from '#renderer/features/inspector/amplitudes.ts';
import { lengthOf, project } from '#renderer/features/inspector/bloch.ts';

describe('amplitudes', () => {
  test('are listed by the key that is shown', () => {
    const state = [
      [0.6, 0],
      [0, 0.8],
      [0, 0],
      [0, 0],
    ] as const;
    expect(amplitudeRows(state, 2, 'little').map((row) => row.key)).toEqual([
      '00',
      '01',
      '10',
      '11',
    ]);
    const turned = amplitudeRows(state, 2, 'big');
    expect(turned[2]).toMatchObject({ key: '10', magnitude: 0.8, phase: Math.PI / 2 });
  });

  test.each([
    [0.5, -0.5, '0.5 − 0.5i'],
    [0, -1, '−1i'],
    [-0.70710678, 0, '−0.7071'],
    [1e-9, 0, '0'],
  ])('%d and %d read %s', (re, im, text) => {
    expect(formatComplex(re, im)).toBe(text);
  });

  test('phases are parts of π', () => {
    expect(formatPhase(-Math.PI / 4)).toBe('−0.25 π');
    expect(formatPhase(0)).toBe('0');
  });
});

describe('the Bloch sphere', () => {
  test('up is |0⟩ and opposite states lie opposite', () => {
    expect(project([0, 0, 1]).y).toBeLessThan(0);
    const [plus, minus] = [project([1, 0, 0]), project([-1, 0, 0])];
    expect(plus.x).toBeCloseTo(-minus.x, 12);
    expect(plus.behind).toBe(false);
    expect(minus.behind).toBe(true);
  });

  test('a vector never leaves the circle', () => {
    for (let i = 0; i < 100; i++) {
      const [a, b] = [i * 0.7, i * 1.3];
      const { x, y } = project([Math.sin(a) * Math.cos(b), Math.sin(a) * Math.sin(b), Math.cos(a)]);
      expect(Math.hypot(x, y)).toBeLessThanOrEqual(1 + 1e-12);
    }
    expect(lengthOf([0, 0.6, 0.8])).toBeCloseTo(1, 12);
  });
});
