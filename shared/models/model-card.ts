import { z } from 'zod';
import type { DataTable } from '../figures/data-table.ts';
import type { FittedStep } from './fitted-step.ts';
import { generalisationOf } from './generalisation.ts';
import type { KeptModel } from './kept-model.ts';
import type { ModelRow } from './model-summary.ts';

/** Facts of one kind, each a title and what is to be said. */
const sectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  facts: z.array(z.tuple([z.string(), z.string()])),
});

/** All that a referee asks of a model, as data. */
export const modelCardSchema = z.object({
  modelId: z.string(),
  name: z.string(),
  sections: z.array(sectionSchema),
  tables: z.array(z.custom<DataTable>((value) => typeof value === 'object' && value !== null)),
  /** OpenQASM 3 of what is asked about a row; null where the model is classical. */
  circuit: z.string().nullable(),
});

export type ModelCard = z.infer<typeof modelCardSchema>;
type Section = ModelCard['sections'][number];

/** How a kept model is told. */
export function cardOf(row: ModelRow, model: KeptModel): ModelCard {
  return {
    modelId: row.modelId,
    name: row.name,
    sections: [
      whatItIs(model),
      whereFrom(model),
      howTrained(model),
      howGood(row, model),
      limitsOf(model),
    ],
    tables: [scoreTable(model), featureTable(model)],
    circuit: model.trained.circuit,
  };
}

const tasks = {
  classes: 'tells one of two classes',
  values: 'tells a value',
  series: 'forecasts a series',
} as const;

function whatItIs({ modelId, trained, checksum }: KeptModel): Section {
  const { learner, task, target, classes, features, circuit, family } = trained;
  return {
    id: 'model',
    title: 'Model',
    facts: [
      ['Id', modelId],
      ['Learner', learner],
      ['Kind', family === null ? 'classical' : `quantum (${family})`],
      ['Task', `${tasks[task]}: ${target}`],
      ...(classes === null
        ? []
        : [
            ['Classes', `${classes[0]} (score up to 0), ${classes[1]} (above)`] as [string, string],
          ]),
      ['Features', `${features.length}: ${features.join(', ')}`],
      ...(circuit === null
        ? []
        : [
            ['Circuit', `${qubitsOf(circuit)} qubits; its inputs are the features`] as [
              string,
              string,
            ],
          ]),
      ['Checksum', checksum],
    ],
  };
}

