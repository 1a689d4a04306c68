import type { z } from 'zod';
import type { keptModelSchema } from './kept-model.ts';

/** A linear model of one feature whose border is one half, as it stands in a file. */
export const exampleModel: z.input<typeof keptModelSchema> = {
  format: 'ketbench-model',
  version: 1,
  modelId: 'example-model',
  name: 'Example',
  trained: {
    learner: 'logistic',
    task: 'classes',
    family: null,
    features: ['feature'],
    words: {},
    target: 'class',
    classes: ['0', '1'],
    steps: [{ kind: 'scale', centre: [0.5], width: [0.5] }],
    fitted: { coefficients: [4], intercept: 0 },
    rows: 12,
    rowsAre: 'all-rows',
    profile: [
      {
        name: 'feature',
        mean: 0.5,
        deviation: 0.4,
        least: 0,
        most: 1,
        edges: [0.1, 0.25, 0.75, 0.85],
        shares: [0.2, 0.2, 0.2, 0.2, 0.2],
      },
    ],
    residual: null,
    circuit: null,
  },
  spec: {
    algorithm: 'logistic',
    problem: { kind: 'classification' },
    settings: { C: 1, penalty: 'l2', l1Ratio: 0.5 },
    seed: 0,
  },
  metrics: {
    train: { accuracy: { mean: 1, stderr: 0 } },
    test: { accuracy: { mean: 1, stderr: 0 } },
  },
  baseline: null,
  data: {},
  lineage: {
    jobId: 'example',
    ketbench: '0.1.0',
    trainedAt: '2026-01-01T00:00:00.000Z',
    cost: 0,
    seconds: 0,
    backend: 'simulator',
    provenance: {},
    trainedFrom: null,
    warnings: [],
  },
  checksum: 'example',
};
