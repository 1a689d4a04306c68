import { expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { fubiniStudyMetric } from '#engine/gradients/fubini-study.ts';
import { innerProduct } from '#engine/simulators/amplitudes.ts';
import { statevector } from '#engine/simulators/dense.ts';
import { compileCircuit, namedRow, runCompiled } from '#engine/simulators/evaluator.ts';
import type { Statevector } from '#engine/simulators/statevector.ts';
import { parametrisedCircuit } from '#test/support/parametrised-circuits.ts';

const cancel = new CancelFlag();

/** −½ ∂ᵢ∂ⱼ|⟨ψ(θ)|ψ(θ + x)⟩|² by differences, the definition of the metric. */
function metricByDifferences(circuit: Circuit, at: readonly number[]): number[] {
  const compiled = compileCircuit(circuit, true);
  const state = (point: readonly number[]) => {
    const bindings = namedRow(compiled.parameterNames, Float64Array.from(point), 0);
    return (runCompiled(compiled, bindings, statevector, null, cancel) as Statevector).state;
  };
  const here = state(at);
  const fidelity = (moves: readonly (readonly [number, number])[]) => {
    const point = [...at];
    for (const [k, by] of moves) point[k] = (point[k] as number) + by;
    const { re, im } = innerProduct(here, state(point));
    return re * re + im * im;
  };
  const h = 1e-3;
  return at.flatMap((_, i) =>
    at.map((__, j) => {
      const mixed = (a: number, b: number) =>
        fidelity([
          [i, a * h],
          [j, b * h],
        ]);
      return -(mixed(1, 1) - mixed(1, -1) - mixed(-1, 1) + mixed(-1, -1)) / (8 * h * h);
    }),
  );
}

const metric = (
  circuit: Circuit,
  at: readonly number[],
  shape: 'full' | 'block-diagonal' | 'diagonal',
) => {
  const compiled = compileCircuit(circuit, true);
  const bindings = namedRow(compiled.parameterNames, Float64Array.from(at), 0);
  return [...fubiniStudyMetric(compiled, bindings, shape, cancel)];
};

test('the metric is the second derivative of the fidelity on random circuits', () => {
  for (let seed = 0; seed < 8; seed++) {
    const circuit = parametrisedCircuit(seed, 3 + (seed % 2));
    const at = [0.4 + seed / 9, -0.6];
    const expected = metricByDifferences(circuit, at);
    metric(circuit, at, 'full').forEach((entry, k) => {
      expect(Math.abs(entry - (expected[k] as number))).toBeLessThan(2e-4 * (1 + Math.abs(entry)));
    });
  }
});

/** Two layers of two qubits, each angle a parameter of its own. */
const layered: Circuit = {
  ...circuitOf(2, [
    gate('ry', [0], [parameterOf('a')]),
    gate('ry', [1], [parameterOf('b')]),
    gate('cx', [0, 1]),
    gate('rz', [0], [parameterOf('c')]),
    gate('rx', [1], [parameterOf('d')]),
  ]),
  parameters: ['a', 'b', 'c', 'd'].map((name) => ({ name, value: null })),
};

test('one rotation has the metric of its generator’s variance', () => {
  const [a, b, c, d] = [0.7, -0.4, 0.3, 1.1];
  const full = metric(layered, [a, b, c, d], 'full');
  // ¼·Var: Y on |0⟩ has variance 1, Z on qubit 0 has 1 − ⟨Z0⟩² = sin²a.
  expect(full[0]).toBeCloseTo(1 / 4, 12);
  expect(full[5]).toBeCloseTo(1 / 4, 12);
  expect(full[10]).toBeCloseTo(Math.sin(a) ** 2 / 4, 12);
});

test('block-diagonal and diagonal metrics are the full one with the other entries left out', () => {
  const at = [0.7, -0.4, 0.3, 1.1];
  const full = metric(layered, at, 'full');
  const layerOf = [0, 0, 1, 1];
  metric(layered, at, 'block-diagonal').forEach((entry, k) => {
    const [i, j] = [Math.floor(k / 4), k % 4];
    expect(entry).toBeCloseTo(layerOf[i] === layerOf[j] ? (full[k] as number) : 0, 12);
  });
  metric(layered, at, 'diagonal').forEach((entry, k) => {
    expect(entry).toBeCloseTo(k % 5 === 0 ? (full[k] as number) : 0, 12);
  });
});
