import type { Matrix } from '#shared/math/matrix.ts';

/**
 * What circuits are taken apart into before they are planned. Qubits are places in the index of an
 * amplitude, masks have a bit per place (so fewer than 31 qubits).
 */
export type Operation =
  | Turn
  | Phase
  | PairMix
  | {
      readonly kind: 'dense';
      readonly qubits: readonly number[];
      readonly matrix: Matrix;
      readonly controls: number;
    };

/**
 * A real rotation of one qubit without its factor, which the plan multiplies in once a pass:
 * mode 0: cos·[[1, −t], [t, 1]]; mode 1: sin·[[t, −1], [1, t]]. So |t| never exceeds 1.
 */
export interface Turn {
  readonly kind: 'turn';
  readonly qubit: number;
  readonly t: number;
  readonly mode: 0 | 1;
  readonly factor: number;
}

/** Amplitudes whose bits under the mask are all 1 are multiplied by exp(i·angle). */
export interface Phase {
  readonly kind: 'phase';
  readonly mask: number;
  readonly angle: number;
}

/**
 * A real 2 × 2 matrix (row by row) on the amplitudes x and x ^ flip, for every x that has `value` under
 * `select`; `select` contains `flip`.
 */
export interface PairMix {
  readonly kind: 'pair';
  readonly flip: number;
  readonly select: number;
  readonly value: number;
  readonly matrix: readonly [number, number, number, number];
}

/** Qubits that an operation changes. They must lie within the block that it is applied to. */
export function changedBy(operation: Operation): number {
  switch (operation.kind) {
    case 'turn':
      return 1 << operation.qubit;
    case 'phase':
      return 0;
    case 'pair':
      return operation.flip;
    case 'dense':
      return operation.qubits.reduce((mask, qubit) => mask | (1 << qubit), 0);
  }
}

/** Qubits that an operation looks at without changing them: diagonal in these. */
export function readBy(operation: Operation): number {
  switch (operation.kind) {
    case 'turn':
      return 0;
    case 'phase':
      return operation.mask;
    case 'pair':
      return operation.select & ~operation.flip;
    case 'dense':
      return operation.controls;
  }
}

/** Keeps track of what has been left behind, and so of what may still be done before it. */
export class Barrier {
  #changed = 0;
  #touched = 0;

  /** Whether an operation commutes with all that was left behind. */
  lets(changed: number, read: number): boolean {
    return (changed & this.#touched) === 0 && (read & this.#changed) === 0;
  }

  leave(changed: number, read: number): void {
    this.#changed |= changed;
    this.#touched |= changed | read;
  }
}
