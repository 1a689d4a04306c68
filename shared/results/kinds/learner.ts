import { z } from 'zod';
import { readClasses } from '../classifier-reading.ts';
import { learnedFields, metricTitles } from '../learner-fields.ts';
import { readValues } from '../regressor-reading.ts';
import { defineResult } from '../result-kind.ts';
import { lossMetrics, trainingMetrics } from '../training-metrics.ts';

const schema = z.object(learnedFields);

/** A learner on the rows of its test parts, and on those that it was trained with. */
export type LearnerResult = z.infer<typeof schema>;

export const learner = defineResult({
  kind: 'learner',
  title: 'Learner',
  summary: 'How well a learner did on rows that it had not seen, fold by fold.',
  schema,
  metrics: metricTitles.map(({ id, test, better }) => ({
    id,
    title: test,
    unit: '',
    better,
    of: (result: LearnerResult) => result.metrics.test[id]?.mean ?? null,
  })),
  live: [
    { id: 'testAccuracy', title: 'Test accuracy', unit: '', better: 'higher' },
    { id: 'baselineAccuracy', title: 'Accuracy of the baseline', unit: '', better: 'higher' },
    { id: 'testR2', title: 'R², test', unit: '', better: 'higher' },
    { id: 'baselineR2', title: 'R² of the baseline', unit: '', better: 'higher' },
    ...lossMetrics,
    ...trainingMetrics,
  ],
  read: (result) =>
    result.data.positiveClass === undefined
      ? readValues(result)
      : readClasses(result, result.data.positiveClass),
});
