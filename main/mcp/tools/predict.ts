import { z } from 'zod';
import { shotsSchema } from '#shared/jobs/sizes.ts';
import { defineTool } from '../tool.ts';
import { submitJob } from './jobs.ts';

export const predict = defineTool({
  name: 'predict',
  title: 'Predict by a trained model',
  description:
    'Starts the prediction of every row of a data set by a model; a job like any other, whose result has an interval a row where shots are taken, and says which features drift from the training rows.',
  scope: 'act',
  input: z.strictObject({
    modelId: z.string(),
    data: z.string().describe('The id of a data set.'),
    backend: z.string().default('simulator'),
    shots: shotsSchema.nullable().default(null),
    seed: z.int().gte(0).default(0),
    buy: z.boolean().default(false),
  }),
  async run({ modelId, data, buy, ...rest }, context) {
    const problem = { kind: 'prediction', model: modelId, data };
    return submitJob.run({ spec: { algorithm: 'predict', problem, ...rest }, buy }, context);
  },
});
