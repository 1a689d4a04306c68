import { describe, expect, test } from 'vitest';
import {
  amplitudeRows,
  formatComplex,
  formatPhase,
} from '#renderer/features/inspector/amplitudes.ts';
import { diskOf, lengthOf, project } from '#renderer/lib/bloch.ts';
import {
  allPaulis,
  densityCells,
  purityOf,
  shownOrder,
} from '#renderer/features/inspector/density.ts';
import { choose, rankOf, sphereNodes } from '#renderer/features/inspector/sphere-nodes.ts';

describe('amplitudes', () => {
  test('are listed by the key that is shown', () => {
    const state = {
      entries: [
        [0, 0.6, 0],
        [1, 0, 0.8],
      ] as [number, number, number][],
      rest: 0,
    };
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

describe('the Q-sphere', () => {
  test('has the states with as many ones on one circle, each in a place of its own', () => {
    for (const qubits of [1, 3, 5]) {
      const indices = Array.from({ length: 2 ** qubits }, (_, index) => index);
      const places = new Set(
        indices.map((index) => {
          const ones = index.toString(2).replaceAll('0', '').length;
          expect(rankOf(index)).toBeLessThan(choose(qubits, ones));
          return `${ones} ${rankOf(index)}`;
        }),
      );
      expect(places.size).toBe(2 ** qubits);
    }
    const row = (index: number) => ({ index, key: '', re: 1, im: 0, magnitude: 1, phase: 0 });
    const [top, bottom] = sphereNodes([row(0), row(7)], 3);
    expect([top?.z, bottom?.z]).toEqual([1, -1]);
  });
});

describe('the density matrix', () => {
  /** (|00⟩ + i|11⟩)/√2. */
  const bell = {
    size: 4,
    re: [0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5],
    im: [0, 0, 0, -0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0, 0],
  };

  test('has its Pauli expectations, the highest qubit first', () => {
    const known = new Map(allPaulis(bell, 2).map(({ name, value }) => [name, value]));
    expect(known.get('ZZ')).toBeCloseTo(1, 12);
    expect(known.get('XY')).toBeCloseTo(1, 12);
    expect(known.get('XX')).toBeCloseTo(0, 12);
    expect(known.size).toBe(15);
    expect(purityOf(bell)).toBeCloseTo(1, 12);
  });

  test('turns with the bit order', () => {
    expect(shownOrder(2, 'big')).toEqual([0, 2, 1, 3]);
    const cells = densityCells(bell, shownOrder(2, 'little'));
    expect(cells[3]).toMatchObject({ row: 0, column: 3, magnitude: 0.5, phase: -Math.PI / 2 });
  });
});

describe('the phase disk', () => {
  test('shows the share of 1, the phase and the purity', () => {
    expect(diskOf([1, 0, 0])).toEqual({ one: 0.5, phase: 0, purity: 1 });
    expect(diskOf([0, 0, 0])).toEqual({ one: 0.5, phase: null, purity: 0.5 });
    expect(diskOf([0, 1, 0]).phase).toBeCloseTo(Math.PI / 2, 12);
  });
});
