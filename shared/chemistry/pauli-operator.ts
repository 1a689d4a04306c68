import type { PauliLetter, PauliSum, PauliTerm } from '../observables/pauli.ts';

/** Above every mask of qubits. */
const stride = 2 ** 26;
/** Coefficients below this are rounding. */
const negligible = 1e-12;

/** A sum of Pauli strings with complex coefficients, by the key x·2^26 + z of the masks where X or Y, and Z or Y stand. */
export type PauliOperator = Map<number, { re: number; im: number }>;

/** Adds factor·X^x·Z^z (Z acts first); Y is i·X·Z. */
export function addProduct(
  sum: PauliOperator,
  x: number,
  z: number,
  factor: { readonly re: number; readonly im: number },
): void {
  add(sum, x * stride + z, factor, (4 - (bitCount(x & z) % 4)) % 4);
}

/** Adds factor·a·b. */
export function addProductOf(
  sum: PauliOperator,
  a: PauliOperator,
  b: PauliOperator,
  factor: number,
): void {
  for (const [left, p] of a) {
    const [x1, z1] = masksOf(left);
    for (const [right, q] of b) {
      const [x2, z2] = masksOf(right);
      const [x, z] = [x1 ^ x2, z1 ^ z2];
      const turns = bitCount(x1 & z1) + bitCount(x2 & z2) + 2 * bitCount(z1 & x2) - bitCount(x & z);
      const value = {
        re: factor * (p.re * q.re - p.im * q.im),
        im: factor * (p.re * q.im + p.im * q.re),
      };
      add(sum, x * stride + z, value, ((turns % 4) + 4) % 4);
    }
  }
}

/** Adds i^turns·factor times a string. */
function add(
  sum: PauliOperator,
  key: number,
  { re, im }: { readonly re: number; readonly im: number },
  turns: number,
): void {
  const [a, b] =
    turns === 0 ? [re, im] : turns === 1 ? [-im, re] : turns === 2 ? [-re, -im] : [im, -re];
  const before = sum.get(key);
  if (before === undefined) sum.set(key, { re: a, im: b });
  else {
    before.re += a;
    before.im += b;
  }
}

/** A sum of strings as an operator. */
export function operatorOf({ terms }: PauliSum): PauliOperator {
  const operator: PauliOperator = new Map();
  for (const { coefficient, factors } of terms) {
    const maskOf = (letters: string) =>
      factors.reduce((mask, one) => mask | (letters.includes(one.letter) ? 1 << one.qubit : 0), 0);
    add(operator, maskOf('XY') * stride + maskOf('YZ'), { re: coefficient, im: 0 }, 0);
  }
  return operator;
}

/** Single strings of an operator's keys, with coefficients of 1. */
export function stringsOf(keys: readonly number[]): PauliSum[] {
  return keys.map((key) => ({ terms: [{ coefficient: 1, factors: factorsOf(...masksOf(key)) }] }));
}

export function masksOf(key: number): readonly [x: number, z: number] {
  return [Math.floor(key / stride), key % stride];
}

/** The real part, ascending by where X or Y stand, then Z; `of` may change masks and sign of each string. */
export function realSum(
  operator: PauliOperator,
  of: (x: number, z: number) => { readonly x: number; readonly z: number; readonly sign: number },
): PauliSum {
  const found = new Map<number, number>();
  for (const [key, { re }] of operator) {
    const { x, z, sign } = of(...masksOf(key));
    const at = x * stride + z;
    found.set(at, (found.get(at) ?? 0) + sign * re);
  }
  const terms = [...found]
    .filter(([, coefficient]) => Math.abs(coefficient) > negligible)
    .sort(([a], [b]) => a - b)
    .map(([key, coefficient]): PauliTerm => ({ coefficient, factors: factorsOf(...masksOf(key)) }));
  return { terms };
}

function factorsOf(x: number, z: number): PauliTerm['factors'] {
  const factors: { qubit: number; letter: PauliLetter }[] = [];
  for (let qubit = 0; x >>> qubit !== 0 || z >>> qubit !== 0; qubit++) {
    const [inX, inZ] = [(x >>> qubit) & 1, (z >>> qubit) & 1];
    if (inX === 1 || inZ === 1) {
      factors.push({ qubit, letter: inX === 0 ? 'Z' : inZ === 0 ? 'X' : 'Y' });
    }
  }
  return factors;
}

export function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
