import type { Answer, Ask } from '../programs/program.ts';
import {
  askExpectations,
  type GradientAsk,
  type GradientMethod,
  lowerWith,
  sameShots,
} from './gradient-method.ts';

/** Radians; at this step rounding and truncation of the quotient below weigh about the same. */
const step = 2e-3;
/** With shots the noise of the values is divided by the step, so it must not be small. */
const noisyStep = 0.3;

/** Multiples of the step, and their weights in f′ ≈ Σ weight·f(x + multiple·h)/h. */
const stencil = [
  { at: 1, weight: 2 / 3 },
  { at: -1, weight: -2 / 3 },
  { at: 2, weight: -1 / 12 },
  { at: -2, weight: 1 / 12 },
] as const;

/** Central differences of fourth order in every parameter: needs no knowledge of the gates. */
export const finiteDifference: GradientMethod = {
  id: 'finite-difference',
  title: 'Finite differences',
  summary: 'Four values a parameter, whatever the gates are; approximate, with an error bar.',
  isExact: false,
  lower: (program) => lowerWith(program, { define: (ask) => ask, gradients: differences }),
};

function* differences(ask: GradientAsk): Generator<Ask, Answer, Answer> {
  const { items } = ask;
  const width = ask.bindings.length / items;
  const base = yield* askExpectations(ask, 'value', {
    items,
    bindings: ask.bindings,
    ...sameShots(ask, items),
  });
  const h = base.stderrs.some((error) => error > 0) ? noisyStep : step;
  const perItem = width * stencil.length;
  const rows = new Float64Array(items * perItem * width);
  for (let row = 0; row < items * perItem; row++) {
    const item = Math.floor(row / perItem);
    const parameter = Math.floor((row % perItem) / stencil.length);
    const { at } = stencil[row % stencil.length] as (typeof stencil)[number];
    rows.set(ask.bindings.subarray(item * width, (item + 1) * width), row * width);
    const place = row * width + parameter;
    rows[place] = (rows[place] as number) + at * h;
  }
  const moved = yield* askExpectations(ask, 'moved', {
    items: items * perItem,
    bindings: rows,
    shots:
      ask.shots === undefined
        ? undefined
        : Array.from(
            { length: items * perItem },
            (_, row) => ask.shots?.[Math.floor((row % perItem) / stencil.length)] ?? 0,
          ),
  });
  const gradients = new Float64Array(items * width);
  const gradientErrors = new Float64Array(items * width);
  for (let k = 0; k < gradients.length; k++) {
    const values = stencil.map((_, i) => moved.values[k * stencil.length + i] as number);
    const stderrs = stencil.map((_, i) => moved.stderrs[k * stencil.length + i] as number);
    const fourth = stencil.reduce((sum, { weight }, i) => sum + weight * (values[i] as number), 0);
    const second = ((values[0] as number) - (values[1] as number)) / 2;
    const variance = stencil.reduce(
      (sum, { weight }, i) => sum + (weight * (stderrs[i] as number)) ** 2,
      0,
    );
    gradients[k] = fourth / h;
    gradientErrors[k] = truncationOf(second - fourth, h) + Math.sqrt(variance) / h;
  }
  return {
    kind: 'gradients',
    values: base.values,
    stderrs: base.stderrs,
    gradients,
    gradientErrors,
  };
}

/**
 * The second-order quotient is off by about h²f‴/6, this one by h⁴f⁗′/30; for a trigonometric polynomial
 * of frequencies up to ω the second is below the first times ω²h². ω = 10 is taken, and rounding added.
 */
function truncationOf(difference: number, h: number): number {
  return (Math.abs(difference) * 100 * h * h + 1e-13) / h;
}
