import type { Rng } from '#shared/base/rng.ts';

type Pair = readonly [number, number, number];

/** A binary program as specs write it, with weights in their order. */
export interface PlainProgram {
  readonly kind: 'binary-program';
  readonly variables: number;
  readonly objective: Sum & { readonly constant: number; readonly sense: 'min' | 'max' };
  readonly constraints: readonly (Sum & {
    readonly relation: '<=' | '=' | '>=';
    readonly bound: number;
  })[];
}

interface Sum {
  readonly linear: readonly number[];
  readonly quadratic: readonly Pair[];
}

/** A quadratic objective of whole and broken weights, under up to three constraints, some of them quadratic. */
export function randomProgram(rng: Rng, variables: number): PlainProgram {
  const whole = (reach: number) => rng.below(2 * reach + 1) - reach;
  const pairs = (count: number, weight: () => number): Pair[] =>
    Array.from({ length: count }, () => {
      const i = rng.below(variables);
      return [i, (i + 1 + rng.below(variables - 1)) % variables, weight()] as const;
    });
  const linear = (weight: () => number) => Array.from({ length: variables }, weight);
  return {
    kind: 'binary-program',
    variables,
    objective: {
      linear: linear(() => whole(50) / 4),
      quadratic: pairs(2 * variables, () => whole(50) / 4),
      constant: whole(10),
      sense: rng.uniform() < 0.5 ? 'min' : 'max',
    },
    constraints: Array.from({ length: rng.below(4) }, () => ({
      linear: linear(() => whole(3)),
      quadratic: rng.uniform() < 0.3 ? pairs(2, () => whole(3)) : [],
      relation: (['<=', '=', '>='] as const)[rng.below(3)] ?? '=',
      bound: whole(3),
    })),
  };
}

/** Σ over the terms at an assignment, written out. */
export function sumAt({ linear, quadratic }: Sum, x: readonly number[]): number {
  let sum = 0;
  linear.forEach((w, i) => {
    sum += w * (x[i] ?? 0);
  });
  for (const [i, j, w] of quadratic) sum += w * (x[i] ?? 0) * (x[j] ?? 0);
  return sum;
}

export function isAllowed({ constraints }: PlainProgram, x: readonly number[]): boolean {
  return constraints.every((one) => {
    const sum = sumAt(one, x);
    if (one.relation === '<=') return sum <= one.bound;
    return one.relation === '>=' ? sum >= one.bound : sum === one.bound;
  });
}

/** The best value by trying every assignment one by one; null where none is allowed. */
export function bestByTrying(program: PlainProgram): number | null {
  const { variables, objective } = program;
  let best: number | null = null;
  for (let k = 0; k < 2 ** variables; k++) {
    const x = Array.from({ length: variables }, (_, i) => (k >>> i) & 1);
    if (!isAllowed(program, x)) continue;
    const value = objective.constant + sumAt(objective, x);
    const isBetter = best === null || (objective.sense === 'min' ? value < best : value > best);
    if (isBetter) best = value;
  }
  return best;
}
