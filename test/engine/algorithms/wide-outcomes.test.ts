import { describe, expect, test } from 'vitest';
import { runSpec } from '#test/support/run-spec.ts';

function sampled(qasm: string): { counts: Record<string, number>; warnings: readonly string[] } {
  const spec = {
    algorithm: 'sample',
    problem: { kind: 'circuit', qasm },
    settings: {},
    backend: 'simulator',
    shots: 20,
    seed: 1,
  };
  const { result, warnings } = runSpec(spec);
  return { counts: (result as { counts: Record<string, number> }).counts, warnings };
}

describe('outcomes of more bits than a double holds', () => {
  // Bits 0, 60 and 69 of 70 are read; the rest of memory stays 0.
  const memory = (...ones: number[]): string =>
    Array.from({ length: 70 }, (_, i) => (ones.includes(69 - i) ? '1' : '0')).join('');

  test('are counted bit by bit', () => {
    const { counts } = sampled(
      'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[70] c; x q[0]; x q[2]; c[0] = measure q[0]; c[60] = measure q[1]; c[69] = measure q[2];',
    );
    expect(counts).toEqual({ [memory(0, 69)]: 20 });
  });

  test('are told apart where only a low bit differs', () => {
    const { counts } = sampled(
      'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[70] c; x q[1]; h q[0]; c[69] = measure q[1]; c[0] = measure q[0]; if (c[0]) x q[1]; c[60] = measure q[1];',
    );
    expect(Object.keys(counts).sort()).toEqual([memory(60, 69), memory(0, 69)].sort());
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(20);
  });
});
