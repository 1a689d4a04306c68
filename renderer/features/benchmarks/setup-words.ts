import { z } from 'zod';
import { unreachable } from '#shared/base/assert.ts';
import type { Problem } from '#shared/jobs/problem.ts';
import { countOf } from '#renderer/lib/format.ts';

type Fact = readonly [title: string, text: string];

/** What a problem is, in lines for a list of facts; `nameOf` tells the name of a data set. */
export function problemFacts(problem: Problem, nameOf: (id: string) => string): readonly Fact[] {
  switch (problem.kind) {
    case 'portfolio':
      return [
        ['Problem', `portfolio, risk aversion ${problem.riskAversion}`],
        ['Data', nameOf(problem.prices)],
        ['Assets', problem.assets?.join(', ') ?? 'all'],
        ['Assets to hold', String(problem.budget)],
        ['Rows', problem.rows === undefined ? 'all' : problem.rows.join(' to ')],
      ];
    case 'classification':
      return [
        ['Problem', `classification of “${problem.target}”`],
        ['Data', nameOf(problem.data)],
        ['Features', problem.features?.join(', ') ?? 'all'],
        ['Split', splitText(problem.split)],
      ];
    case 'maxcut':
      return [
        [
          'Problem',
          `maximum cut, ${countOf(problem.nodes, 'node')}, ${countOf(problem.edges.length, 'edge')}`,
        ],
      ];
    case 'qubo':
      return [
        [
          'Problem',
          `QUBO, ${problem.sense === 'max' ? 'maximised' : 'minimised'}, ${countOf(problem.linear.length, 'variable')}`,
        ],
      ];
    case 'ising':
      return [['Problem', `Ising model, ${countOf(problem.h.length, 'spin')}`]];
    case 'circuit':
      return [['Problem', 'a circuit']];
    default:
      return unreachable(problem);
  }
}

type Split = Extract<Problem, { kind: 'classification' }>['split'];

function splitText({ kind, folds, testFraction, seed }: Split): string {
  const how =
    kind === 'stratified-folds'
      ? `${folds ?? 5} stratified folds`
      : `${Math.round(100 * (testFraction ?? 0.25))} % held out for the test`;
  return `${how}, seed ${seed ?? 0}`;
}

/** "layers 3, optimizer cobyla (tolerance 0.001)"; "as usual" where nothing was set. */
export function settingsText(settings: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(settings).map(([name, value]) => `${name} ${valueText(value)}`);
  return parts.length === 0 ? 'as usual' : parts.join(', ');
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const { id, ...own } = value as Readonly<Record<string, unknown>>;
  const inner = Object.keys(own).length === 0 ? '' : `(${settingsText(own)})`;
  return [typeof id === 'string' ? id : '', inner].filter((part) => part !== '').join(' ');
}

const provenanceSchema = z.object({
  jobs: z.array(
    z.object({ data: z.record(z.string(), z.object({ sha256: z.string() })).default({}) }),
  ),
});

/** The data that runs used, by name, with its SHA-256. */
export function hashesOf(provenance: unknown): readonly Fact[] {
  const found = provenanceSchema.safeParse(provenance);
  if (!found.success) return [];
  const all = found.data.jobs.flatMap(({ data }) =>
    Object.entries(data).map(([name, { sha256 }]) => [name, sha256] as const),
  );
  return [...new Map(all)];
}
