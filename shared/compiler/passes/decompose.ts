import { AppError } from '../../base/errors.ts';
import { type Operation, qubitsOf } from '../../circuit/circuit.ts';
import { gates } from '../../gates/registry.ts';
import { lowerFor } from '../lowering.ts';
import { noNotes } from '../notes.ts';
import { rewriting } from '../pass.ts';

/** Every gate of the registry on one or two qubits. */
const small: ReadonlySet<string> = new Set(
  gates.filter(({ qubitCount }) => qubitCount <= 2).map(({ id }) => id as string),
);

/** Own gates, powers, controls and gates on three or more qubits in gates on one and two. */
export const decompose = rewriting(
  'decompose',
  'Decompose',
  'Writes out own gates, controls, powers and gates on three or more qubits.',
  (circuit) => {
    requireKnown(circuit.operations);
    return {
      ...circuit,
      definitions: [],
      operations: lowerFor(circuit, { native: small, keepsIdling: true }, noNotes),
    };
  },
);

/** The same for gates on three or more qubits alone: own gates on one and two stay as they are. */
export const decomposeWide = rewriting(
  'decompose-wide',
  'Decompose wide gates',
  'Writes out gates on three or more qubits and keeps all others as they are.',
  (circuit) => {
    requireKnown(circuit.operations);
    const lower = (operation: Operation): readonly Operation[] => {
      if (operation.kind === 'if') {
        const body = operation.body.flatMap(lower);
        return [{ ...operation, body, otherwise: operation.otherwise.flatMap(lower) }];
      }
      if (operation.kind !== 'gate' || qubitsOf(operation).length <= 2) return [operation];
      return lowerFor({ ...circuit, operations: [operation] }, small, noNotes);
    };
    return { ...circuit, operations: circuit.operations.flatMap(lower) };
  },
);

function requireKnown(operations: readonly Operation[]): void {
  for (const one of operations) {
    if (one.kind === 'if') requireKnown([...one.body, ...one.otherwise]);
    if (one.kind !== 'opaque' || one.isInert === true) continue;
    throw new AppError(
      'unsupported',
      `“${one.label}” cannot be compiled: only the program's text holds it. Give it as gates, measurements and conditions.`,
      { label: one.label },
    );
  }
}
