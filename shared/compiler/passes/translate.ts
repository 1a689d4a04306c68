import type { GateOperation, Operation } from '../../circuit/circuit.ts';
import { type Entanglers, entanglersOf, inInteractions } from '../entanglers.ts';
import { rewriting } from '../pass.ts';
import type { Target } from '../target.ts';

/** Gates on two qubits in the target's own interaction, in its own direction; one-qubit gates stay. */
export const translate = rewriting(
  'translate',
  'Translate interactions',
  'Writes gates on two qubits in the native interaction and direction, by as few uses as they need (Shende, Bullock and Markov 2004).',
  (circuit, { target }) => {
    if (target.basis === null) return circuit;
    const entanglers = entanglersOf(target.basis);
    const known = new Map<string, readonly GateOperation[]>();
    const operations = circuit.operations.flatMap((one) =>
      translated(one, entanglers, target, known),
    );
    return { ...circuit, operations };
  },
);

function translated(
  operation: Operation,
  entanglers: Entanglers,
  target: Target,
  known: Map<string, readonly GateOperation[]>,
): readonly Operation[] {
  if (operation.kind === 'if') {
    const each = (inner: readonly Operation[]) =>
      inner.flatMap((one) => translated(one, entanglers, target, known));
    return [{ ...operation, body: each(operation.body), otherwise: each(operation.otherwise) }];
  }
  if (operation.kind !== 'gate' || operation.qubits.length !== 2) return [operation];
  const { gate, parameters, qubits } = operation;
  const [a, b] = qubits as [number, number];
  const ways = `${target.isForward(a, b)} ${target.isForward(b, a)}`;
  const key = `${gate} ${ways} ${JSON.stringify(parameters)}`;
  const isForward = (x: number, y: number): boolean =>
    target.isForward(qubits[x] as number, qubits[y] as number);
  const made =
    known.get(key) ?? inInteractions({ ...operation, qubits: [0, 1] }, entanglers, isForward);
  known.set(key, made);
  return made.map((one) => ({
    ...one,
    qubits: one.qubits.map((place) => qubits[place] as number),
  }));
}
