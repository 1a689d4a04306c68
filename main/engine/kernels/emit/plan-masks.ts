import { isDiagonal, type KernelOperation, needsQubits, qubitsOf } from './operation.ts';

/** Operations as bit masks: what they touch, what they need at hand, and whether they commute as phases do. */
export interface Masks {
  readonly touches: Int32Array;
  readonly needs: Int32Array;
  readonly diagonal: Uint8Array;
}

/** Masks of operations, by their place in the list. */
export function masksOf(operations: readonly KernelOperation[]): Masks {
  const count = operations.length;
  const masks = {
    touches: new Int32Array(count),
    needs: new Int32Array(count),
    diagonal: new Uint8Array(count),
  };
  operations.forEach((operation, i) => {
    const mask = qubitsOf(operation).reduce((sum, qubit) => sum | (1 << qubit), 0);
    masks.touches[i] = mask;
    masks.needs[i] = needsQubits(operation) ? mask : 0;
    masks.diagonal[i] = isDiagonal(operation) ? 1 : 0;
  });
  return masks;
}

/** Whether operation i can be done here and commutes with what was left before it on the `barred` qubits. */
function isFree(
  { touches, needs }: Masks,
  i: number,
  barred: number,
  inside: number,
  mustTouch: boolean,
): boolean {
  const mask = touches[i] as number;
  return (
    ((needs[i] as number) & ~inside) === 0 &&
    (mask & barred) === 0 &&
    (!mustTouch || (mask & inside) !== 0)
  );
}

/** What can be done with the qubits of `inside` at hand, in order, and what stays. */
export function take(
  masks: Masks,
  rest: readonly number[],
  inside: number,
  mustTouch: boolean,
): { readonly taken: number[]; readonly left: number[] } {
  const { touches, diagonal } = masks;
  const taken: number[] = [];
  const left: number[] = [];
  // Qubits with something left that mixes (hard), and with anything left (soft).
  let hard = 0;
  let soft = 0;
  for (const i of rest) {
    const mask = touches[i] as number;
    const isPhase = diagonal[i] === 1;
    const fits = isFree(masks, i, isPhase ? hard : soft, inside, mustTouch);
    if (fits) {
      taken.push(i);
    } else {
      left.push(i);
      soft |= mask;
      if (!isPhase) hard |= mask;
    }
  }
  return { taken, left };
}

/** What an operation that is taken counts: one that mixes, and a phase by whether all its qubits are at hand. */
export interface Worth {
  readonly mixing: number;
  readonly inside: number;
  readonly outside: number;
  readonly mustTouch: boolean;
}

/** How much `take` would take, without making lists. */
export function score(masks: Masks, rest: readonly number[], inside: number, worth: Worth): number {
  const { touches, diagonal } = masks;
  const { mixing, inside: whole, outside: part, mustTouch } = worth;
  let hard = 0;
  let soft = 0;
  let total = 0;
  for (const i of rest) {
    const mask = touches[i] as number;
    const isPhase = diagonal[i] === 1;
    const fits = isFree(masks, i, isPhase ? hard : soft, inside, mustTouch);
    if (!fits) {
      soft |= mask;
      if (!isPhase) hard |= mask;
    } else if (isPhase) total += (mask & ~inside) === 0 ? whole : part;
    else total += mixing;
  }
  return total;
}

/** The bits that are set, ascending. */
export function bitsOf(mask: number): number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 32; bit++) if (((mask >>> bit) & 1) === 1) bits.push(bit);
  return bits;
}
