import { AppError } from '../../base/errors.ts';
import { type GateOperation, type Operation, qubitsOf } from '../../circuit/circuit.ts';
import { parametersIn } from '../../circuit/expression.ts';
import { matrixOfCall } from '../../circuit/unitary.ts';
import { type Matrix, multiplyMatrices } from '../../math/matrix.ts';
import {
  addedRotations,
  isRotation,
  noStyle,
  openTurnOf,
  styleOf,
  turnOf,
  writtenMatrix,
  writtenTurn,
} from '../one-qubit.ts';
import { lowerFor } from '../lowering.ts';
import { noNotes } from '../notes.ts';
import { circuitOf } from '../../circuit/build.ts';
import { rewriting } from '../pass.ts';

/** Runs of one-qubit gates as one turn, in native gates. Idempotent. */
export const mergeOneQubit = rewriting(
  'merge-one-qubit',
  'Merge one-qubit gates',
  'Writes each run of one-qubit gates as one turn in native gates; open angles stay formulas.',
  (circuit, { target }) => {
    const native = target.basis ?? new Set(['u']);
    return { ...circuit, operations: merged(circuit.operations, native) };
  },
);

/** One-qubit gates that are not native, each by itself: what was written several times stays so. */
export const translateOneQubit = rewriting(
  'translate-one-qubit',
  'Translate one-qubit gates',
  'Writes each one-qubit gate that is not native in native gates, and merges none.',
  (circuit, { target }) => {
    const { basis } = target;
    if (basis === null) return circuit;
    const each = (operation: Operation): readonly Operation[] => {
      if (operation.kind === 'if') {
        const [body, otherwise] = [operation.body, operation.otherwise].map((all) =>
          all.flatMap(each),
        );
        return [{ ...operation, body: body ?? [], otherwise: otherwise ?? [] }];
      }
      if (operation.kind !== 'gate') return [operation];
      if (operation.gate === 'gphase') return [];
      const [qubit, second] = operation.qubits as [number, number | undefined];
      if (second !== undefined || basis.has(operation.gate)) return [operation];
      return written([operation], qubit, basis);
    };
    return { ...circuit, operations: circuit.operations.flatMap(each) };
  },
);

function merged(operations: readonly Operation[], native: ReadonlySet<string>): Operation[] {
  const result: Operation[] = [];
  const runs = new Map<number, GateOperation[]>();
  // Qubits whose last operation before the run was a barrier.
  const fenced = new Set<number>();
  const flush = (qubit: number, isBarrier: boolean): void => {
    const run = runs.get(qubit);
    runs.delete(qubit);
    if (run !== undefined) {
      // Identities between barriers were put there to idle.
      const idles = isBarrier && fenced.has(qubit) && native.has('id') && run.every(isIdentity);
      result.push(...(idles ? run : written(run, qubit, native)));
    }
    if (isBarrier) fenced.add(qubit);
    else fenced.delete(qubit);
  };
  for (const operation of operations) {
    if (operation.kind === 'gate' && qubitsOf(operation).length === 1) {
      const [qubit] = operation.qubits as [number];
      const run = runs.get(qubit);
      if (run === undefined) runs.set(qubit, [operation]);
      else run.push(operation);
      continue;
    }
    if (operation.kind === 'gate' && operation.gate === 'gphase') continue;
    for (const qubit of qubitsOf(operation)) flush(qubit, operation.kind === 'barrier');
    result.push(
      operation.kind === 'if'
        ? {
            ...operation,
            body: merged(operation.body, native),
            otherwise: merged(operation.otherwise, native),
          }
        : operation,
    );
  }
  for (const qubit of runs.keys()) flush(qubit, false);
  return result;
}

function isIdentity({ gate, controls = [] }: GateOperation): boolean {
  return gate === 'id' && controls.length === 0;
}

/** A run in native gates: as it is where it is no longer than what would be made of it. */
function written(
  run: readonly GateOperation[],
  qubit: number,
  native: ReadonlySet<string>,
): readonly GateOperation[] {
  const isNative = run.every(({ gate }) => native.has(gate));
  if (styleOf(native) === null) {
    // A finite set, such as Clifford gates and T, makes some gates only; each is looked up for itself.
    if (isNative) return run;
    return run.flatMap((one) => (native.has(one.gate) ? [one] : inFinite(one, qubit, native)));
  }
  const made = addedUp(piecesOf(run).flatMap((piece) => writtenPiece(piece, qubit, native)));
  return isNative && run.length <= made.length ? run : made;
}

function inFinite(
  call: GateOperation,
  qubit: number,
  native: ReadonlySet<string>,
): readonly GateOperation[] {
  if (call.parameters.length === 0) {
    const same = writtenSame(call, qubit, native);
    if (same !== null) return same;
  }
  try {
    return lowerFor(circuitOf(qubit + 1, [call]), native, noNotes) as readonly GateOperation[];
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'unsupported') throw noStyle(native);
    throw thrown;
  }
}

/** The one native gate that is the same up to phase, or none at all. */
function writtenSame(
  call: GateOperation,
  qubit: number,
  native: ReadonlySet<string>,
): readonly GateOperation[] | null {
  const finite = new Set([...native, 'u']);
  const made = writtenMatrix(matrixOfCall(call), qubit, finite);
  return made.every(({ gate }) => native.has(gate)) ? made : null;
}

/** Neighbours whose angles are known as one matrix; gates with an open angle by themselves. */
function piecesOf(run: readonly GateOperation[]): (Matrix | GateOperation)[] {
  const pieces: (Matrix | GateOperation)[] = [];
  for (const call of run) {
    if (call.parameters.some((one) => parametersIn(one).length > 0)) {
      pieces.push(call);
      continue;
    }
    const matrix = matrixOfCall(call);
    const last = pieces.at(-1);
    if (last !== undefined && 'size' in last) {
      pieces[pieces.length - 1] = multiplyMatrices(matrix, last);
    } else pieces.push(matrix);
  }
  return pieces;
}

function writtenPiece(
  piece: Matrix | GateOperation,
  qubit: number,
  native: ReadonlySet<string>,
): readonly GateOperation[] {
  if ('size' in piece) return writtenMatrix(piece, qubit, native);
  if (native.has(piece.gate)) return [piece];
  const turn = openTurnOf(piece);
  if (turn !== null) return writtenTurn(turn, qubit, native);
  const steps = lowerFor(circuitOf(qubit + 1, [piece]), new Set(['h', 'rz', 'u']), noNotes);
  return (steps as readonly GateOperation[]).flatMap((step) =>
    writtenTurn(openTurnOf(step) ?? turnOf(matrixOfCall(step)), qubit, native),
  );
}

/** Neighbouring rotations about one axis as one. */
function addedUp(calls: readonly GateOperation[]): GateOperation[] {
  const result: GateOperation[] = [];
  for (const call of calls) {
    const last = result.at(-1);
    if (last !== undefined && last.gate === call.gate && isRotation(call.gate)) {
      result.pop();
      result.push(...addedRotations(last, call));
    } else result.push(call);
  }
  return result;
}
