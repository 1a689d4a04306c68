import type { KeptModel } from '#shared/models/kept-model.ts';
import type { ModelRow } from '#shared/models/model-summary.ts';

type Scores = KeptModel['metrics']['test'];

/** The row of the table that a model has. */
export function rowOfModel(model: KeptModel): ModelRow {
  const { trained, lineage, metrics, baseline, spec } = model;
  const { data } = spec.problem;
  const [test, train] = [meansOf(metrics.test), meansOf(metrics.train)];
  const beside = meansOf(baseline?.metrics.test ?? {});
  return {
    modelId: model.modelId,
    name: model.name,
    modelType: trained.family ?? 'CLASSICAL',
    architecture: trained.learner,
    trainingDataSetId: typeof data === 'string' ? data : null,
    classicalEquivalentId: baseline?.algorithm ?? null,
    jobId: lineage.jobId,
    accuracy: test['accuracy'] ?? null,
    trainAccuracy: train['accuracy'] ?? null,
    baselineAccuracy: beside['accuracy'] ?? null,
    metrics: test,
    trainMetrics: train,
    baselineMetrics: beside,
    task: trained.task,
    target: trained.target,
    features: trained.features,
    rows: trained.rows,
    backend: lineage.backend,
    checksum: model.checksum,
    trainingSeconds: lineage.seconds,
    createdAt: lineage.trainedAt,
    lastTrainedAt: lineage.trainedAt,
  };
}

function meansOf(scores: Scores): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scores).flatMap(([name, score]) =>
      score === null || !Number.isFinite(score.mean) ? [] : [[name, score.mean]],
    ),
  );
}
