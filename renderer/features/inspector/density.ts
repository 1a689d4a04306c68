import type { StateView } from '#shared/jobs/simulation-view.ts';

/** One entry of a density matrix, at the row and column that are shown. */
export interface DensityCell {
  readonly row: number;
  readonly column: number;
  readonly magnitude: number;
  readonly phase: number;
}

/** Basis states in the order in which they are shown: by their key, whichever end qubit 0 is at. */
export function shownOrder(qubits: number, bitOrder: 'little' | 'big'): readonly number[] {
  const states = Array.from({ length: 2 ** qubits }, (_, index) => index);
  if (bitOrder === 'little') return states;
  return states.map((shown) => {
    let index = 0;
    for (let bit = 0; bit < qubits; bit++) index |= ((shown >> bit) & 1) << (qubits - 1 - bit);
    return index;
  });
}

/** Every entry, row by row, in the shown order. */
export function densityCells(
  { size, re, im }: NonNullable<StateView['density']>,
  order: readonly number[],
): DensityCell[] {
  return order.flatMap((from, row) =>
    order.map((to, column) => {
      const [a, b] = [re[from * size + to] as number, im[from * size + to] as number];
      const magnitude = Math.hypot(a, b);
      return { row, column, magnitude, phase: magnitude < 1e-9 ? 0 : Math.atan2(b, a) };
    }),
  );
}

/** tr ρ²: 1 for a pure state, 1/2^n for a wholly mixed one. */
export function purityOf({ re, im }: NonNullable<StateView['density']>): number {
  return re.reduce((sum, x, k) => sum + x * x + (im[k] as number) ** 2, 0);
}

/** ⟨P⟩ for every Pauli string but the identity, letters from the highest qubit down; few qubits only. */
export function allPaulis(
  { size, re, im }: NonNullable<StateView['density']>,
  qubits: number,
): { readonly name: string; readonly value: number }[] {
  const letters = ['I', 'X', 'Y', 'Z'] as const;
  return Array.from({ length: 4 ** qubits - 1 }, (_, k) => {
    const string = Array.from({ length: qubits }, (__, q) => Math.floor((k + 1) / 4 ** q) % 4);
    let sum = 0;
    for (let column = 0; column < size; column++) {
      let row = column;
      let [fr, fi] = [1, 0];
      string.forEach((letter, q) => {
        const isOne = ((column >> q) & 1) === 1;
        if (letter === 1 || letter === 2) row ^= 1 << q;
        if (letter === 3 && isOne) [fr, fi] = [-fr, -fi];
        if (letter === 2) [fr, fi] = isOne ? [fi, -fr] : [-fi, fr];
      });
      const at = column * size + row;
      sum += fr * (re[at] as number) - fi * (im[at] as number);
    }
    return {
      name: string
        .map((letter) => letters[letter])
        .toReversed()
        .join(''),
      value: sum,
    };
  });
}
