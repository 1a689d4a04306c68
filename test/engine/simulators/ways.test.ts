import { describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import type { SimulationOptions } from '#engine/simulators/simulate.ts';
import { LiveStates, wayLimits } from '#engine/simulators/live-states.ts';
import { mergeWays } from '#engine/simulators/merge-ways.ts';
import { Statevector } from '#engine/simulators/statevector.ts';
import { run } from '#test/support/conformance/simulator.ts';

interface Way {
  readonly register: Statevector;
  readonly key: string;
}

/** A random state of weight `weight`, turned by a phase. */
function stateOf(seed: number, weight: number, phase: number): Statevector {
  const state = Statevector.zero(5, 'f64');
  const rng = rngOf(seed, 3);
  const { re, im } = state.state;
  for (let i = 0; i < re.length; i++) {
    const [x, y] = [rng.normal(), rng.normal()];
    re[i] = x * Math.cos(phase) - y * Math.sin(phase);
    im[i] = x * Math.sin(phase) + y * Math.cos(phase);
  }
  state.scale(weight / state.weight());
  return state;
}

describe('ways of a program', () => {
  test('that agree in memory and state up to a phase are one, with the sum of their weights', () => {
    const rng = rngOf(1, 7);
    const ways = Array.from({ length: 60 }, (_, k): Way => {
      return { register: stateOf(k % 7, 0.01, 6 * rng.uniform()), key: String(k % 2) };
    });
    let dropped = 0;
    const merged = mergeWays(
      ways,
      ({ key }) => key,
      {
        drop: () => {
          dropped += 1;
        },
      },
      new CancelFlag(),
    );
    // 7 states under each of 2 memories: 60 = 14·4 + 4.
    expect(merged).toHaveLength(14);
    expect(dropped).toBe(46);
    const weights = merged.map(({ register }) => register.weight()).toSorted((a, b) => a - b);
    const expected = [
      ...Array.from({ length: 10 }, () => 0.04),
      ...Array.from({ length: 4 }, () => 0.05),
    ];
    weights.forEach((weight, k) => expect(weight).toBeCloseTo(expected[k] as number, 12));
  });

  test('of almost the same state stay apart', () => {
    const ways = Array.from({ length: 8 }, (_, k): Way => {
      const register = stateOf(1, 0.1, 0);
      register.state.re[k] = (register.state.re[k] as number) + 1e-4;
      return { register, key: '' };
    });
    expect(
      mergeWays(ways, ({ key }) => key, { drop: () => undefined }, new CancelFlag()),
    ).toHaveLength(8);
  });

  test('copy no state beyond their bytes, and give all back when they are given up', () => {
    const state = Statevector.zero(4, 'f64');
    const live = new LiveStates({ maximumWays: 9, maximumBytes: 3 * state.bytes });
    live.add(state);
    const copies = [live.copy(state), live.copy(state)];
    expect(() => live.copy(state)).toThrow(/more than 3 different measurement histories/);
    live.drop(copies[0] as Statevector);
    live.copy(state);
    live.abandon();
    for (let k = 0; k < 3; k++) live.add(Statevector.zero(4, 'f64'));
    expect(() => live.copy(state)).toThrow(/histories/);
  });

  test('are fewer where shots would do than where only all of them are exact', () => {
    const state = 2 ** 22;
    const free = 2 ** 33;
    expect(wayLimits(state, free, null)).toEqual({ maximumWays: 4096, maximumBytes: 2 ** 31 });
    const shared = wayLimits(state, free, 100, true);
    expect(shared).toEqual({ maximumWays: 1024, maximumBytes: 2 ** 26 });
    expect(wayLimits(state, free, 1e6).maximumWays).toBe(4096);
    // A measurement takes two states, however large they are.
    expect(wayLimits(2 ** 30, free, 100, true).maximumBytes).toBe(2 ** 31);
  });
});

/** Turned, entangled, measured and corrected in every round: each round has 2^(qubits/3) more histories. */
function rounds(qubits: number, count: number): Operation[] {
  return Array.from({ length: count }, (_, k): Operation[] => [
    ...Array.from({ length: qubits }, (__, q) => gate('ry', [q], [0.4 + q + k])),
    ...Array.from({ length: qubits - 1 }, (__, q) => gate('cx', [q, q + 1])),
    ...Array.from({ length: Math.floor(qubits / 3) }, (__, j): Operation[] => [
      measure(3 * j, j),
      {
        kind: 'if',
        condition: { bits: [j], value: 1 },
        body: [gate('x', [3 * j])],
        otherwise: [],
      },
    ]).flat(),
  ]).flat();
}

test('states too large for many histories are drawn instead, in the memory that there is', () => {
  const circuit = circuitOf(18, rounds(18, 3), 6);
  const { counts, warnings } = run(circuit, { method: 'statevector', shots: 3, seed: 1 });
  expect(warnings.join()).toMatch(/too many measurement histories/);
  expect(Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(3);
});

const noise = {
  rules: [{ channel: 'depolarizing', p: 0.05, on: 'all' }],
  readout: [],
} as const satisfies SimulationOptions['noise'];

test('mixed states with the same memory are one, and give what each history by itself gives', () => {
  // Six outcomes into two bits: 64 histories, 4 memories.
  const circuit = circuitOf(
    4,
    [...rounds(4, 3), gate('h', [1]), measure(1, 1), gate('ry', [0], [1])],
    2,
  );
  const options = { noise, observables: ['Z0', 'X1*Z2'], shots: 40_000, seed: 2 };
  const exact = run(circuit, { ...options, method: 'density' });
  expect(exact.warnings).toEqual([]);
  const sampled = run(circuit, { ...options, method: 'trajectories' });
  exact.expectations?.forEach(({ value }, k) => {
    const { value: other, stderr } = sampled.expectations?.[k] ?? {};
    expect(Math.abs((value ?? 9) - (other ?? 0))).toBeLessThan(4 * (stderr ?? 0));
  });
  for (const [key, count] of Object.entries(exact.counts ?? {})) {
    const other = sampled.counts?.[key] ?? 0;
    expect(Math.abs(count - other)).toBeLessThan(5 * Math.sqrt(count + other));
  }
});

test('auto takes a density matrix where pure states have too many histories to be exact', () => {
  // One of three entangled qubits is reset in every round: 2^14 histories of different states, no bit.
  const forgetful = Array.from({ length: 14 }, (_, k): Operation[] => [
    ...[0, 1, 2].map((q) => gate('ry', [q], [0.4 + q + 0.3 * k])),
    gate('cx', [0, 1]),
    gate('cx', [1, 2]),
    gate('cx', [2, 0]),
    { kind: 'reset', qubit: 0 },
  ]).flat();
  const circuit = circuitOf(3, [...forgetful, gate('h', [0]), ...measureAll(3)], 3);
  expect(() => run(circuit, { method: 'statevector' })).toThrow(/histories/);
  const { method, methodReason, probabilities } = run(circuit, { method: 'auto' });
  expect(method).toBe('density');
  expect(methodReason).toMatch(/too many measurement histories/);
  // With shots pure states do.
  const shots = 4000;
  const sampled = run(circuit, { method: 'auto', shots, seed: 1 });
  expect(sampled.method).toBe('statevector');
  for (const [key, p] of Object.entries(probabilities ?? {})) {
    const deviation = Math.abs((sampled.counts?.[key] ?? 0) / shots - p);
    expect(deviation).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / shots) + 1e-9);
  }
});

test('auto leaves density matrices where measurements would split them too far', () => {
  const circuit = circuitOf(
    11,
    [...rounds(11, 2)].concat(
      Array.from({ length: 8 }, (_, k): Operation[] => [measure(k, 3 + k), gate('x', [k])]).flat(),
    ),
    11,
  );
  const result = run(circuit, { method: 'auto', noise, shots: 4, seed: 1 });
  expect(result.method).toBe('trajectories');
  expect(result.methodReason).toMatch(/split density matrices of 11 qubits too far/);
  expect(run(circuitOf(4, rounds(4, 2), 1), { method: 'auto', noise, shots: 4 }).method).toBe(
    'density',
  );
});

test('following many histories stops when it is cancelled', () => {
  const cancel = new CancelFlag();
  const circuit = circuitOf(14, rounds(14, 5), 4);
  let asked = 0;
  cancel.throwIfCancelled = () => {
    asked += 1;
    if (asked === 900) throw new Error('cancelled here');
  };
  expect(() => run(circuit, { method: 'statevector', cancel })).toThrow('cancelled here');
});
