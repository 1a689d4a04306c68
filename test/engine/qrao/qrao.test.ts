import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import type { PauliFactor } from '#shared/observables/pauli.ts';
import { fromIsing, type IsingForm } from '#shared/problems/binary-problem.ts';
import { allValues } from '#shared/problems/binary-problem.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { encodingOf, magicBases, relaxedCost } from '#engine/qrao/encoding.ts';
import { runSpec } from '#test/support/run-spec.ts';

function randomIsing(spins: number, seed: number): IsingForm {
  const rng = rngOf(seed, 1);
  const J: [number, number, number][] = [];
  for (let i = 0; i < spins; i++) {
    for (let j = i + 1; j < spins; j++) if (rng.uniform() < 0.4) J.push([i, j, rng.normal()]);
  }
  return { offset: rng.normal(), h: Float64Array.from({ length: spins }, () => rng.normal()), J };
}

describe.each([1, 2, 3] as const)('the code of %i variables a qubit', (m) => {
  test('never puts coupled variables on one qubit, nor more than it holds', () => {
    for (let seed = 0; seed < 20; seed++) {
      const ising = randomIsing(9, seed);
      const { places, qubits } = encodingOf(ising, m);
      for (const [i, j] of ising.J) expect(places[i]?.qubit).not.toBe(places[j]?.qubit);
      const used = new Set(places.map(({ qubit, letter }) => `${qubit} ${letter}`));
      expect(used.size).toBe(9);
      expect(new Set(places.map(({ qubit }) => qubit)).size).toBe(qubits);
      expect(qubits).toBeGreaterThanOrEqual(9 / m);
    }
  });

  test('gives every assignment its cost as the mean in its code word', () => {
    const ising = randomIsing(6, 3);
    const encoding = encodingOf(ising, m);
    const { terms } = relaxedCost(ising, encoding);
    const values = allValues(fromIsing(ising));
    values.forEach((cost, index) => {
      const spinAt = ({ qubit, letter }: PauliFactor): number => {
        const spin = encoding.places.findIndex((at) => at.qubit === qubit && at.letter === letter);
        return 1 - 2 * ((index >> spin) & 1);
      };
      // A code word is a product state whose Bloch vector has the spins over √m along the letters.
      const mean = terms.reduce(
        (sum, { coefficient, factors }) =>
          sum + factors.reduce((w, one) => (w * spinAt(one)) / Math.sqrt(m), coefficient),
        0,
      );
      expect(mean).toBeCloseTo(cost, 10);
    });
  });

  test('has bases that turn their direction to Z', () => {
    const bases = magicBases(m);
    expect(bases).toHaveLength(2 ** (m - 1));
    for (const { signs, phi, theta } of bases) {
      let [x, y, z] = [signs.X ?? 0, signs.Y ?? 0, signs.Z ?? 0].map((s) => s / Math.sqrt(m)) as [
        number,
        number,
        number,
      ];
      [x, y] = [x * Math.cos(phi) - y * Math.sin(phi), x * Math.sin(phi) + y * Math.cos(phi)];
      [x, z] = [
        x * Math.cos(theta) + z * Math.sin(theta),
        z * Math.cos(theta) - x * Math.sin(theta),
      ];
      expect([x, y, z].map((one) => Math.round(1e9 * one) / 1e9 + 0)).toEqual([0, 0, 1]);
    }
  });
});

describe('random access optimisation', () => {
  // Two cubes side by side, one edge between them.
  const cube = [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [4, 5],
    [5, 6],
    [6, 7],
    [7, 4],
    [0, 4],
    [1, 5],
    [2, 6],
    [3, 7],
  ] as const;
  const edges = [...cube, ...cube.map(([u, v]) => [u + 8, v + 8] as const), [7, 8] as const];
  const problem = { kind: 'maxcut', nodes: 16, edges };

  function run(settings: object, more: object = {}): OptimisationResult {
    return runSpec({ algorithm: 'qrao', problem, settings, seed: 2, ...more })
      .result as OptimisationResult;
  }

  test.each([
    [1, 16],
    [2, 9],
    [3, 7],
  ])('with %i variables a qubit needs %i qubits and bounds the best cut', (m, qubits) => {
    const settings = {
      variablesPerQubit: m,
      ansatz: { id: 'efficient-su2', layers: 1 },
      optimizer: { id: 'lbfgsb', maxIterations: 60 },
    };
    const { relaxation, best, exact } = run(settings);
    expect(relaxation?.qubits).toBe(qubits);
    expect(exact?.value).toBe(25);
    expect(best?.value).toBeGreaterThanOrEqual(20);
    // Without sharing the relaxation is the problem itself, and no state is above its optimum.
    if (m === 1) expect(relaxation?.value).toBeLessThanOrEqual(25 + 1e-9);
  });

  test('rounds the signs of means to one assignment', () => {
    const { samples, best } = run({
      rounding: 'pauli',
      optimizer: { id: 'lbfgsb', maxIterations: 60 },
    });
    expect(samples).toHaveLength(1);
    expect(best?.value).toBeGreaterThanOrEqual(17);
  });

  test('magic rounding keeps a ninth of what the relaxation is above the mean', () => {
    const settings = { optimizer: { id: 'lbfgsb', maxIterations: 60 } };
    const result = run({ ...settings, samples: 20_000, bases: 1000 });
    // A decoded spin has a mean of 1/√3 of its letter's, which is √3 times less than in the relaxed cost.
    const mean = edges.length / 2;
    const relaxed = (result.relaxation?.value ?? Number.NaN) - mean;
    expect(Math.abs(result.expectation - mean - relaxed / 9)).toBeLessThan(0.15);
    expect(relaxed).toBeGreaterThan(5);
  });

  test('takes shots', () => {
    const { shots } = run({ optimizer: { id: 'spsa', maxIterations: 5 } }, { shots: 200 });
    expect(shots).toBeGreaterThan(200);
  });
});
