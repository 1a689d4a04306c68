import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import {
  meanOnGrid,
  gridProbabilities,
  type PayoffProblem,
} from '#shared/problems/views/payoff.ts';
import { amplified, oracleOf } from '#engine/estimation/oracle.ts';
import { prepareDistribution } from '#engine/estimation/prepare-distribution.ts';
import { uniformRotation } from '#engine/estimation/uniform-rotation.ts';
import { referenceState } from '#test/support/reference-simulator.ts';

/** A grid of random weights, some of them 0. */
function randomProblem(sizes: readonly number[], seed: number): PayoffProblem {
  const rng = rngOf(seed, 1);
  const factors = sizes.map((qubits) => {
    const weights = Float64Array.from({ length: 2 ** qubits }, () =>
      rng.uniform() < 0.2 ? 0 : rng.uniform(),
    );
    weights[0] = (weights[0] as number) + 0.1;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { qubits, probabilities: weights.map((weight) => weight / total) };
  });
  const points = sizes.reduce((product, qubits) => product * 2 ** qubits, 1);
  const payoff = Float64Array.from({ length: points }, () => rng.uniform());
  return {
    factors,
    payoff,
    underlying: { title: 'Value', values: payoff },
    discountFactor: 1,
    slope: null,
    closedForm: null,
    tail: null,
  };
}

const shapes: readonly (readonly number[])[] = [[1], [2], [3], [4], [1, 2], [2, 1, 1]];

test.each([1, 2, 3, 4])(
  'a distribution on %i qubits is prepared with real amplitudes',
  (qubits) => {
    const [factor] = randomProblem([qubits], qubits).factors;
    if (factor === undefined) throw new Error('no factor');
    const state = referenceState(circuitOf(qubits, prepareDistribution(factor, 0)));
    state.forEach(({ re, im }, x) => {
      expect(re).toBeCloseTo(Math.sqrt(factor.probabilities[x] as number), 12);
      expect(im).toBeCloseTo(0, 12);
    });
  },
);

test.each([0, 1, 2, 3])('each of the rotations behind %i controls is the one of its word', (n) => {
  const rng = rngOf(3, n);
  const angles = Float64Array.from({ length: 2 ** n }, () => 7 * rng.uniform() - 3);
  const controls = Array.from({ length: n }, (_, i) => i);
  angles.forEach((angle, word) => {
    const flips = controls
      .filter((i) => ((word >> i) & 1) === 1)
      .map((qubit) => ({ kind: 'gate', gate: 'x', qubits: [qubit], parameters: [] }) as const);
    const state = referenceState(
      circuitOf(n + 1, [...flips, ...uniformRotation(angles, controls, n)]),
    );
    expect(state[word]?.re).toBeCloseTo(Math.cos(angle / 2), 12);
    expect(state[word + 2 ** n]?.re).toBeCloseTo(Math.sin(angle / 2), 12);
  });
});

test.each(shapes)('powers of the Grover operator turn the state by 2θ, on %j', (...sizes) => {
  const problem = randomProblem(sizes, 7);
  const mean = meanOnGrid(problem, problem.payoff);
  const theta = Math.asin(Math.sqrt(mean));
  const oracle = oracleOf(problem, problem.payoff);
  expect(gridProbabilities(problem).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  for (const power of [0, 1, 2, 5]) {
    const found = oneOf(amplified(oracle, power, false), oracle.qubits);
    expect(found).toBeCloseTo(Math.sin((2 * power + 1) * theta) ** 2, 10);
  }
});

/** The probability that the last qubit is 1. */
function oneOf(circuit: Parameters<typeof referenceState>[0], qubits: number): number {
  return referenceState(circuit)
    .slice(2 ** (qubits - 1))
    .reduce((sum, { re, im }) => sum + re * re + im * im, 0);
}
