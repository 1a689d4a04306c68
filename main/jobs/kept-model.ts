import type { JobDocument } from '#shared/jobs/job.ts';
import type { TrainedModel } from '#shared/models/kept-model.ts';
import { learnedFields } from '#shared/results/learner-fields.ts';
import type { JobRow } from '../storage/job-row.ts';
import type { Models, NewModel } from '../storage/models.ts';
import { z } from 'zod';

const { model, metrics, baseline } = learnedFields;
const learnedSchema = z.object({ model, metrics, baseline });

const provenanceSchema = z.looseObject({
  ketbench: z.string().default(''),
  data: z.record(z.string(), z.object({ sha256: z.string() })).default({}),
  spec: z.custom<NewModel['spec']>((value) => typeof value === 'object' && value !== null),
});

/** The model that a completed job has trained, with everything that tells where it comes from. */
export function modelOfJob(
  trained: TrainedModel,
  { row, document, models }: { row: JobRow; document: JobDocument; models: Models },
): NewModel {
  const learned = learnedSchema.parse(document.result);
  const { ketbench, data, spec, ...provenance } = provenanceSchema.parse(document.provenance);
  const modelId = row.modelId ?? learned.model;
  const before = models.list().find((one) => one.modelId === modelId);
  return {
    format: 'ketbench-model',
    version: 1,
    modelId,
    name: row.name,
    trained,
    spec,
    metrics: { train: scoresOf(learned.metrics.train), test: scoresOf(learned.metrics.test) },
    baseline:
      learned.baseline === undefined
        ? null
        : {
            algorithm: learned.baseline.algorithm,
            metrics: {
              train: scoresOf(learned.baseline.metrics.train),
              test: scoresOf(learned.baseline.metrics.test),
            },
          },
    data: Object.fromEntries(Object.entries(data).map(([name, { sha256 }]) => [name, sha256])),
    lineage: {
      jobId: row.jobId,
      ketbench,
      trainedAt: row.completedAt ?? row.submittedAt,
      cost: row.cost,
      seconds: row.executionTime,
      backend: row.qpuBackend,
      provenance,
      trainedFrom: before === undefined || before.jobId === row.jobId ? null : before.checksum,
      warnings: [...document.warnings],
    },
  };
}

type Scores = NewModel['metrics']['test'];

function scoresOf(scores: Readonly<Record<string, Scores[string] | undefined>>): Scores {
  return Object.fromEntries(
    Object.entries(scores).flatMap(([name, score]) => (score === undefined ? [] : [[name, score]])),
  );
}
