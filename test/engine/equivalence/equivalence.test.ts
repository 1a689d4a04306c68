import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import { line } from '#shared/compiler/couplings.ts';
import { compile } from '#shared/compiler/pipeline.ts';
import { plainTarget } from '#shared/compiler/target.ts';
import { compareCircuits } from '#engine/equivalence/equivalence.ts';
import { randomCircuit } from '#test/support/circuits-to-compile.ts';
import { areSame, mutantOf } from '#test/support/mutants.ts';

const options = { seed: 1, freeBytes: 2 ** 32 };
const native = plainTarget(line(5), new Set(['cz', 'rz', 'sx', 'x']));

describe('two circuits', () => {
  test.each(Array.from({ length: 12 }, (_, k) => k))(
    'are told equal after compiling, and unequal with one gate changed, %d',
    (k) => {
      const rng = rngOf(31, k);
      const circuit = randomCircuit(rng, { qubits: 2 + (k % 3), count: 12 });
      const { circuit: made, layout } = compile(circuit, native, { level: 2, seed: k });
      expect(compareCircuits(circuit, made, { ...options, layout })).toMatchObject({
        verdict: 'equivalent',
        counterexample: null,
      });
      for (let mutant = 0; mutant < 4; mutant++) {
        const changed = mutantOf(circuit, rng);
        const { verdict } = compareCircuits(circuit, changed, options);
        expect(verdict).toBe(areSame(circuit, changed) ? 'equivalent' : 'not-equivalent');
      }
    },
  );

  test('differ by a global phase and are equal still', () => {
    const a = circuitOf(1, [gate('rz', [0], [1])]);
    const b = circuitOf(1, [gate('p', [0], [1])]);
    expect(compareCircuits(a, b, options)).toMatchObject({
      verdict: 'equivalent',
      method: 'exact',
    });
  });

  test('of Clifford gates are compared on a tableau, however wide', () => {
    const wide = Array.from({ length: 200 }, (_, q) => [
      gate('h', [q]),
      gate('cx', [q, (q + 1) % 200]),
    ]).flat();
    const a = circuitOf(200, wide);
    const b = circuitOf(200, [...wide, gate('s', [17]), gate('sdg', [17])]);
    expect(compareCircuits(a, b, options)).toMatchObject({
      verdict: 'equivalent',
      method: 'stabilizer',
    });
    const c = circuitOf(200, [...wide, gate('s', [17])]);
    expect(compareCircuits(a, c, options).verdict).toBe('not-equivalent');
  });

  test('come with the simplest input that tells them apart', () => {
    const a = circuitOf(2, [gate('t', [0]), gate('cx', [0, 1])]);
    const b = circuitOf(2, [gate('t', [0]), gate('cx', [1, 0])]);
    expect(compareCircuits(a, b, options).counterexample).toEqual({
      input: '|01⟩',
      fidelity: expect.closeTo(0, 9) as number,
    });
  });

  test('that leave a spare wire changed are not the same', () => {
    const a = circuitOf(1, [gate('t', [0])]);
    const b = circuitOf(2, [gate('t', [1]), gate('x', [0])]);
    const layout = { initial: [1], final: [1] };
    expect(compareCircuits(a, b, { ...options, layout }).verdict).toBe('not-equivalent');
    const clean = circuitOf(2, [gate('t', [1])]);
    expect(compareCircuits(a, clean, { ...options, layout }).verdict).toBe('equivalent');
  });

  test('must read the same qubits into the same bits', () => {
    const a = circuitOf(2, [gate('h', [0]), measure(0, 0), measure(1, 1)], 2);
    const b = circuitOf(2, [gate('h', [0]), measure(1, 0), measure(0, 1)], 2);
    expect(compareCircuits(a, b, options)).toMatchObject({
      verdict: 'not-equivalent',
      method: 'measurements',
    });
    expect(compareCircuits(a, a, options).verdict).toBe('equivalent');
  });

  test('that no memory holds are refused, not taken for equal', () => {
    const gates = Array.from({ length: 20 }, (_, q) => gate('cx', [q, (q + 1) % 20]));
    const a = circuitOf(20, [gate('t', [0]), ...gates]);
    expect(() => compareCircuits(a, a, { ...options, freeBytes: 2 ** 20 })).toThrow(/does not fit/);
  });

  test.each([
    [circuitOf(1, [measure(0, null), gate('x', [0])]), circuitOf(1, []), /after it was measured/],
    [circuitOf(2, []), circuitOf(1, []), /2 and 1 qubits/],
  ])('that cannot be compared are refused, %#', (a, b, words) => {
    expect(() => compareCircuits(a, b, options)).toThrow(words);
  });
});
