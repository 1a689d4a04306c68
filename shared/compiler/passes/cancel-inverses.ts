import { type GateOperation, type Operation, qubitsOf } from '../../circuit/circuit.ts';
import { parametersIn } from '../../circuit/expression.ts';
import { matrixOfCall } from '../../circuit/unitary.ts';
import { distanceUpToPhase, identity, multiplyMatrices, permuteBits } from '../../math/matrix.ts';
import { addedRotations } from '../one-qubit.ts';
import { rewriting } from '../pass.ts';

/** Neighbours that undo each other, and neighbouring rotations of one kind added up. Idempotent. */
export const cancelInverses = rewriting(
  'cancel-inverses',
  'Cancel inverses',
  'Takes out gates that undo the ones before them on the same qubits, and adds up rotations of one kind.',
  (circuit) => {
    // Own gates are opaque here: their matrices are not asked for.
    const own = new Set(circuit.definitions.map(({ name }) => name));
    return { ...circuit, operations: cancelled(circuit.operations, own) };
  },
);

function cancelled(operations: readonly Operation[], own: ReadonlySet<string>): Operation[] {
  const kept: (Operation | null)[] = [];
  /** Places in `kept` of what still stands on each qubit, in order. */
  const stacks = new Map<number, number[]>();
  const stackOf = (qubit: number): number[] => {
    const known = stacks.get(qubit) ?? [];
    stacks.set(qubit, known);
    return known;
  };
  const remove = (place: number, qubits: readonly number[]): void => {
    kept[place] = null;
    for (const qubit of qubits) stackOf(qubit).pop();
  };
  const add = (operation: Operation): void => {
    const place = kept.push(operation) - 1;
    for (const qubit of qubitsOf(operation)) stackOf(qubit).push(place);
  };
  for (const operation of operations) {
    if (operation.kind === 'if') {
      const body = cancelled(operation.body, own);
      add({ ...operation, body, otherwise: cancelled(operation.otherwise, own) });
      continue;
    }
    const qubits = qubitsOf(operation);
    const tops = new Set(qubits.map((qubit) => stackOf(qubit).at(-1)));
    const [top] = tops;
    const last = top === undefined || tops.size > 1 ? null : (kept[top] ?? null);
    const made =
      operation.kind === 'gate' && last?.kind === 'gate' && top !== undefined
        ? joined(last, operation, own)
        : null;
    if (made === null || top === undefined) add(operation);
    else {
      remove(top, qubits);
      made.forEach(add);
    }
  }
  return kept.filter((one) => one !== null);
}

const added: ReadonlySet<string> = new Set('cp crx cry crz p rx rxx ry ryy rz rzz'.split(' '));
const exchangeable: ReadonlySet<string> = new Set('cp rxx ryy rzz'.split(' '));

/** What two neighbours on the same qubits are together; null where they stay two. */
function joined(
  first: GateOperation,
  second: GateOperation,
  own: ReadonlySet<string>,
): GateOperation[] | null {
  const isBare = (one: GateOperation): boolean =>
    (one.controls ?? []).length === 0 && (one.power ?? 1) === 1 && !own.has(one.gate);
  const [wires, others] = [qubitsOf(first), qubitsOf(second)];
  if (wires.length !== others.length || wires.length > 2 || wires.length === 0) return null;
  if (!isBare(first) || !isBare(second)) return null;
  const isSame = wires.every((qubit, k) => qubit === others[k]);
  if (first.gate === second.gate && added.has(first.gate)) {
    if (isSame || exchangeable.has(first.gate)) return addedRotations(first, second);
  }
  const isOpen = [...first.parameters, ...second.parameters].some(
    (one) => parametersIn(one).length > 0,
  );
  if (isOpen) return null;
  const product = multiplyMatrices(placedMatrix(second, wires), placedMatrix(first, wires));
  return distanceUpToPhase(product, identity(product.size)) < 1e-10 ? [] : null;
}

function placedMatrix(call: GateOperation, wires: readonly number[]) {
  const matrix = matrixOfCall(call);
  const isTurned = call.qubits[0] !== wires[0];
  return isTurned ? permuteBits(matrix, [1, 0]) : matrix;
}
