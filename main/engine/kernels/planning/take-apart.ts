import { diagonal, type Matrix } from '#shared/math/matrix.ts';
import type { GateStep } from '../gate-step.ts';
import {
  blockAt,
  isRealTwo,
  isUnitaryTwo,
  multiplyTwo,
  normalFormOf,
  type TwoByTwo,
  unitAt,
  wrapped,
} from './normal-form.ts';
import type { Operation } from './operation.ts';
import { placesIn } from './passes.ts';

/** Angles below this change no amplitude of double precision. */
const noAngle = 1e-16;
/** Phases of more qubits would be hard to bring into one block. */
const widestPhase = 4;
const modulusTolerance = 1e-12;

/**
 * Turns gates into operations: one-qubit gates are merged and split into rotations and phases, diagonals
 * become phases, SWAPs only change places. `places[q]` is where qubit q lies; it is updated.
 */
export class TakeApart {
  readonly operations: Operation[] = [];
  readonly #places: number[];
  /** One-qubit gates by place that have not been written yet. */
  readonly #pending: (TwoByTwo | null)[];
  /** Phases of single qubits that wait for the next change of their qubit. */
  readonly #angles: number[];
  #globalAngle = 0;

  constructor(places: number[]) {
    this.#places = places;
    this.#pending = places.map(() => null);
    this.#angles = places.map(() => 0);
  }

  add(step: GateStep): void {
    const { matrix } = step;
    const targets = step.targets.map((qubit) => this.#places[qubit] as number);
    const controls = maskAt(step.controls.map((qubit) => this.#places[qubit] as number));
    if (isDiagonalUnitary(matrix)) this.#addDiagonal(targets, matrix, controls);
    else if (targets.length === 1) this.#addSingle(targets[0] as number, matrix, controls);
    else if (controls === 0 && isSwap(matrix)) this.#swap(step.targets);
    else if (!this.#addPairs(targets, matrix, controls)) {
      this.#settle(maskAt(targets) | controls, maskAt(targets));
      this.operations.push({ kind: 'dense', qubits: targets, matrix, controls });
    }
  }

  /** Writes all that was held back. */
  finish(): readonly Operation[] {
    const all = maskAt(this.#places);
    this.#settle(all, all);
    if (Math.abs(wrapped(this.#globalAngle)) > noAngle) {
      this.operations.push({ kind: 'phase', mask: 0, angle: wrapped(this.#globalAngle) });
    }
    this.#globalAngle = 0;
    return this.operations;
  }

  #swap([a, b]: readonly number[]): void {
    const place = this.#places[a as number] as number;
    this.#places[a as number] = this.#places[b as number] as number;
    this.#places[b as number] = place;
  }

  #addSingle(place: number, matrix: Matrix, controls: number): void {
    const two = blockAt(matrix, 0, 1);
    if (controls === 0 && isUnitaryTwo(two)) {
      const before = this.#pending[place] ?? null;
      this.#pending[place] = before === null ? two : multiplyTwo(two, before);
      return;
    }
    if (this.#addPairs([place], matrix, controls)) return;
    this.#settle((1 << place) | controls, 1 << place);
    this.operations.push({ kind: 'dense', qubits: [place], matrix, controls });
  }

  /** Writes the gates that wait on these qubits, and the phases on those that are about to change. */
  #settle(touched: number, changed: number): void {
    for (let place = 0; place < this.#pending.length; place++) {
      if (((touched >>> place) & 1) === 1) this.#writeGate(place);
      if (((changed >>> place) & 1) === 1) this.#writeAngle(place);
    }
  }

  #writeGate(place: number): void {
    const two = this.#pending[place] ?? null;
    if (two === null) return;
    this.#pending[place] = null;
    const { alpha, beta, gamma, cos, sin } = normalFormOf(two);
    this.#globalAngle += alpha;
    this.#turnBy(place, gamma);
    if (sin !== 0) {
      this.#writeAngle(place);
      const mode = cos >= sin ? 0 : 1;
      const factor = mode === 0 ? cos : sin;
      const t = mode === 0 ? sin / cos : cos / sin;
      this.operations.push({ kind: 'turn', qubit: place, t, mode, factor });
    }
    this.#turnBy(place, beta);
  }

  #turnBy(place: number, angle: number): void {
    this.#angles[place] = (this.#angles[place] as number) + angle;
  }

  #writeAngle(place: number): void {
    const angle = wrapped(this.#angles[place] as number);
    this.#angles[place] = 0;
    if (Math.abs(angle) > noAngle) this.operations.push({ kind: 'phase', mask: 1 << place, angle });
  }

  #addDiagonal(targets: readonly number[], matrix: Matrix, controls: number): void {
    const angles = Array.from({ length: matrix.size }, (_, k) => {
      const at = k * (matrix.size + 1);
      return Math.atan2(matrix.im[at] as number, matrix.re[at] as number);
    });
    this.#addAngles(targets, angles, controls);
  }

  /** exp(i·angles[k]) where the targets spell k: as phases of subsets, by inclusion and exclusion. */
  #addAngles(targets: readonly number[], angles: number[], controls: number): void {
    for (let j = 0; j < targets.length; j++) {
      for (let k = 0; k < angles.length; k++) {
        if (((k >>> j) & 1) === 1) {
          angles[k] = (angles[k] as number) - (angles[k ^ (1 << j)] as number);
        }
      }
    }
    this.#settleGates(maskAt(targets) | controls);
    angles.forEach((one, k) => {
      const angle = wrapped(one);
      if (Math.abs(angle) <= noAngle) return;
      const mask = controls | maskAt(targets.filter((_, j) => ((k >>> j) & 1) === 1));
      if (mask === 0) this.#globalAngle += angle;
      else if ((mask & (mask - 1)) === 0) this.#turnBy(31 - Math.clz32(mask), angle);
      else this.#pushPhase(mask, angle);
    });
  }

  /** On many qubits at once: as a controlled gate of one of them, which has to be in a block by itself only. */
  #pushPhase(mask: number, angle: number): void {
    const places = placesIn(mask);
    if (places.length <= widestPhase) {
      this.operations.push({ kind: 'phase', mask, angle });
      return;
    }
    const qubit = places[0] as number;
    const controls = mask & ~(1 << qubit);
    this.#settle(mask, 1 << qubit);
    const [cos, sin] = unitAt(angle);
    const matrix = diagonal([1, { re: cos, im: sin }]);
    this.operations.push({ kind: 'dense', qubits: [qubit], matrix, controls });
  }

  #settleGates(touched: number): void {
    for (let place = 0; place < this.#pending.length; place++) {
      if (((touched >>> place) & 1) === 1) this.#writeGate(place);
    }
  }

  /**
   * A matrix that mixes basis states in pairs only: phases, real mixtures, phases. False where it is
   * not of this form.
   */
  #addPairs(targets: readonly number[], matrix: Matrix, controls: number): boolean {
    const pairs = pairsOf(matrix);
    if (pairs === null) return false;
    const before = Array.from({ length: matrix.size }, () => 0);
    const after = Array.from({ length: matrix.size }, () => 0);
    const mixes: {
      readonly i: number;
      readonly j: number;
      readonly real: readonly [number, number, number, number];
    }[] = [];
    for (const [i, j] of pairs) {
      const two = blockAt(matrix, i, j);
      if (isRealTwo(two)) {
        if (i !== j) mixes.push({ i, j, real: [two[0], two[2], two[4], two[6]] });
        else if (two[0] !== 1) after[i] = two[0] < 0 ? Math.PI : 0;
        continue;
      }
      if (i === j) {
        after[i] = Math.atan2(two[1], two[0]);
        continue;
      }
      const { alpha, beta, gamma, cos, sin } = normalFormOf(two);
      before[i] = 0;
      before[j] = gamma;
      after[i] = alpha;
      after[j] = alpha + beta;
      if (sin !== 0) mixes.push({ i, j, real: [cos, -sin, sin, cos] });
    }
    this.#addAngles(targets, before, controls);
    const placed = (k: number): number => maskAt(targets.filter((_, j) => ((k >>> j) & 1) === 1));
    for (const { i, j, real } of mixes) {
      const flip = placed(i ^ j);
      const select = maskAt(targets) | controls;
      this.#settle(select, flip);
      this.operations.push({
        kind: 'pair',
        flip,
        select,
        value: placed(i) | controls,
        matrix: real,
      });
    }
    this.#addAngles(targets, after, controls);
    return true;
  }
}

