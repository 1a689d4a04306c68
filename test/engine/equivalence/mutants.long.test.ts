import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { compareCircuits } from '#engine/equivalence/equivalence.ts';
import { randomCircuit } from '#test/support/circuits-to-compile.ts';
import { areSame, mutantOf } from '#test/support/mutants.ts';

test('of 5,000 circuits with one gate changed none is told equal that is not', {
  timeout: 600_000,
}, () => {
  const wrong: number[] = [];
  for (let k = 0; k < 5000; k++) {
    const rng = rngOf(77, k);
    const circuit = randomCircuit(rng, { qubits: 2 + (k % 3), count: 4 + (k % 12) });
    const mutant = mutantOf(circuit, rng);
    const { verdict } = compareCircuits(circuit, mutant, { seed: k, freeBytes: 2 ** 32 });
    if ((verdict === 'equivalent') !== areSame(circuit, mutant)) wrong.push(k);
  }
  expect(wrong).toEqual([]);
});