function qubitsOf(source: string): number {
  const sizes = [...source.matchAll(/^qubit\[(\d+)\]/gm)].map(([, size]) => Number(size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function whereFrom({ data, spec, lineage, trained }: KeptModel): Section {
  const { problem } = spec;
  return {
    id: 'origin',
    title: 'Data and lineage',
    facts: [
      ...Object.entries(data).map(([name, hash]): [string, string] => [
        `Data “${name}”`,
        `SHA-256 ${hash}`,
      ]),
      [
        'Rows it was fitted to',
        `${trained.rows} (${trained.rowsAre === 'all-rows' ? 'all rows that the folds use' : 'the training part of the split'})`,
      ],
      ['Split', told(problem['split'] ?? {})],
      ['Job', lineage.jobId],
      ['Trained', lineage.trainedAt],
      ['Trained from', lineage.trainedFrom ?? 'nothing: it stands in no other model’s place'],
      ['Ketbench', lineage.ketbench],
    ],
  };
}

function howTrained({ spec, trained, lineage }: KeptModel): Section {
  const { shots, noise, mitigation } = spec as Readonly<Record<string, unknown>>;
  return {
    id: 'training',
    title: 'Training',
    facts: [
      [
        'Preprocessing',
        trained.steps.length === 0 ? 'none' : trained.steps.map(stepSaid).join('; '),
      ],
      ['Settings', told(spec.settings)],
      ['Seed', String(spec.seed)],
      ['Backend', lineage.backend],
      ['Shots', typeof shots === 'number' ? String(shots) : 'none: answers were exact'],
      ...(noise === undefined ? [] : [['Noise', told(noise)] as [string, string]]),
      ...(Array.isArray(mitigation) && mitigation.length > 0
        ? [['Mitigation', told(mitigation)] as [string, string]]
        : []),
      ['Seconds', lineage.seconds.toFixed(2)],
      ['Cost', lineage.cost === null ? 'not known' : `${lineage.cost.toFixed(2)} USD`],
    ],
  };
}

function stepSaid(step: FittedStep): string {
  switch (step.kind) {
    case 'scale':
      return 'centre and width of each feature';
    case 'range':
      return `range onto [${step.low.toPrecision(4)}, ${step.high.toPrecision(4)}]${step.clips ? ', held at its ends' : ''}`;
    case 'project':
      return `${step.vectors.length} principal components`;
  }
}

function howGood(row: ModelRow, { metrics, baseline }: KeptModel): Section {
  const score = generalisationOf(row);
  const named = Object.keys(metrics.test).map((name): [string, string] => {
    const found = metrics.test[name] ?? null;
    const beside = baseline?.metrics.test[name] ?? null;
    const against =
      beside === null ? '' : `; ${baseline?.algorithm ?? ''} ${valueSaid(name, beside)}`;
    return [name, `${found === null ? 'not defined' : valueSaid(name, found)}${against}`];
  });
  return {
    id: 'scores',
    title: 'On unseen rows',
    facts: [
      ...named,
      ...(score === null ? [] : [['Generalisation', score.toFixed(3)] as [string, string]]),
    ],
  };
}

/** "0.912, 95 % [0.88, 0.944]": the mean over the folds and where it lies; shares end at 0 and 1. */
function valueSaid(
  name: string,
  { mean, stderr }: { readonly mean: number; readonly stderr: number },
): string {
  const digits = (value: number): string => String(Number(value.toPrecision(4)));
  if (!(stderr > 0)) return digits(mean);
  const [least, most] = shares.has(name) ? [0, 1] : [-Infinity, Infinity];
  const low = Math.max(least, mean - 1.96 * stderr);
  const high = Math.min(most, mean + 1.96 * stderr);
  return `${digits(mean)}, 95 % [${digits(low)}, ${digits(high)}]`;
}

const shares: ReadonlySet<string> = new Set(['accuracy', 'balancedAccuracy', 'f1', 'auc']);

function limitsOf({ trained, lineage }: KeptModel): Section {
  const { residual, profile, words } = trained;
  return {
    id: 'limits',
    title: 'Limits',
    facts: [
      [
        'Seen values',
        profile
          .map(({ name, least, most }) =>
            words[name] === undefined
              ? `${name} ${Number(least.toPrecision(4))} to ${Number(most.toPrecision(4))}`
              : `${name}: ${words[name].join(' or ')}`,
          )
          .join('; '),
      ],
      ...(residual === null
        ? []
        : [
            ['Interval', `± ${residual.toPrecision(4)} holds 95 % of unseen rows like these`] as [
              string,
              string,
            ],
          ]),
      ...lineage.warnings.map((text): [string, string] => ['Told in training', text]),
    ],
  };
}

function scoreTable({ metrics, baseline }: KeptModel): DataTable {
  const cell = (scores: KeptModel['metrics']['test'] | undefined, name: string) => {
    const found = scores?.[name] ?? null;
    if (found === null) return null;
    return { value: found.mean, stderr: Number.isFinite(found.stderr) ? found.stderr : null };
  };
  return {
    id: 'scores',
    title: 'Scores',
    columns: [
      { id: 'score', title: 'Score' },
      { id: 'train', title: 'Training rows' },
      { id: 'test', title: 'Unseen rows' },
      ...(baseline === null
        ? []
        : [{ id: 'baseline', title: `${baseline.algorithm}, unseen rows` }]),
    ],
    rows: Object.keys(metrics.test).map((name) => [
      name,
      cell(metrics.train, name),
      cell(metrics.test, name),
      ...(baseline === null ? [] : [cell(baseline.metrics.test, name)]),
    ]),
  };
}

function featureTable({ trained }: KeptModel): DataTable {
  return {
    id: 'features',
    title: 'Features of the training rows',
    columns: [
      { id: 'feature', title: 'Feature' },
      { id: 'mean', title: 'Mean' },
      { id: 'deviation', title: 'Deviation' },
      { id: 'least', title: 'Least' },
      { id: 'most', title: 'Most' },
    ],
    rows: trained.profile.map(({ name, mean, deviation, least, most }) => [
      name,
      mean,
      deviation,
      least,
      most,
    ]),
  };
}

/** Settings in a line: "C 1, kernel rbf". */
function told(value: unknown): string {
  if (Array.isArray(value)) {
    const shown = value.slice(0, 8).map(told).join(', ');
    return value.length > 8 ? `[${shown} and ${value.length - 8} more]` : `[${shown}]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([name, one]) => {
    const isNested = typeof one === 'object' && one !== null && !Array.isArray(one);
    return `${name} ${isNested ? `(${told(one)})` : told(one)}`;
  });
  return entries.length === 0 ? 'standard' : entries.join(', ');
}
