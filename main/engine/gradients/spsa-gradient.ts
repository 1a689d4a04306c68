import type { Rng } from '#shared/base/rng.ts';
import type { Answer, Ask } from '../programs/program.ts';
import {
  askExpectations,
  type GradientAsk,
  type GradientMethod,
  lowerWith,
  sameShots,
} from './gradient-method.ts';

/** Random directions whose mean is taken. */
const directions = 16;
/** Radians to each side; wide enough for the noise of shots, narrow enough for a bias of 1 %. */
const width = 0.1;

/**
 * Simultaneous perturbation (Spall, IEEE TAC 37, 1992): all parameters move at once by ±c, so the cost
 * does not grow with their number. The mean over directions is right up to O(c²); its spread is reported.
 */
export const spsaGradient: GradientMethod = {
  id: 'spsa',
  title: 'Simultaneous perturbation',
  summary: `${2 * directions} values whatever the number of parameters; random, right in the mean, with error bars.`,
  isExact: false,
  lower: (program, rng) =>
    lowerWith(program, { define: (ask) => ask, gradients: (ask) => perturbed(ask, rng) }),
};

function* perturbed(ask: GradientAsk, rng: Rng): Generator<Ask, Answer, Answer> {
  const { items } = ask;
  const size = ask.bindings.length / items;
  const base = yield* askExpectations(ask, 'value', {
    items,
    bindings: ask.bindings,
    ...sameShots(ask, items),
  });
  const signs = Float64Array.from({ length: items * directions * size }, () =>
    rng.uniform() < 0.5 ? -1 : 1,
  );
  const rows = new Float64Array(2 * signs.length);
  for (let i = 0; i < signs.length; i++) {
    const draw = Math.floor(i / size);
    const at = ask.bindings[Math.floor(draw / directions) * size + (i % size)] as number;
    const move = width * (signs[i] as number);
    rows[2 * draw * size + (i % size)] = at + move;
    rows[(2 * draw + 1) * size + (i % size)] = at - move;
  }
  const moved = yield* askExpectations(ask, 'moved', {
    items: 2 * items * directions,
    bindings: rows,
    ...sameShots(ask, 2 * items * directions),
  });
  const gradients = new Float64Array(items * size);
  const gradientErrors = new Float64Array(items * size);
  for (let k = 0; k < gradients.length; k++) {
    let sum = 0;
    let squares = 0;
    for (let d = 0; d < directions; d++) {
      const draw = Math.floor(k / size) * directions + d;
      const difference =
        (moved.values[2 * draw] as number) - (moved.values[2 * draw + 1] as number);
      const slope = (difference / (2 * width)) * (signs[draw * size + (k % size)] as number);
      sum += slope;
      squares += slope * slope;
    }
    const mean = sum / directions;
    const spread = Math.max(0, squares / directions - mean * mean);
    gradients[k] = mean;
    gradientErrors[k] = Math.sqrt(spread / (directions - 1));
  }
  return {
    kind: 'gradients',
    values: base.values,
    stderrs: base.stderrs,
    gradients,
    gradientErrors,
  };
}
