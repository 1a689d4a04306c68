import type { Rng } from '#shared/base/rng.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation } from '#shared/circuit/circuit.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { distanceUpToPhase } from '#shared/math/matrix.ts';

/** A circuit with one gate left out, doubled, moved to other qubits or turned a little further. */
export function mutantOf(circuit: Circuit, rng: Rng): Circuit {
  const at = rng.below(circuit.operations.length);
  const one = circuit.operations[at] as GateOperation;
  const rest = circuit.operations;
  const changed = [
    () => rest.toSpliced(at, 1),
    () => rest.toSpliced(at, 0, one),
    () => rest.with(at, { ...one, qubits: one.qubits.toReversed() }),
    () => rest.toSpliced(at, 0, gate('rz', [one.qubits[0] as number], [0.01 + rng.uniform()])),
    () => rest.toSpliced(at, 0, gate('x', [one.qubits[0] as number])),
  ][rng.below(5)] as () => Circuit['operations'];
  return { ...circuit, operations: changed() };
}

/** Whether matrices say that they are the same up to a phase. */
export function areSame(first: Circuit, second: Circuit): boolean {
  return distanceUpToPhase(unitaryOf(first), unitaryOf(second)) < 1e-6;
}
