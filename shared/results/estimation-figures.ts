import type { Figure } from '../figures/figure.ts';
import { numberLabel } from '../figures/scale.ts';
import type { EstimationResult } from './kinds/estimation.ts';

/** The distribution, what it pays with the mean that was found, the tail of losses, and how the interval narrowed. */
export function estimationFigures(result: EstimationResult): Figure[] {
  const { distribution, exact, course = [] } = result;
  const { title, values, probabilities } = distribution;
  return [
    {
      kind: 'bars',
      id: 'distribution',
      title: 'Distribution',
      x: { title, unit: '' },
      y: { title: 'Probability', unit: '' },
      areBits: false,
      bars: probabilities.map((value, k) => ({
        label: numberLabel(values[k] ?? Number.NaN),
        value,
      })),
    },
    payoffFigure(result),
    ...(exact.risk === undefined ? [] : [lossFigure(result)]),
    ...(course.length < 2 ? [] : [convergenceFigure(course, exact.grid)]),
  ];
}

function payoffFigure({ distribution, estimate, confidenceInterval }: EstimationResult): Figure {
  const { title, values, payoffs } = distribution;
  const [low, high] = confidenceInterval;
  return {
    kind: 'lines',
    id: 'payoff',
    title: 'Payoff with its estimated mean',
    note: 'Band: the confidence interval of the mean.',
    x: { title, unit: '' },
    y: { title: 'Payoff', unit: '' },
    lines: [
      { name: 'Payoff', mark: 'points', x: values, y: payoffs },
      {
        name: 'Estimated mean',
        mark: 'line',
        x: values,
        y: values.map(() => estimate),
        low: values.map(() => low),
        high: values.map(() => high),
      },
    ],
  };
}

/** P(L ≤ x) in steps, with the measures of its tail as upright lines. */
function lossFigure(result: EstimationResult): Figure {
  const { exact, cdf = [], valueAtRisk, conditionalValueAtRisk } = result;
  const known = exact.risk?.cdf ?? [];
  const upright = (name: string, at: number | undefined) =>
    at === undefined ? [] : [{ name, mark: 'line' as const, x: [at, at], y: [0, 1] }];
  return {
    kind: 'lines',
    id: 'losses',
    title: 'Losses with value at risk',
    x: { title: 'Loss', unit: '' },
    y: { title: 'P(L ≤ loss)', unit: '' },
    lines: [
      {
        name: 'On the grid',
        mark: 'line',
        x: known.flatMap(({ loss }) => [loss, loss]),
        y: known.flatMap(({ probability }, k) => [known[k - 1]?.probability ?? 0, probability]),
      },
      {
        name: 'Estimated',
        mark: 'points',
        x: cdf.map(({ loss }) => loss),
        y: cdf.map(({ probability }) => probability),
      },
      ...upright('Value at risk', valueAtRisk),
      ...upright('Conditional value at risk', conditionalValueAtRisk),
    ],
  };
}

/** Where an error is a straight line of slope −1 for estimation and −1/2 for drawing. */
function convergenceFigure(course: NonNullable<EstimationResult['course']>, grid: number): Figure {
  const logs = (values: readonly number[]): number[] =>
    values.map((value) => (value > 0 ? Math.log10(value) : Number.NaN));
  const x = logs(course.map(({ oracleCalls }) => oracleCalls));
  return {
    kind: 'lines',
    id: 'convergence',
    title: 'Error against oracle calls',
    note: 'Both axes are logarithms to base 10. A quantum method falls by one decade a decade, drawing by half of one.',
    x: { title: 'log₁₀ of oracle calls', unit: '' },
    y: { title: 'log₁₀ of the error', unit: '' },
    lines: [
      {
        name: 'Half width of the interval',
        mark: 'line',
        x,
        y: logs(course.map(({ low, high }) => (high - low) / 2)),
      },
      {
        name: 'Distance from the grid’s value',
        mark: 'points',
        x,
        y: logs(course.map(({ low, high }) => Math.abs((low + high) / 2 - grid))),
      },
    ],
  };
}