/** Bit mask of places. */
export function maskAt(places: readonly number[]): number {
  return places.reduce((mask, place) => mask | (1 << place), 0);
}

function isDiagonalUnitary({ size, re, im }: Matrix): boolean {
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const a = re[r * size + c] as number;
      const b = im[r * size + c] as number;
      if (r !== c && (a !== 0 || b !== 0)) return false;
      if (r === c && Math.abs(a * a + b * b - 1) > modulusTolerance) return false;
    }
  }
  return true;
}

const swapColumns = [0, 2, 1, 3];

function isSwap({ size, re, im }: Matrix): boolean {
  if (size !== 4) return false;
  return swapColumns.every((column, row) =>
    [0, 1, 2, 3].every((c) => im[row * 4 + c] === 0 && re[row * 4 + c] === (c === column ? 1 : 0)),
  );
}

/** Basis states in the pairs that a matrix mixes, [i, i] where one stays by itself; null where it mixes more. */
function pairsOf(matrix: Matrix): readonly (readonly [number, number])[] | null {
  const { size, re, im } = matrix;
  if (size > 8) return null;
  const partner = Array.from({ length: size }, (_, k) => k);
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      if (r === c || (re[r * size + c] === 0 && im[r * size + c] === 0)) continue;
      if (partner[r] !== r && partner[r] !== c) return null;
      if (partner[c] !== c && partner[c] !== r) return null;
      partner[r] = c;
      partner[c] = r;
    }
  }
  const pairs: [number, number][] = [];
  for (const [i, j] of partner.entries()) {
    if (j < i) continue;
    const two = blockAt(matrix, i, j);
    if (
      i === j
        ? Math.abs(Math.hypot(two[0], two[1]) - 1) > modulusTolerance
        : !isRealTwo(two) && !isUnitaryTwo(two)
    ) {
      return null;
    }
    pairs.push([i, j]);
  }
  return pairs;
}
