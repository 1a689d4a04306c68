import { type GateOperation, type Operation, qubitsOf } from '../../circuit/circuit.ts';
import { parametersIn } from '../../circuit/expression.ts';
import { matrixOfCall } from '../../circuit/unitary.ts';
import { distanceUpToPhase, identity, multiplyMatrices, permuteBits } from '../../math/matrix.ts';
import { type Axes, axesOf } from '../axes.ts';
import { addedRotations } from '../one-qubit.ts';
import { rewriting } from '../pass.ts';

/** Gates that undo each other, and rotations of one kind added up, also past gates that commute with them. Idempotent. */
export const cancelInverses = rewriting(
  'cancel-inverses',
  'Cancel inverses',
  'Takes out gates that undo earlier ones on the same qubits, and adds up rotations of one kind, past all that they commute with.',
  (circuit) => {
    // Own gates are opaque here: their matrices are not asked for.
    const own = new Set(circuit.definitions.map(({ name }) => name));
    return { ...circuit, operations: cancelled(circuit.operations, own) };
  },
);

/** So many operations are looked past on a qubit; more are hardly ever of use. */
const farthest = 64;

function cancelled(operations: readonly Operation[], own: ReadonlySet<string>): Operation[] {
  const kept: (Operation | null)[] = [];
  /** Places in `kept` of what still stands on each qubit, in order. */
  const stacks = new Map<number, number[]>();
  const stackOf = (qubit: number): number[] => {
    const known = stacks.get(qubit) ?? [];
    stacks.set(qubit, known);
    return known;
  };
  const add = (operation: Operation): void => {
    const place = kept.push(operation) - 1;
    for (const qubit of qubitsOf(operation)) stackOf(qubit).push(place);
  };
  /** Whether a gate can be brought back on a qubit to right behind what stands at `place`. */
  const passes = (call: GateOperation, qubit: number, place: number): boolean => {
    const stack = stackOf(qubit);
    for (let k = stack.length - 1; k >= 0 && k >= stack.length - farthest; k--) {
      const at = stack[k] as number;
      if (at === place) return true;
      if ((axesAt(kept[at] ?? null, qubit, own) & axesAt(call, qubit, own)) === 0) return false;
    }
    return false;
  };
  /** The nearest gate before `call` with which it makes less, past all that it commutes with. */
  const partnerOf = (call: GateOperation) => {
    const qubits = qubitsOf(call);
    const [first] = qubits;
    const stack = first === undefined ? [] : stackOf(first);
    for (let k = stack.length - 1; k >= 0 && k >= stack.length - farthest; k--) {
      const place = stack[k] as number;
      const one = kept[place] ?? null;
      const made = one?.kind === 'gate' ? joined(one, call, own) : null;
      if (made !== null && qubits.every((qubit) => passes(call, qubit, place))) {
        return { place, made, qubits };
      }
      const shared = axesAt(one, first as number, own) & axesAt(call, first as number, own);
      if (shared === 0) return null;
    }
    return null;
  };
  for (const operation of operations) {
    if (operation.kind === 'if') {
      const body = cancelled(operation.body, own);
      add({ ...operation, body, otherwise: cancelled(operation.otherwise, own) });
      continue;
    }
    const partner = operation.kind === 'gate' ? partnerOf(operation) : null;
    if (partner === null) {
      add(operation);
      continue;
    }
    const { place, made, qubits } = partner;
    const [only = null] = made;
    kept[place] = only;
    if (only !== null) continue;
    for (const qubit of qubits) {
      const stack = stackOf(qubit);
      stack.splice(stack.lastIndexOf(place), 1);
    }
  }
  return kept.filter((one) => one !== null);
}

/** Letters with which an operation commutes on a qubit; none where that is not known. */
function axesAt(one: Operation | null, qubit: number, own: ReadonlySet<string>): Axes {
  if (one?.kind !== 'gate' || !isBare(one, own)) return 0;
  return axesOf(one)[one.qubits.indexOf(qubit)] ?? 0;
}

function isBare(one: GateOperation, own: ReadonlySet<string>): boolean {
  return (one.controls ?? []).length === 0 && (one.power ?? 1) === 1 && !own.has(one.gate);
}

const added: ReadonlySet<string> = new Set('cp crx cry crz p rx rxx ry ryy rz rzz'.split(' '));
const exchangeable: ReadonlySet<string> = new Set('cp rxx ryy rzz'.split(' '));

/** What two gates on the same qubits are together, one or none; null where they stay two. */
function joined(
  first: GateOperation,
  second: GateOperation,
  own: ReadonlySet<string>,
): GateOperation[] | null {
  const [wires, others] = [qubitsOf(first), qubitsOf(second)];
  if (wires.length !== others.length || wires.length > 2 || wires.length === 0) return null;
  if (!isBare(first, own) || !isBare(second, own)) return null;
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
