import type { Constraint } from '../binary-problem.ts';

/** Bit of choice c of thing v, of k choices each: exactly one bit a thing is 1. */
export function oneHot(v: number, c: number, k: number): number {
  return v * k + c;
}

/** Exactly one choice for each thing. */
export function oneChoiceEach(
  count: number,
  k: number,
  name: (thing: number) => string,
): Constraint[] {
  return Array.from({ length: count }, (_, v) => ({
    name: name(v),
    linear: Array.from({ length: k }, (__, c) => [oneHot(v, c, k), 1] as const),
    quadratic: [],
    relation: '=',
    bound: 1,
  }));
}

/** The choice of each thing, −1 where it has none. */
export function choicesOf(x: readonly number[], k: number): number[] {
  return Array.from({ length: x.length / k }, (_, v) => x.slice(v * k, (v + 1) * k).indexOf(1));
}

/** The bits of given choices. */
export function bitsOfChoices(choices: readonly number[], k: number): number[] {
  return choices.flatMap((choice) => Array.from({ length: k }, (_, c) => (c === choice ? 1 : 0)));
}
