/** A Pauli factor on one qubit. */
export type PauliLetter = 'X' | 'Y' | 'Z';

/** `coefficient` · Π P_q. Factors are sorted by qubit, each qubit once; none = identity. */
export interface PauliTerm {
  readonly coefficient: number;
  readonly factors: readonly { readonly qubit: number; readonly letter: PauliLetter }[];
}

/** A Hermitian observable: a real sum of Pauli strings. */
export interface PauliSum {
  readonly terms: readonly PauliTerm[];
}
