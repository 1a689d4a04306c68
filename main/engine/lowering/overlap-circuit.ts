import { type Circuit, type GateOperation, qubitCountOf } from '#shared/circuit/circuit.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import { parameterOf, substitute } from '#shared/circuit/expression.ts';
import { operationLimit } from '../simulators/lowering.ts';

/**
 * Prepares the state at one row and undoes that at another (compute-uncompute, Havlíček et al.,
 * arXiv:1804.11326): all zeros comes with probability |⟨φ(b)|φ(a)⟩|². The parameters are those of the
 * circuit for a, then those for b.
 */
export function overlapCircuit(circuit: Circuit): Circuit {
  const names = circuit.parameters.map(({ name }) => name);
  const gates = flattenOperations(circuit, operationLimit).filter(
    (one): one is GateOperation => one.kind === 'gate',
  );
  const renamed =
    (side: 'a' | 'b') =>
    (one: GateOperation): GateOperation => ({
      ...one,
      parameters: one.parameters.map((angle) =>
        substitute(angle, (name) => parameterOf(`${side}_${names.indexOf(name)}`)),
      ),
    });
  return {
    ...circuitOf(qubitCountOf(circuit), [
      ...gates.map(renamed('a')),
      ...inverseOf(gates).map(renamed('b')),
    ]),
    parameters: (['a', 'b'] as const).flatMap((side) =>
      names.map((_, k) => ({ name: `${side}_${k}`, value: null })),
    ),
  };
}
