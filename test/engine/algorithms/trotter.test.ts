import { describe, expect, test } from 'vitest';
import { evolution, type Order } from '#engine/algorithms/product-formula.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { readingOf } from '#test/support/members.ts';
import { hamiltonianOf, isingChain } from '#test/support/hamiltonians.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Dynamics {
  readonly times: readonly number[];
  readonly observables: readonly {
    readonly observable: string;
    readonly values: readonly number[];
    readonly stderrs: readonly number[];
  }[];
  readonly gateCounts: Readonly<Record<string, number>>;
}

function dynamicsOf(spec: object): Dynamics {
  return runSpec({ algorithm: 'trotter', seed: 3, ...spec }).result as Dynamics;
}

const quench = {
  kind: 'hamiltonian',
  qubits: 4,
  terms: isingChain(4, { J: 1, h: 0.8, periodic: true }),
};

test('a field turns a spin as it does on the Bloch sphere', () => {
  const problem = { kind: 'hamiltonian', qubits: 1, terms: [['X', 0.5]] };
  const settings = { time: 6, steps: 12, observables: ['Z0', 'Y0'] };
  const { times, observables } = dynamicsOf({ problem, settings });
  expect(times).toEqual(Array.from({ length: 13 }, (_, k) => k / 2));
  times.forEach((t, k) => {
    expect(observables[0]?.values[k]).toBeCloseTo(Math.cos(t), 12);
    expect(observables[1]?.values[k]).toBeCloseTo(-Math.sin(t), 12);
  });
});

test('terms that commute need one step', () => {
  const problem = {
    kind: 'hamiltonian',
    qubits: 3,
    terms: [
      ['ZZI', 0.4],
      ['IZZ', -0.7],
      ['ZZZ', 0.3],
    ],
  };
  const at = (steps: number) =>
    dynamicsOf({
      problem,
      settings: { time: 2, steps, order: 1, initialState: '+++', observables: ['X0', 'Y1*X2'] },
    }).observables.map(({ values }) => values.at(-1));
  const [one, many] = [at(1), at(7)];
  one.forEach((value, k) => expect(value).toBeCloseTo(many[k] ?? Number.NaN, 12));
  // X0 sees the other two: cos(2·0.7 ∓ 2·0.3) with equal weight, and nothing else.
  const known = (Math.cos(2 * (-0.7 + 0.3) * 2) + Math.cos(2 * (-0.7 - 0.3) * 2)) / 2;
  expect(one[0]).toBeCloseTo(known, 12);
});

test.each([1, 2, 4] as const)('order %i loses that many powers of the step', (order) => {
  const at = (steps: number, by: Order) =>
    dynamicsOf({
      problem: quench,
      settings: { time: 1, steps, order: by, observables: ['Z0*Z1', 'X2'] },
    }).observables.map(({ values }) => values.at(-1) ?? Number.NaN);
  const known = at(100, 4);
  const off = (steps: number) =>
    Math.hypot(...at(steps, order).map((value, k) => value - (known[k] ?? Number.NaN)));
  const power = Math.log2(off(4) / off(8));
  // An observable may lose less than the state does: never less than said.
  expect(power).toBeGreaterThan(order - 0.3);
  expect(off(8)).toBeLessThan([0, 0.1, 0.02, 0, 3e-4][order] ?? 0);
});

test('energy is kept, and a quench leaves its start', () => {
  const energy = '-1*Z0*Z1 - Z1*Z2 - Z2*Z3 - Z3*Z0 - 0.8*X0 - 0.8*X1 - 0.8*X2 - 0.8*X3';
  const settings = { time: 2, steps: 20, order: 4, observables: [energy, 'Z0'] };
  const { observables } = dynamicsOf({ problem: quench, settings });
  for (const value of observables[0]?.values ?? []) expect(value).toBeCloseTo(-4, 4);
  expect(observables[1]?.values[0]).toBe(1);
  expect(Math.min(...(observables[1]?.values ?? []))).toBeLessThan(0.7);
});

test('steps that follow each other share the turns at their border', () => {
  const { sum } = hamiltonianOf('Z0*Z1 + X0 + X1', 2);
  const twoQubit = (steps: number) =>
    evolution(sum, 1, { steps, order: 2 }).filter(({ gate }) => gate === 'rzz').length;
  expect([1, 2, 10].map(twoQubit)).toEqual([2, 3, 11]);
});

