import type { PauliSum } from './pauli.ts';

/** A Pauli sum, or a real diagonal over the basis states (length 2^n), e.g. a classical cost function. */
export type Observable =
  | { readonly kind: 'pauli'; readonly sum: PauliSum }
  | { readonly kind: 'diagonal'; readonly values: Float64Array };
