import { toPlainJson } from '#shared/ipc/plain-json.ts';
import type { ModelFamily, TrainedModel } from '#shared/models/kept-model.ts';
import { profileOf } from '#shared/models/profile.ts';
import type { TrainingRows } from '#shared/problems/views/rows.ts';
import { printCircuit3 } from '#shared/qasm/print/circuit3.ts';
import type { Evaluation, KeptFit } from './evaluate.ts';
import type { Learner } from './learner.ts';

interface Kept {
  readonly learner: Learner;
  readonly family: ModelFamily | null;
  readonly fit: KeptFit;
  readonly found: Evaluation;
}

type Told = Pick<TrainedModel, 'task' | 'target' | 'classes'>;

/** The share of unseen rows that an interval is to hold. */
const coverage = 0.95;

/** What a run leaves to predict with. */
export function trainedModel(
  data: TrainingRows,
  told: Told,
  { learner, family, fit, found }: Kept,
): TrainedModel {
  const rows = fit.rows.map((i) => data.rows[i] as Float64Array);
  // Read back as it will be, so that what cannot be kept shows itself here.
  const fitted = toPlainJson(fit.model);
  const model = learner.load(fitted);
  const width = fit.steps.reduce(
    (size, step) => (step.kind === 'project' ? step.vectors.length : size),
    data.features.length,
  );
  const circuit = learner.circuit?.(model, width) ?? null;
  return {
    learner: learner.id,
    ...told,
    family,
    features: [...data.features],
    words: Object.fromEntries(
      Object.entries(data.words).map(([name, words]) => [name, [...words]]),
    ),
    steps: [...fit.steps],
    fitted,
    rows: rows.length,
    rowsAre: data.folds.length === 1 ? 'training-part' : 'all-rows',
    profile: profileOf(data.features, rows),
    residual: told.classes === null ? residualOf(found.predictions) : null,
    circuit: circuit === null ? null : printCircuit3(circuit),
  };
}

/** The order statistic of |label − decision| that a new row exceeds with probability 5 % at most (Vovk et al. 2005). */
function residualOf(predictions: Evaluation['predictions']): number | null {
  const misses = Float64Array.from(predictions, ({ label, decision }) =>
    Math.abs(label - decision),
  ).sort();
  return misses[Math.ceil((misses.length + 1) * coverage) - 1] ?? null;
}
