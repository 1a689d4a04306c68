import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import { noiseRuleSchema, type NoiseRule } from '#shared/jobs/noise.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import { kindsTaken } from '../algorithms/algorithm.ts';
import { algorithms } from '../algorithms/registry.ts';
import { benchmarkMetrics } from '../benchmarks/metrics.ts';

type Words = readonly [title: string, summary: string];

const channelWords: Readonly<Record<NoiseRule['channel'], Words>> = {
  amplitude_damping: ['Amplitude damping', 'Decay of |1⟩ to |0⟩ with probability gamma.'],
  bit_flip: ['Bit flip', 'X with probability p.'],
  depolarizing: [
    'Depolarizing',
    'The qubits of a gate become fully mixed together with probability p.',
  ],
  kraus: ['Kraus operators', 'Any channel, by its matrices.'],
  pauli_depolarizing: [
    'Pauli depolarizing',
    'X, Y or Z with probability p/3 each, on every qubit by itself.',
  ],
  phase_damping: ['Phase damping', 'Loss of phase with probability lambda.'],
  phase_flip: ['Phase flip', 'Z with probability p.'],
  thermal_relaxation: ['Thermal relaxation', 'Decay and dephasing over a time by T1 and T2.'],
};

/** Kinds of problems with their fields, what can be looked at in them, and the algorithms that solve each. */
export function problemEntries(): CatalogEntry[] {
  return problemKinds.map((kind) => {
    const solvers = algorithms.filter((one) => kindsTaken(one).includes(kind));
    const { tables = {}, ...example } = kind.example;
    return {
      kind: 'problem',
      id: kind.kind,
      title: kind.title,
      summary: kind.summary,
      parameters: [...kind.fields],
      facts: {
        views: kind.views.map(({ view }) => view.id),
        algorithms: solvers.map(({ id }) => id),
        example: { problem: { kind: kind.kind, ...example.problem }, tables },
      },
    };
  });
}

/** Channels that noise rules name, with their fields. */
export function channelEntries(): CatalogEntry[] {
  return noiseRuleSchema.options.map((option) => {
    const id = option.shape.channel.value;
    return entryOf('channel', id, channelWords[id], { fields: fieldsOf(option, 'channel') });
  });
}

/** What benchmarks compare runs by. */
export function benchmarkEntries(): CatalogEntry[] {
  return benchmarkMetrics.map(({ id, title, unit, better }) =>
    entryOf(
      'benchmark',
      id,
      [title, `A figure that contenders are compared by; ${better} is better.`],
      {
        unit,
        better,
      },
    ),
  );
}

function entryOf(
  kind: CatalogEntry['kind'],
  id: string,
  [title, summary]: Words,
  facts: Record<string, unknown>,
): CatalogEntry {
  return { kind, id, title, summary, parameters: [], facts };
}

/** A schema, as far as it is asked here. */
interface Field {
  safeParse(value: unknown): { readonly success: boolean };
}

/** Names of a form's fields, those that may be left out with a question mark. */
function fieldsOf(form: { readonly shape: object }, but: string): string[] {
  return Object.entries(form.shape as Record<string, Field>).flatMap(([name, field]) =>
    name === but ? [] : [field.safeParse(undefined).success ? `${name}?` : name],
  );
}
