import { expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { type Expression, parameterOf } from '#shared/circuit/expression.ts';
import { gates } from '#shared/gates/registry.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { qaoaCircuit } from '#engine/algorithms/qaoa-circuit.ts';
import { lowerGradients } from '#engine/gradients/lower-gradients.ts';
import { driveNow } from '#engine/programs/drive.ts';
import { compileCircuit } from '#engine/simulators/evaluator.ts';
import { LocalAnswerer } from '#engine/programs/local-answerer.ts';
import type { Ask, Program } from '#engine/programs/program.ts';

/** A random circuit in which every parametrised gate depends on a, b or both. */
function parametrised(seed: number, qubits: number): Circuit {
  const rng = rngOf(seed);
  const open = gates.filter((one) => one.parameterNames.length > 0 && one.qubitCount <= qubits);
  const closed = gates.filter((one) => one.parameterNames.length === 0 && one.qubitCount <= qubits);
  const angles: Expression[] = [
    parameterOf('a'),
    { kind: 'binary', operator: '*', left: { kind: 'number', value: 2 }, right: parameterOf('b') },
    { kind: 'binary', operator: '*', left: parameterOf('a'), right: parameterOf('b') },
  ];
  const operations = Array.from({ length: 20 }, (_, i) => {
    const from = i % 2 === 0 ? open : closed;
    const chosen = from[rng.below(from.length)] as (typeof gates)[number];
    const wires = Array.from({ length: chosen.qubitCount }, (__, k) => (k + i) % qubits);
    return gate(
      chosen.id,
      wires,
      chosen.parameterNames.map(() => angles[rng.below(angles.length)] as Expression),
    );
  });
  return {
    ...circuitOf(qubits, operations),
    parameters: [
      { name: 'a', value: null },
      { name: 'b', value: null },
    ],
  };
}

function* askGradient(
  circuit: Circuit,
  bindings: Float64Array,
): Program<{ value: number; gradient: number[] }> {
  const sum = parseObservable('Z0*Z1 + 0.5*X2 - 0.3*Y0*X1', 3);
  yield { kind: 'define', key: 'c', circuit, observables: [{ kind: 'pauli', sum }] };
  const answer = yield {
    kind: 'gradients',
    key: 'c',
    items: 1,
    bindings,
    observable: 0,
  } satisfies Ask;
  if (answer.kind !== 'gradients') throw new Error('expected gradients');
  return { value: answer.values[0] as number, gradient: [...answer.gradients] };
}

function* askValue(circuit: Circuit, bindings: Float64Array): Program<number> {
  const sum = parseObservable('Z0*Z1 + 0.5*X2 - 0.3*Y0*X1', 3);
  yield { kind: 'define', key: 'c', circuit, observables: [{ kind: 'pauli', sum }] };
  const answer = yield { kind: 'expectations', key: 'c', items: 1, bindings, observables: [0] };
  return answer.kind === 'expectations' ? (answer.values[0] as number) : Number.NaN;
}

const exact = () => new LocalAnswerer({ noise: null, shots: null, freeBytes: 2 ** 30 });
const context = { seed: 1, cancel: new CancelFlag() };

test('adjoint, parameter shift and finite differences agree on random circuits', () => {
  for (let seed = 0; seed < 25; seed++) {
    const circuit = parametrised(seed, 4 - (seed % 2));
    const at = Float64Array.of(0.37 + seed / 10, -0.81);
    const adjoint = driveNow(askGradient(circuit, at), exact(), context);
    const shifted = driveNow(lowerGradients(askGradient(circuit, at)), exact(), context);
    expect(shifted.value).toBeCloseTo(adjoint.value, 10);
    adjoint.gradient.forEach((g, k) => {
      expect(Math.abs(g - (shifted.gradient[k] as number))).toBeLessThan(1e-9);
      const moved = (by: number) => at.map((x, i) => (i === k ? x + by : x));
      const above = driveNow(askValue(circuit, moved(1e-5)), exact(), context);
      const below = driveNow(askValue(circuit, moved(-1e-5)), exact(), context);
      expect(Math.abs(g - (above - below) / 2e-5)).toBeLessThan(1e-6);
    });
  }
});

test('they agree where cost layers are merged into phases', () => {
  const rng = rngOf(5);
  const pairs = [0, 1, 2, 3, 4].flatMap((i) =>
    [0, 1, 2, 3, 4].filter((j) => j > i).map((j) => [i, j, rng.normal()] as const),
  );
  const ising = { offset: 0.3, h: Float64Array.from({ length: 5 }, () => rng.normal()), J: pairs };
  const shape = { layers: 2, mixer: 'x', initialState: 'uniform', cardinality: 0 } as const;
  const circuit = qaoaCircuit(ising, shape);
  expect(compileCircuit(circuit, false).steps.filter(({ kind }) => kind === 'phase')).toHaveLength(
    2,
  );
  const at = Float64Array.of(0.4, -0.7, 0.9, 0.3);
  const adjoint = driveNow(askGradient(circuit, at), exact(), context);
  const shifted = driveNow(lowerGradients(askGradient(circuit, at)), exact(), context);
  expect(shifted.value).toBeCloseTo(adjoint.value, 10);
  adjoint.gradient.forEach((g, k) =>
    expect(Math.abs(g - (shifted.gradient[k] as number))).toBeLessThan(1e-9),
  );
});
