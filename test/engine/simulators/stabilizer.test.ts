import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type NoiseModel, noiseModelSchema } from '#shared/jobs/noise.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { ghz } from '#test/support/known-states.ts';
import { randomCliffordCircuit } from '#test/support/random-circuits.ts';

const method = 'stabilizer';

/** Two rounds of syndromes of a distance-3 repetition code, then its data qubits. */
function repetitionCode(error: Operation[]): Circuit {
  const round = (first: number): Operation[] => [
    gate('cx', [0, 3]),
    gate('cx', [1, 3]),
    gate('cx', [1, 4]),
    gate('cx', [2, 4]),
    measure(3, first),
    measure(4, first + 1),
    { kind: 'reset', qubit: 3 },
    { kind: 'reset', qubit: 4 },
  ];
  const data = [0, 1, 2].map((q) => measure(q, 4 + q));
  return circuitOf(5, [...round(0), ...error, ...round(2), ...data], 7);
}

function noise(rules: unknown[], readout: unknown[] = []): NoiseModel {
  return noiseModelSchema.parse({ rules, readout });
}

describe('stabilizer', () => {
  test('agrees with the statevector on random Clifford circuits with measurements between', () => {
    for (let seed = 0; seed < 20; seed++) {
      const first = randomCliffordCircuit(seed, 4, 20).operations;
      const second = randomCliffordCircuit(seed + 100, 4, 20).operations;
      const between: Operation[] = [measure(1, 4), { kind: 'reset', qubit: 2 }];
      const flip: Operation = {
        kind: 'if',
        condition: { bits: [4], value: 1 },
        body: [gate('x', [0])],
        otherwise: [gate('s', [3])],
      };
      const circuit = circuitOf(4, [...first, ...between, flip, ...second, ...measureAll(4)], 5);
      const exact = run(circuit, { method: 'statevector' }).probabilities ?? {};
      const got = run(circuit, { method }).probabilities ?? {};
      for (const key of new Set([...Object.keys(exact), ...Object.keys(got)])) {
        expect(Math.abs((exact[key] ?? 0) - (got[key] ?? 0))).toBeLessThan(1e-10);
      }
    }
  });

  test('agrees with the statevector on expectations with readout error', () => {
    const readout = [
      { qubit: 0, p_read1_given0: 0.02, p_read0_given1: 0.1 },
      { qubit: 3, p_read1_given0: 0.2, p_read0_given1: 0.05 },
    ];
    const observables = ['Z0*Z3', 'X0*Y1 + 0.5*Z2 - X3', 'X0*X1*X2*X3', '0.25*Y0*Y3'];
    for (let seed = 0; seed < 10; seed++) {
      const circuit = randomCliffordCircuit(seed, 4, 30);
      const values = (which: string) =>
        run(circuit, { method: which, observables, noise: noise([], readout) }).expectations ?? [];
      const exact = values('statevector');
      values(method).forEach(({ value }, i) => {
        expect(value).toBeCloseTo(exact[i]?.value as number, 10);
      });
    }
  });

  test('a GHZ state of 100 qubits has two outcomes and its correlations', () => {
    const result = run(ghz(100), { method, observables: ['Z0*Z99', 'Z5'] });
    const [zeros, ones] = ['0'.repeat(100), '1'.repeat(100)];
    expect(result.probabilities).toEqual({ [zeros]: 0.5, [ones]: 0.5 });
    expect(result.qubitProbabilities).toEqual({ [zeros]: 0.5, [ones]: 0.5 });
    expect(result.expectations?.map(({ value }) => value)).toEqual([1, 0]);
    const { counts } = run(ghz(100), { method, shots: 1000 });
    expect(Object.keys(counts ?? {})).toEqual([zeros, ones]);
  });

  test('the stabilizers of a cluster state have value 1', () => {
    const n = 40;
    const wires = Array.from({ length: n }, (_, q) => q);
    const cluster = circuitOf(n, [
      ...wires.map((q) => gate('h', [q])),
      ...wires.slice(1).map((q) => gate('cz', [q - 1, q])),
    ]);
    const observables = wires
      .slice(1, -1)
      .map((q) => `Z${q - 1}*X${q}*Z${q + 1}`)
      .concat('X0', 'Z7');
    const values = run(cluster, { method, observables }).expectations ?? [];
    values.forEach(({ value }, i) => expect(value).toBe(i < n - 2 ? 1 : 0));
  });

  test('5,000 gates on 1,000 qubits are sampled, and their outcomes are too many to list', () => {
    const rng = rngOf(7);
    const operations = Array.from({ length: 5000 }, () => {
      const a = rng.below(1000);
      const b = (a + 1 + rng.below(999)) % 1000;
      return [gate('h', [a]), gate('s', [a]), gate('cx', [a, b])][rng.below(3)] as Operation;
    });
    const circuit = circuitOf(1000, [...operations, ...measureAll(1000)], 1000);
    const { counts, warnings, qubitProbabilities } = run(circuit, { method, shots: 100 });
    expect(Object.values(counts ?? {}).reduce((sum, n) => sum + n, 0)).toBe(100);
    expect(qubitProbabilities).toBeNull();
    expect(warnings.join()).toMatch(/qubitProbabilities/);
    expect(() => run(circuit, { method })).toThrow(/--shots/);
  });

  test('a gate that is not Clifford is refused by its name', () => {
    expect(() => run(circuitOf(2, [gate('h', [0]), gate('t', [0])]), { method })).toThrow(/“t”/);
    expect(() => run(circuitOf(2, [gate('rz', [0], [0.1])]), { method })).toThrow(/“rz”/);
    expect(run(circuitOf(2, [gate('cp', [0, 1], [Math.PI])]), { method }).method).toBe(method);
  });

  test('damping is refused, and so is noise without shots', () => {
    const circuit = circuitOf(1, [gate('h', [0]), measure(0, 0)], 1);
    const damping = noise([{ channel: 'amplitude_damping', gamma: 0.1 }]);
    expect(() => run(circuit, { method, shots: 10, noise: damping })).toThrow(/damping/);
    const flips = noise([{ channel: 'bit_flip', p: 0.1 }]);
    expect(() => run(circuit, { method, noise: flips })).toThrow(/--shots/);
  });

  test('each error of a distance-3 repetition code has its syndrome', () => {
    const syndromes = [[], [0], [1], [2]].map((flipped) => {
      const error = flipped.map((q) => gate('x', [q]));
      const { counts } = run(repetitionCode(error), { method, shots: 64 });
      expect(Object.keys(counts ?? {})).toHaveLength(1);
      const key = Object.keys(counts ?? {})[0] as string;
      expect(key.slice(-2)).toBe('00');
      return key.slice(-4, -2);
    });
    expect(syndromes).toEqual(['00', '01', '11', '10']);
  });

  test('Pauli noise and readout error by frames agree with the density matrix', () => {
    const rules = [
      { on: '1q', channel: 'depolarizing', p: 0.05 },
      { on: '2q', channel: 'depolarizing', p: 0.08 },
      { on: 'all', channel: 'phase_flip', p: 0.03 },
    ];
    const readout = [{ qubit: 1, p_read1_given0: 0.04, p_read0_given1: 0.1 }];
    const shots = 40_000;
    for (let seed = 0; seed < 4; seed++) {
      const first = randomCliffordCircuit(seed, 3, 8).operations;
      const second = randomCliffordCircuit(seed + 50, 3, 8).operations;
      const between: Operation[] = [measure(0, 3), { kind: 'reset', qubit: 1 }];
      const circuit = circuitOf(3, [...first, ...between, ...second, ...measureAll(3)], 4);
      const model = noise(rules, readout);
      const exact = run(circuit, { method: 'density', noise: model }).probabilities ?? {};
      const { counts } = run(circuit, { method, noise: model, shots });
      for (const [key, p] of Object.entries(exact)) {
        const deviation = Math.abs((counts?.[key] ?? 0) / shots - p);
        expect(deviation).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / shots) + 1e-4);
      }
    }
  });

  test('expectations under Pauli noise agree with the density matrix within their errors', () => {
    const circuit = circuitOf(3, [gate('h', [0]), gate('cx', [0, 1]), gate('cx', [1, 2])]);
    const model = noise([{ channel: 'depolarizing', p: 0.06 }]);
    const observables = ['X0*X1*X2', 'Z0*Z2 + 0.5*Z0*Z1', 'Z0'];
    const exact = run(circuit, { noise: model, observables, method: 'density' }).expectations ?? [];
    const got = run(circuit, { noise: model, observables, method, shots: 20_000 });
    got.expectations?.forEach(({ value, stderr }, i) => {
      const difference = Math.abs((value as number) - (exact[i]?.value as number));
      expect(difference).toBeLessThanOrEqual(5 * (stderr as number) + 1e-12);
    });
  });

  test('conditions under noise are followed shot by shot', () => {
    const correct: Operation = {
      kind: 'if',
      condition: { bits: [0], value: 1 },
      body: [gate('x', [1])],
      otherwise: [],
    };
    const circuit = circuitOf(
      2,
      [gate('h', [0]), gate('cx', [0, 1]), measure(0, 0), correct, measure(1, 1)],
      2,
    );
    const model = noise([{ on: '2q', channel: 'bit_flip', p: 0.2 }]);
    const shots = 4000;
    const exact = run(circuit, { method: 'density', noise: model }).probabilities ?? {};
    const { counts } = run(circuit, { method, noise: model, shots });
    for (const [key, p] of Object.entries(exact)) {
      expect(Math.abs((counts?.[key] ?? 0) / shots - p)).toBeLessThan(
        5 * Math.sqrt((p * (1 - p)) / shots) + 1e-9,
      );
    }
  });

  test('auto takes it for wide Clifford circuits and says why', () => {
    const result = run(ghz(30), { method: 'auto' });
    expect(result.method).toBe(method);
    expect(result.methodReason).toMatch(/Clifford/);
    expect(run(ghz(5), { method: 'auto' }).method).toBe('statevector');
  });
});
