import { AppError } from '#shared/base/errors.ts';
import {
  type Circuit,
  type GateOperation,
  type Operation,
  qubitsOf,
} from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { gateById } from '#shared/gates/registry.ts';

const mostOperations = 1_000_000;

/** What a circuit does before it is read: its gates, and which qubit each bit reads at the end. */
export interface UnitaryPart {
  readonly gates: readonly GateOperation[];
  readonly reads: ReadonlyMap<number, number>;
}

/**
 * Takes measurements off the end of a circuit. Anything else that is no gate is `unsupported`: two programs
 * that measure on their way are not told apart by a matrix.
 */
export function unitaryPart(circuit: Circuit, name: string): UnitaryPart {
  const gates: GateOperation[] = [];
  const reads = new Map<number, number>();
  const read = new Set<number>();
  for (const operation of flattenOperations(circuit, mostOperations)) {
    if (isIdle(operation)) continue;
    if (operation.kind === 'measure') {
      read.add(operation.qubit);
      if (operation.bit !== null) reads.set(operation.bit, operation.qubit);
      continue;
    }
    const isLate = qubitsOf(operation).some((qubit) => read.has(qubit));
    if (operation.kind !== 'gate' || isLate) {
      const what = isLate ? 'acts on a qubit after it was measured' : `has a ${operation.kind}`;
      throw new AppError(
        'unsupported',
        `${name} ${what}: only circuits of gates with measurements at their end are compared.`,
        { circuit: name },
      );
    }
    if (gateById(operation.gate) === null) {
      throw new AppError(
        'unsupported',
        `${name} raises its own gate “${operation.gate}” to a power that is no whole number; write it out.`,
        { circuit: name },
      );
    }
    gates.push(operation);
  }
  return { gates, reads };
}

function isIdle(operation: Operation): boolean {
  return (
    operation.kind === 'barrier' || (operation.kind === 'opaque' && operation.isInert === true)
  );
}
