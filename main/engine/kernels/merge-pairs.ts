import { controlled, type Matrix, multiplyMatrices, zeros } from '#shared/math/matrix.ts';
import type { CircuitStep, GateStep } from './gate-step.ts';

/** Products of exact matrices leave rests of this size where zero is meant. */
const rest = 1e-15;

/**
 * Neighbours on the same two qubits become one matrix, and one that exchanges the qubits up to phases
 * becomes SWAP and phases: fSim(π/2, φ) and iSWAP, as products of RXX and RYY, then cost no mixing.
 */
export function mergePairs(steps: readonly CircuitStep[]): CircuitStep[] {
  const result: (CircuitStep | null)[] = [];
  /** Per qubit the position of the last step on it. */
  const last = new Map<number, number>();
  for (const one of steps) {
    const wires = wiresOf(one);
    const [first, second] = wires as readonly [number, number];
    const at =
      wires.length === 2 && last.get(first) === last.get(second) ? last.get(first) : undefined;
    const before = at === undefined ? undefined : result[at];
    const merged =
      before?.kind === 'fixed' && one.kind === 'fixed' && product(before.step, one.step);
    if (at !== undefined && merged) {
      result[at] = { kind: 'fixed', step: merged };
      continue;
    }
    for (const wire of wires) last.set(wire, result.length);
    result.push(one);
  }
  return result.filter((one) => one !== null).flatMap(split);
}

function wiresOf(one: CircuitStep): readonly number[] {
  return one.kind === 'open' ? one.step.targets : [...one.step.targets, ...one.step.controls];
}

/**
 * `after` following `before`; null where one is not a matrix of two qubits, or mixes other states than 00 with 11
 * and 01 with 10: products of those would mix all four, which costs more than the two one after the other.
 */
function product(before: GateStep, after: GateStep): GateStep | null {
  const a = onPair(before);
  const b = onPair(after);
  if (a === null || b === null || !isCross(a.matrix) || !isCross(b.matrix)) return null;
  const turned = b.targets[0] === a.targets[0] ? b.matrix : exchanged(b.matrix);
  const matrix = cleaned(multiplyMatrices(turned, a.matrix));
  return { matrix, targets: a.targets, controls: [], isDiagonal: isDiagonal(matrix) };
}

/** A step as a matrix on two qubits: uncontrolled ones and controlled phases. */
function onPair({ matrix, targets, controls, isDiagonal: phase }: GateStep): {
  readonly matrix: Matrix;
  readonly targets: readonly number[];
} | null {
  if (targets.length === 2 && controls.length === 0) return { matrix, targets };
  if (targets.length !== 1 || controls.length !== 1 || !phase) return null;
  return { matrix: controlled(matrix, 1), targets: [...controls, ...targets] };
}

/** Whether 00 and 11 are mixed with nothing else, and 01 and 10 neither. */
function isCross({ re, im }: Matrix): boolean {
  return re.every((x, k) => isEven(k >> 2) === isEven(k & 3) || (x === 0 && im[k] === 0));
}

function isEven(index: number): boolean {
  return index === 0 || index === 3;
}

const order = [0, 2, 1, 3] as const;

/** The same matrix with its two qubits in the other order. */
function exchanged(matrix: Matrix): Matrix {
  const result = zeros(4);
  for (let r = 0; r < 4; r++) {
    for (let c = 0; c < 4; c++) {
      const from = (order[r] as number) * 4 + (order[c] as number);
      result.re[r * 4 + c] = matrix.re[from] as number;
      result.im[r * 4 + c] = matrix.im[from] as number;
    }
  }
  return result;
}

function cleaned({ size, re, im }: Matrix): Matrix {
  const clean = (x: number): number => (Math.abs(x) < rest ? 0 : x);
  return { size, re: re.map(clean), im: im.map(clean) };
}

function isDiagonal({ re, im }: Matrix): boolean {
  return re.every((x, k) => k % 5 === 0 || (x === 0 && im[k] === 0));
}

/** SWAP and phases for what is that; everything else as it is. */
function split(one: CircuitStep): readonly CircuitStep[] {
  if (one.kind === 'open' || one.step.targets.length !== 2) return [one];
  const { matrix, targets, controls } = one.step;
  if (controls.length > 0 || !swaps(matrix)) return [one];
  const phases = zeros(4);
  order.forEach((column, row) => {
    phases.re[row * 5] = matrix.re[row * 4 + column] as number;
    phases.im[row * 5] = matrix.im[row * 4 + column] as number;
  });
  const swap = zeros(4);
  order.forEach((column, row) => {
    swap.re[row * 4 + column] = 1;
  });
  const isPlain = phases.re.every((x, k) => x === (k % 5 === 0 ? 1 : 0));
  const fixed = (m: Matrix, diagonal: boolean): CircuitStep => ({
    kind: 'fixed',
    step: { matrix: m, targets, controls, isDiagonal: diagonal },
  });
  return isPlain ? [fixed(swap, false)] : [fixed(swap, false), fixed(phases, true)];
}

/** Whether only the entries of a SWAP are set. */
function swaps({ size, re, im }: Matrix): boolean {
  if (size !== 4) return false;
  return re.every((x, k) => order[k >> 2] === (k & 3) || (x === 0 && im[k] === 0));
}
