export type PauliLetter = 'X' | 'Y' | 'Z';

/** A letter on one qubit. */
export interface PauliFactor {
  readonly qubit: number;
  readonly letter: PauliLetter;
}

/** `coefficient` · Π P_q. Factors are sorted by qubit, each qubit once; none = identity. */
export interface PauliTerm {
  readonly coefficient: number;
  readonly factors: readonly PauliFactor[];
}

/** A Hermitian observable: a real sum of Pauli strings. */
export interface PauliSum {
  readonly terms: readonly PauliTerm[];
}
