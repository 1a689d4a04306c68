import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';

/** A barrier, which keeps compilers from joining what stands on its two sides. */
export function fence(qubits: readonly number[]): Operation {
  return { kind: 'barrier', qubits };
}

/** So many steps of idling between barriers. */
export function idle(qubit: number, steps: number): readonly Operation[] {
  return [fence([qubit]), { ...gate('id', [qubit]), power: steps }, fence([qubit])];
}
