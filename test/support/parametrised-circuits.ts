import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation } from '#shared/circuit/circuit.ts';
import { type Expression, parameterOf } from '#shared/circuit/expression.ts';
import type { Gate } from '#shared/gates/gate.ts';
import { gates } from '#shared/gates/registry.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { Ask, Program } from '#engine/programs/program.ts';

const number = (value: number): Expression => ({ kind: 'number', value });
const times = (left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator: '*',
  left,
  right,
});

/** Shared, scaled and multiplied parameters. */
const angles: readonly Expression[] = [
  parameterOf('a'),
  times(number(2), parameterOf('b')),
  times(parameterOf('a'), parameterOf('b')),
  { kind: 'call', name: 'sin', arguments: [parameterOf('b')] },
];

/** Wires in order from `from` on, round the circle. */
function wires(count: number, from: number, qubits: number): number[] {
  return Array.from({ length: count }, (_, k) => (k + from) % qubits);
}

/**
 * Every parametrised gate of the registry at least once in turn over seeds, between fixed gates; some
 * calls have a further control (0 or 1), an inverse or a power. Its parameters are a and b.
 */
export function parametrisedCircuit(seed: number, qubits: number): Circuit {
  const rng = rngOf(seed, 77);
  const open = gates.filter((one) => one.parameterNames.length > 0 && one.qubitCount <= qubits);
  const closed = gates.filter((one) => one.parameterNames.length === 0 && one.qubitCount <= qubits);
  const operations = Array.from({ length: 12 }, (_, i): GateOperation => {
    const chosen = (
      i % 2 === 0 ? open[(6 * seed + i / 2) % open.length] : closed[rng.below(closed.length)]
    ) as Gate;
    const call = gate(
      chosen.id,
      wires(chosen.qubitCount, i, qubits),
      chosen.parameterNames.map(() => angles[rng.below(angles.length)] as Expression),
    );
    const free = (i + chosen.qubitCount) % qubits;
    const hasControl = chosen.qubitCount < qubits && rng.uniform() < 0.4;
    return {
      ...call,
      ...(hasControl ? { controls: [{ qubit: free, value: rng.uniform() < 0.5 ? 0 : 1 }] } : {}),
    };
  });
  return {
    ...circuitOf(qubits, operations),
    parameters: [
      { name: 'a', value: null },
      { name: 'b', value: null },
    ],
  };
}

/** Asks once for ⟨O⟩ and its gradient. */
export function* askGradient(
  circuit: Circuit,
  bindings: Float64Array,
  observable: Observable = {
    kind: 'pauli',
    sum: parseObservable('Z0*Z1 + 0.5*X2 - 0.3*Y0*X1', 3),
  },
): Program<{ value: number; gradient: Float64Array; errors: Float64Array | undefined }> {
  yield { kind: 'define', key: 'c', circuit, observables: [observable] };
  const ask: Ask = { kind: 'gradients', key: 'c', items: 1, bindings, observable: 0 };
  const answer = yield ask;
  if (answer.kind !== 'gradients') throw new Error('expected gradients');
  const { values, gradients, gradientErrors } = answer;
  return { value: values[0] as number, gradient: gradients, errors: gradientErrors };
}