test('the order 3 and an observable that is none are refused at their place', () => {
  const spec = { algorithm: 'trotter', problem: quench };
  const third = jobEngine.validate({ ...spec, settings: { order: 3 } });
  expect(third.ok ? [] : third.error.map(({ path }) => path)).toEqual(['settings.order']);
  expect(() => dynamicsOf({ ...spec, settings: { observables: ['Q'] } })).toThrow();
  expect(() => dynamicsOf({ ...spec, settings: { initialState: '01' } })).toThrow(/has 2 letters/);
});

test('the reading has a line for each observable, with a band where it was sampled', () => {
  const result = runSpec({
    algorithm: 'trotter',
    problem: quench,
    settings: { steps: 3 },
    shots: 100,
  }).result;
  const [figure] = readingOf(result)?.figures ?? [];
  if (figure?.kind !== 'lines') throw new Error('no lines');
  expect(figure.lines.map(({ name }) => name)).toEqual(['Z0', 'Z1', 'Z2', 'Z3']);
  expect(figure.lines.every(({ x, low, high }) => x.length === 4 && low && high)).toBe(true);
});

describe('one spec runs on every backend by changing its name', () => {
  const noise = { rules: [{ channel: 'depolarizing', p: 0.001, on: '2q' }], readout: [] };
  const zne = { technique: 'zne', scaleFactors: [1, 3], extrapolation: 'linear' };
  const settings = { time: 0.6, steps: 3, observables: ['Z0*Z1', 'X0'] };
  const exact = dynamicsOf({ problem: quench, settings });
  test.each([
    ['statevector', null, {}],
    ['mps', null, {}],
    ['pauli', null, {}],
    ['simulator', 2000, {}],
    ['mps', 1000, {}],
    ['density', null, { noise }],
    ['density', null, { noise, mitigation: [zne] }],
    ['pauli', null, { noise }],
    ['trajectories', 1000, { noise }],
    ['ibm-torino', 1000, {}],
  ] as const)('%s with shots %s and %o', (backend, shots, more) => {
    const { observables } = dynamicsOf({ problem: quench, settings, backend, shots, ...more });
    observables.forEach(({ values, stderrs }, j) => {
      values.forEach((value, k) => {
        const known = exact.observables[j]?.values[k] ?? Number.NaN;
        expect(Math.abs(value - known)).toBeLessThan(0.25);
        if (shots === null) expect(stderrs[k]).toBeLessThan(1e-6);
      });
    });
  });
});

describe('qDRIFT', () => {
  const settings = { time: 1, steps: 2, observables: ['Z0*Z1', 'X2'] };
  const driftOf = (more: object, seed = 3) =>
    dynamicsOf({ algorithm: 'qdrift', problem: quench, settings: { ...settings, ...more }, seed });

  test('comes as near as it says, with an error that its circuits tell', () => {
    const known = dynamicsOf({ problem: quench, settings: { ...settings, steps: 50, order: 4 } });
    const { observables, times } = driftOf({ gates: 80, circuits: 20 });
    expect(times).toEqual([0, 0.5, 1]);
    observables.forEach(({ values, stderrs }, j) => {
      // 2λ²t²/N with λ = 7.2 and 160 gates bounds the bias; it is far smaller here.
      const off = Math.abs((values[2] ?? 0) - (known.observables[j]?.values.at(-1) ?? 0));
      expect(stderrs[2]).toBeGreaterThan(0);
      expect(off).toBeLessThan(5 * (stderrs[2] ?? 0) + 0.05);
    });
  });

  test('draws by the seed, as many gates as it was told', () => {
    expect(driftOf({ gates: 10, circuits: 3 })).toEqual(driftOf({ gates: 10, circuits: 3 }));
    expect(driftOf({ gates: 10, circuits: 3 })).not.toEqual(driftOf({ gates: 10, circuits: 3 }, 4));
    const { gateCounts } = driftOf({ gates: 10, circuits: 2 });
    expect(Object.values(gateCounts).reduce((sum, one) => sum + one, 0)).toBe(20);
  });

  test('turns exactly under a single term', () => {
    const problem = { kind: 'hamiltonian', qubits: 1, terms: [['X', -0.5]] };
    const { observables } = dynamicsOf({
      algorithm: 'qdrift',
      problem,
      settings: { time: 2, steps: 4, observables: ['Y0'] },
    });
    [0, 0.5, 1, 1.5, 2].forEach((t, k) =>
      expect(observables[0]?.values[k]).toBeCloseTo(Math.sin(t), 12),
    );
  });
});
