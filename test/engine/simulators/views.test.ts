import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import { largest } from '#engine/simulators/largest.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { randomCircuit } from '#test/support/random-circuits.ts';

const view = { top: 64, pairs: true } as const;
const bell = circuitOf(2, [gate('h', [0]), gate('cx', [0, 1])]);

describe('the view of a state', () => {
  it('finds two bits between the halves of a Bell pair, none beside it, and its correlations', () => {
    const wide = circuitOf(3, bell.operations);
    const pairs = run(wide, { view }).view?.pairs ?? [];
    expect(pairs.map(({ qubits }) => qubits)).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(pairs[0]?.information).toBeCloseTo(2, 9);
    expect(pairs[1]?.information).toBeCloseTo(0, 9);
    const [xx, , , , yy, , , , zz] = pairs[0]?.paulis ?? [];
    expect([xx, yy, zz].map((value) => Math.round(value ?? 0))).toEqual([1, -1, 1]);
  });

  it('agrees with expectations and amplitudes on random circuits', () => {
    for (let seed = 0; seed < 5; seed++) {
      const circuit = randomCircuit(seed, 4, 30);
      const letters = ['X', 'Y', 'Z'];
      const observables = letters.flatMap((a) => letters.map((b) => `${a}1*${b}3`));
      const result = run(circuit, { view, observables, state: true });
      const pair = result.view?.pairs?.find(({ qubits }) => qubits[0] === 1 && qubits[1] === 3);
      result.expectations?.forEach(({ value }, k) => {
        expect(pair?.paulis[k]).toBeCloseTo(value as number, 9);
      });
      for (const [index, re, im] of result.view?.amplitudes?.entries ?? []) {
        expect([re, im]).toEqual(result.state?.[index]);
      }
      const { size = 0, re = [] } = result.view?.density ?? {};
      const trace = Array.from({ length: size }, (_, k) => re[k * size + k] as number);
      expect(trace.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    }
  });

  it('mixes the histories of a measurement inside', () => {
    const dynamic = circuitOf(1, [gate('h', [0]), measure(0, 0), gate('h', [0])], 1);
    const result = run(dynamic, { view });
    expect(result.view?.amplitudes).toBeNull();
    expect(result.view?.density?.re.map((x) => Math.round(x * 1e9) / 1e9)).toEqual([
      0.5, 0, 0, 0.5,
    ]);
  });

  it('lists the largest entries, and says what is left out', () => {
    const circuit = randomCircuit(3, 6, 40);
    const whole = run(circuit).qubitProbabilities ?? {};
    const { qubitProbabilities, rest, view: state } = run(circuit, { view: { top: 5 } });
    const best = Object.entries(whole).sort(([, a], [, b]) => b - a);
    expect(new Set(Object.keys(qubitProbabilities ?? {}))).toEqual(
      new Set(best.slice(0, 5).map(([key]) => key)),
    );
    expect(rest?.qubits?.count).toBe(best.length - 5);
    const missing = best.slice(5).reduce((sum, [, p]) => sum + p, 0);
    expect(rest?.qubits?.probability).toBeCloseTo(missing, 9);
    expect(state?.amplitudes?.rest).toBeCloseTo(missing, 9);
    expect(state?.pairs).toBeNull();
  });
});

describe('largest', () => {
  it('is what sorting gives, whatever the ties', () => {
    const rng = rngOf(4);
    for (let round = 0; round < 50; round++) {
      const values = Array.from({ length: 1 + rng.below(60) }, () => rng.below(9));
      const count = 1 + rng.below(20);
      const sorted = values.map((value, i) => ({ value, i }));
      sorted.sort((a, b) => b.value - a.value || a.i - b.i);
      const expected = sorted.slice(0, count).map(({ i }) => i);
      expect(largest(values.length, count, (i) => values[i] as number)).toEqual(
        expected.sort((a, b) => a - b),
      );
    }
  });
});
