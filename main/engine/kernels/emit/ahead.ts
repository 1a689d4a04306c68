import type { Factor } from './vector-code.ts';

/** A vector that is made ahead of the instructions, from bits of the address of a block or a vector. */
export type AheadValue =
  /** The sign bit set in the listed lanes where all qubits are 1. */
  | {
      readonly kind: 'sign-mask';
      readonly qubits: readonly number[];
      readonly lanes: readonly boolean[] | null;
    }
  /** The factor, its sign turned by each of the qubits. */
  | { readonly kind: 'signed'; readonly factor: Factor; readonly qubits: readonly number[] }
  /** `off` + `step` in the listed lanes where all qubits are 1, `off` elsewhere. */
  | {
      readonly kind: 'select';
      readonly qubits: readonly number[];
      readonly lanes: readonly boolean[] | null;
      readonly off: Factor;
      readonly step: Factor;
    };

/** The values of one group, each made once. */
export class AheadValues {
  readonly values: AheadValue[] = [];
  readonly #known = new Map<string, number>();

  of(value: AheadValue): Factor {
    const key = JSON.stringify(value);
    let id = this.#known.get(key);
    if (id === undefined) {
      id = this.values.length;
      this.values.push(value);
      this.#known.set(key, id);
    }
    return { kind: 'ahead', id };
  }
}
