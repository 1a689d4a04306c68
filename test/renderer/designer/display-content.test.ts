import { describe, expect, test } from 'vitest';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { contentOf, wordsOf } from '#renderer/features/designer/display-content.ts';
import type { InlineState } from '#renderer/lib/inline-states.ts';

/** |+⟩ on qubit 0, |0⟩ on qubit 1. */
const result: SimulationResult = {
  qubits: [['q', 2]],
  registers: [],
  method: 'statevector',
  methodReason: '',
  precision: 'f64',
  qubitProbabilities: { '00': 0.5, '01': 0.5 },
  bloch: [
    [1, 0, 0],
    [0, 0, 1],
  ],
  view: {
    amplitudes: {
      entries: [
        [0, Math.SQRT1_2, 0],
        [1, 0, Math.SQRT1_2],
      ],
      rest: 0,
    },
    density: null,
    pairs: null,
  },
  warnings: [],
  measured: { seconds: 0, planSeconds: 0, peakBytes: 0, threads: 1, kernel: '' },
};
const state: InlineState = { kind: 'state', result };

describe('a display in the drawing', () => {
  test('shows probability, vector and density of its qubit', () => {
    expect(contentOf('probability', 0, state, 'little')).toEqual({ kind: 'share', share: 0.5 });
    expect(contentOf('bloch', 1, state, 'little')).toEqual({ kind: 'arrow', vector: [0, 0, 1] });
    const density = contentOf('density', 0, state, 'little');
    expect(density).toMatchObject({ kind: 'matrix' });
    expect(wordsOf('density', density)).toBe('Density matrix: diagonal 0.5 and 0.5, beside it 0.5');
  });

  test('turns keys with the bit order of the window', () => {
    const little = contentOf('amplitudes', 0, state, 'little');
    expect(wordsOf('amplitudes', little)).toBe('Amplitudes: 00 0.71∠0°, 01 0.71∠90°');
    const big = contentOf('amplitudes', 0, state, 'big');
    expect(wordsOf('amplitudes', big)).toContain('10 0.71∠90°');
  });

  test('draws the same samples of the same state', () => {
    const first = contentOf('samples', 0, state, 'little');
    expect(contentOf('samples', 0, state, 'little')).toEqual(first);
    if (first.kind !== 'lines') throw new Error('There are no samples.');
    expect(first.lines.reduce((sum, { text }) => sum + Number(text), 0)).toBe(1024);
  });

  test('says what is not known, and why', () => {
    expect(wordsOf('bloch', contentOf('bloch', 0, undefined, 'little'))).toBe(
      'Bloch vector: being simulated',
    );
    const dynamic: InlineState = {
      kind: 'state',
      result: { ...result, bloch: null, qubitProbabilities: null, view: null },
    };
    for (const show of ['probability', 'amplitudes', 'samples'] as const) {
      expect(contentOf(show, 0, dynamic, 'little')).toMatchObject({ kind: 'nothing' });
    }
    const failed: InlineState = { kind: 'unknown', reason: 'too large' };
    expect(wordsOf('bloch', contentOf('bloch', 0, failed, 'big'))).toBe('Bloch vector: too large');
  });
});
