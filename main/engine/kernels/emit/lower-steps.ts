import type { Matrix } from '#shared/math/matrix.ts';
import type { CircuitStep, GateStep, OpenStep } from '../gate-step.ts';
import { mergePairs } from '../merge-pairs.ts';
import { mergeParityPhases } from '../parity-phases.ts';
import { magnitude, type Pair } from './complex-pair.ts';
import type { KernelOperation, TwoByTwo } from './operation.ts';
import { OperationList } from './operation-list.ts';
import { adjointTwo, blockOf, isUnitaryTwo, multiplyTwo, spectrumOf } from './two-by-two.ts';

/** A circuit as operations, and the factor that every amplitude gets besides. */
export interface LoweredCircuit {
  readonly qubits: number;
  readonly operations: readonly KernelOperation[];
  readonly factor: Pair;
}

/**
 * Lowers a circuit; null where a step has no such form (an unstructured matrix on two or more qubits),
 * which the ahead-of-time kernels take. One-qubit gates, which need not be unitary, are merged. In a circuit that only ever starts
 * in |0…0⟩, whatever swaps two qubits up to phases only renames them: since |0…0⟩ looks the same under
 * any order, the names are chosen so that every qubit is in its own place at the end.
 */
export function lowerSteps(
  steps: readonly CircuitStep[],
  qubits: number,
  startsInZero = true,
): LoweredCircuit | null {
  const list = new OperationList(qubits, startsInZero);
  for (const one of mergePairs(mergeParityPhases(steps))) {
    if (one.kind === 'open') lowerOpen(list, one.step);
    else if (!lowerFixed(list, one.step)) return null;
  }
  return list.finish();
}

function lowerOpen(list: OperationList, { axis, targets, slot }: OpenStep): void {
  const [first, second] = targets as readonly [number, number];
  if (axis === 'zz') list.openZz(first, second, slot);
  else list.openTurn(axis, first, slot);
}

function lowerFixed(list: OperationList, step: GateStep): boolean {
  const { matrix, targets, controls } = step;
  if (matrix.size === 1) {
    list.phase(controls, Math.atan2(matrix.im[0] as number, matrix.re[0] as number));
    return true;
  }
  if (matrix.size === 2) {
    const turn = blockOf(matrix, 0, 1);
    if (controls.length > 0 && !isUnitaryTwo(turn)) return false;
    controlledTurn(list, controls, targets[0] as number, turn);
    return true;
  }
  if (isDiagonalMatrix(matrix)) return lowerDiagonal(list, step);
  if (matrix.size !== 4) return false;
  return lowerTwoQubit(list, step);
}

/** U where all controls are 1: in the basis of its eigenvectors only phases are left. */
function controlledTurn(
  list: OperationList,
  controls: readonly number[],
  target: number,
  turn: TwoByTwo,
): void {
  if (controls.length === 0) return list.turn(target, turn);
  const isPhase = turn[1].every((x) => x === 0) && turn[2].every((x) => x === 0);
  const { vectors, first, second } = isPhase
    ? { vectors: null, first: angleOf(turn[0]), second: angleOf(turn[3]) }
    : spectrumOf(turn);
  if (vectors !== null) list.turn(target, adjointTwo(vectors));
  list.phase(controls, first);
  list.phase([...controls, target], second - first);
  if (vectors !== null) list.turn(target, vectors);
}

function angleOf([re, im]: Pair): number {
  return Math.atan2(im, re);
}

function isDiagonalMatrix({ size, re, im }: Matrix): boolean {
  for (let i = 0; i < size * size; i++) {
    if (i % (size + 1) !== 0 && (re[i] !== 0 || im[i] !== 0)) return false;
  }
  return true;
}

/** Phases of subsets of the qubits whose sums give the phase of every entry (Möbius inversion). */
function lowerDiagonal(list: OperationList, { matrix, targets, controls }: GateStep): boolean {
  const { size } = matrix;
  const angles: number[] = [];
  for (let entry = 0; entry < size; entry++) {
    const at = entry * (size + 1);
    const value: Pair = [matrix.re[at] as number, matrix.im[at] as number];
    if (Math.abs(magnitude(value) - 1) > 1e-9) return false;
    angles.push(angleOf(value));
  }
  for (let bit = 1; bit < size; bit *= 2) {
    for (let entry = 0; entry < size; entry++) {
      if ((entry & bit) !== 0) {
        angles[entry] = (angles[entry] as number) - (angles[entry ^ bit] as number);
      }
    }
  }
  angles.forEach((angle, entry) => {
    const own = targets.filter((_, j) => ((entry >> j) & 1) === 1);
    list.phase([...controls, ...own], angle);
  });
  return true;
}

