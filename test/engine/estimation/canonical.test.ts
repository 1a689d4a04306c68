import { expect, test } from 'vitest';
import { gate } from '#shared/circuit/build.ts';
import { meanOnGrid, type PayoffProblem } from '#shared/problems/views/payoff.ts';
import type { EstimationResult } from '#shared/results/kinds/estimation.ts';
import { phaseCircuit, phaseDistribution } from '#engine/estimation/canonical.ts';
import { groverOf, oracleOf } from '#engine/estimation/oracle.ts';
import { referenceState } from '#test/support/reference-simulator.ts';
import { runSpec } from '#test/support/run-spec.ts';

/** What the phase register of the circuit itself is read as, y and 2^m − y added up. */
function readSteps(circuit: Parameters<typeof referenceState>[0], below: number, bits: number) {
  const size = 2 ** bits;
  const steps = new Float64Array(size / 2 + 1);
  const unmeasured = { ...circuit, operations: circuit.operations.slice(0, -bits) };
  referenceState(unmeasured).forEach(({ re, im }, index) => {
    const y = index >> below;
    const step = Math.min(y, size - y);
    steps[step] = (steps[step] ?? 0) + re * re + im * im;
  });
  return steps;
}

test('a Bernoulli variable of 0.2 is read as published', () => {
  // The tutorial of Qiskit Finance on amplitude estimation, three bits.
  const published = [0.0225792, 0.9065420129, 0.050176, 0.015057987, 0.0056448];
  const prepare = [gate('ry', [0], [2 * Math.asin(Math.sqrt(0.2))])];
  const oracle = { qubits: 1, prepare, grover: groverOf(prepare, 0) };
  const measured = readSteps(phaseCircuit(oracle, 3), 1, 3);
  const drawn = phaseDistribution(Math.asin(Math.sqrt(0.2)), 3);
  published.forEach((p, y) => {
    expect(measured[y]).toBeCloseTo(p, 8);
    expect(drawn[y]).toBeCloseTo(p, 8);
  });
});

test('the register is distributed as the angle alone says, at every angle', () => {
  const payoffs = [Float64Array.of(0, 1), Float64Array.of(0.5, 0.5), Float64Array.of(0.9, 0.4)];
  for (const payoff of payoffs) {
    const problem: PayoffProblem = {
      factors: [{ qubits: 1, probabilities: Float64Array.of(0.3, 0.7) }],
      payoff,
      underlying: { title: 'Value', values: payoff },
      discountFactor: 1,
      slope: null,
      closedForm: null,
      tail: null,
    };
    const oracle = oracleOf(problem, payoff);
    const drawn = phaseDistribution(Math.asin(Math.sqrt(meanOnGrid(problem, payoff))), 4);
    const measured = readSteps(phaseCircuit(oracle, 4), oracle.qubits, 4);
    drawn.forEach((p, y) => expect(measured[y]).toBeCloseTo(p, 10));
    expect(drawn.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  }
  for (const angle of [0, Math.PI / 4, Math.PI / 2]) {
    expect(phaseDistribution(angle, 3).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  }
});

test('what is exact needs one circuit, and reaches precisions that circuits do not', () => {
  const problem = {
    kind: 'european-call',
    spot: 2,
    strike: 1.896,
    rate: 0.05,
    volatility: 0.4,
    maturityYears: 40 / 365,
    qubits: 8,
  };
  const settings = { epsilon: 1e-4, alpha: 0.01 };
  const spec = { algorithm: 'amplitude-estimation', problem, settings, seed: 2 };
  const { result } = runSpec(spec);
  const { confidenceInterval, exact, circuits } = result as EstimationResult;
  // One for the payoff and one for the delta.
  expect(circuits).toBe(2);
  expect(confidenceInterval[0]).toBeLessThanOrEqual(exact.grid);
  expect(confidenceInterval[1]).toBeGreaterThanOrEqual(exact.grid);
});

test('noise and shots reach the circuit of the phase itself', () => {
  const problem = {
    kind: 'european-call',
    spot: 1,
    strike: 2,
    rate: 0.5,
    volatility: 1,
    maturityYears: 1,
    qubits: 1,
    bounds: [1, 3],
  };
  const settings = { epsilon: 0.3, alpha: 0.1 };
  const spec = { algorithm: 'amplitude-estimation', problem, settings, seed: 2 };
  const gatesOf = (more: object) => {
    const { result } = runSpec({ ...spec, ...more });
    return (result as EstimationResult).gates;
  };
  const noise = { rules: [{ on: '2q', channel: 'depolarizing', p: 0.01 }] };
  expect(gatesOf({ shots: 100 })).toBeGreaterThan(10 * gatesOf({}));
  expect(gatesOf({ noise })).toBeGreaterThan(10 * gatesOf({}));
});
