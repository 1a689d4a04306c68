import { linearShape } from '#shared/models/fitted.ts';
import { learnerOf, linearValue } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { ridgeFit } from './linear.ts';

/** Means of the last day, week and month are what it is linear in (Corsi 2009). */
export const harRv = defineLearner({
  id: 'har-rv',
  title: 'HAR-RV',
  summary:
    'Realised volatility as a linear function of its last value and its means over a week and a month.',
  kind: 'classical',
  parameters: [
    {
      kind: 'integer',
      id: 'week',
      title: 'Week',
      help: 'Values of the series in the shorter mean.',
      default: 5,
      min: 2,
      max: 10_000,
    },
    {
      kind: 'integer',
      id: 'month',
      title: 'Month',
      help: 'Values of the series in the longer mean.',
      default: 22,
      min: 2,
      max: 10_000,
    },
  ],
  series: ({ settings }, { series, lags }) => {
    const spans = [1, settings['week'] as number, settings['month'] as number];
    // Near the start of the series the means are over what there is.
    const meansAt = (place: number): Float64Array => {
      const end = place + lags;
      return Float64Array.from(spans, (span) => {
        const part = series.subarray(Math.max(0, end - span), end);
        return part.reduce((sum, value) => sum + value, 0) / part.length;
      });
    };
    return learnerOf({
      id: 'har-rv',
      preprocessing: [],
      tells: 'values',
      model: linearShape,
      train: ({ train, labels }) =>
        ridgeFit(train.places.map(meansAt), Float64Array.from(labels), 0),
      says: (model) => (_, place) => linearValue(model, meansAt(place)),
    });
  },
});