/** Entries outside the two diagonals. */
const offCross = [1, 2, 4, 7, 8, 11, 13, 14];

function lowerTwoQubit(list: OperationList, { matrix, targets, controls }: GateStep): boolean {
  const [first, second] = targets as readonly [number, number];
  if (offCross.every((k) => matrix.re[k] === 0 && matrix.im[k] === 0)) {
    const outer = blockOf(matrix, 0, 3);
    const inner = blockOf(matrix, 1, 2);
    if (!isUnitaryTwo(outer) || !isUnitaryTwo(inner)) return false;
    if (controls.length === 0) list.cross(first, second, outer, inner);
    else controlledCross(list, controls, [first, second], outer, inner);
    return true;
  }
  return (
    lowerSelected(list, controls, first, second, (value) =>
      blocks(matrix, [value * 2, value * 2 + 1]),
    ) || lowerSelected(list, controls, second, first, (value) => blocks(matrix, [value, value + 2]))
  );
}

/** The block that a selecting qubit keeps (rows and columns `rows`), and the block that flips it. */
function blocks(
  { re, im }: Matrix,
  rows: readonly [number, number],
): { readonly kept: TwoByTwo; readonly flipped: TwoByTwo } {
  const others = [0, 1, 2, 3].filter((row) => !rows.includes(row)) as unknown as [number, number];
  const at = (r: number, c: number): Pair => [re[r * 4 + c] as number, im[r * 4 + c] as number];
  const part = ([i, j]: readonly [number, number]): TwoByTwo => [
    at(rows[0], i),
    at(rows[0], j),
    at(rows[1], i),
    at(rows[1], j),
  ];
  return { kept: part(rows), flipped: part(others) };
}

const pauliXTwo: TwoByTwo = [
  [0, 0],
  [1, 0],
  [1, 0],
  [0, 0],
];

/** A matrix that acts on `target` by the value of `selector` (and perhaps flips it): U0, then U1·U0† controlled. */
function lowerSelected(
  list: OperationList,
  controls: readonly number[],
  target: number,
  selector: number,
  blocksAt: (value: 0 | 1) => { readonly kept: TwoByTwo; readonly flipped: TwoByTwo },
): boolean {
  const [zero, one] = [blocksAt(0), blocksAt(1)];
  const isEmpty = (m: TwoByTwo): boolean => m.every((x) => x[0] === 0 && x[1] === 0);
  const keeps = isEmpty(zero.flipped) && isEmpty(one.flipped);
  const flips = isEmpty(zero.kept) && isEmpty(one.kept);
  if (!keeps && !flips) return false;
  // Rows of the result: what leads to selector = v came from v where kept, from 1 − v where flipped.
  const first = keeps ? zero.kept : one.flipped;
  const second = keeps ? one.kept : zero.flipped;
  if (!isUnitaryTwo(first) || !isUnitaryTwo(second)) return false;
  controlledTurn(list, controls, target, first);
  controlledTurn(list, [...controls, selector], target, multiplyTwo(second, adjointTwo(first)));
  if (flips) controlledTurn(list, controls, selector, pauliXTwo);
  return true;
}

/** CX brings the parity to the second qubit, which then selects between the two blocks on the first. */
function controlledCross(
  list: OperationList,
  controls: readonly number[],
  [first, second]: readonly [number, number],
  outer: TwoByTwo,
  inner: TwoByTwo,
): void {
  controlledTurn(list, [first], second, pauliXTwo);
  // Parity 0: first 0 ↔ |00⟩, 1 ↔ |11⟩. Parity 1: first 1 ↔ |first=1⟩, 0 ↔ |second=1⟩.
  const swapped = multiplyTwo(pauliXTwo, multiplyTwo(inner, pauliXTwo));
  controlledTurn(list, controls, first, outer);
  controlledTurn(list, [...controls, second], first, multiplyTwo(swapped, adjointTwo(outer)));
  controlledTurn(list, [first], second, pauliXTwo);
}
