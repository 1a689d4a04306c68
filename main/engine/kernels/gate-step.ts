import type { Matrix } from '#shared/math/matrix.ts';

/** A unitary ready to be applied: `matrix` on `targets` (first = least significant bit) where all `controls` are 1. */
export interface GateStep {
  readonly matrix: Matrix;
  readonly targets: readonly number[];
  readonly controls: readonly number[];
  readonly isDiagonal: boolean;
}

/** exp(−i·θ/2·P) for a Pauli string P of one letter on its qubits; θ is known by its slot only. */
export interface OpenStep {
  readonly axis: 'x' | 'y' | 'z' | 'zz';
  readonly targets: readonly number[];
  readonly slot: number;
}

/** A step of a circuit whose angles may be open. */
export type CircuitStep =
  | { readonly kind: 'fixed'; readonly step: GateStep }
  | { readonly kind: 'open'; readonly step: OpenStep };
