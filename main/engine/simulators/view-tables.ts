import type { SimulationResult } from '#shared/jobs/simulation.ts';
import type { ViewRequest } from '#shared/jobs/simulation-view.ts';
import { largest } from './largest.ts';
import { type BranchOutcomes, keyWriter, tableOf } from './outcomes.ts';

type Rest = NonNullable<NonNullable<SimulationResult['rest']>['qubits']>;

/** A table of a result, and what it leaves out where a window asks for its largest entries only. */
export interface ListedTable {
  readonly table: Record<string, number>;
  readonly rest: Rest | null;
}

const negligible = 1e-15;

export function listTable(
  outcomes: readonly BranchOutcomes[],
  view: ViewRequest | undefined,
): ListedTable {
  const [only] = outcomes;
  if (view === undefined) return { table: tableOf(outcomes), rest: null };
  if (only === undefined || outcomes.length > 1) return cut(tableOf(outcomes), view.top);
  // Names are written for what is listed only: most of the time goes into them.
  const { probabilities } = only;
  const keyOf = keyWriter(only);
  const chosen = largest(probabilities.length, view.top, (i) => probabilities[i] as number);
  const table: Record<string, number> = {};
  let count = 0;
  let probability = 0;
  for (const p of probabilities) {
    if (p < negligible) continue;
    count++;
    probability += p;
  }
  for (const i of chosen) {
    const p = probabilities[i] as number;
    if (p < negligible) continue;
    table[keyOf(i)] = p;
    count--;
    probability -= p;
  }
  return { table, rest: count === 0 ? null : { count, probability: Math.max(0, probability) } };
}

function cut(table: Record<string, number>, top: number): ListedTable {
  const entries = Object.entries(table);
  if (entries.length <= top) return { table, rest: null };
  const sorted = entries.sort(([, a], [, b]) => b - a);
  const probability = sorted.slice(top).reduce((sum, [, p]) => sum + p, 0);
  return {
    table: Object.fromEntries(sorted.slice(0, top)),
    rest: { count: entries.length - top, probability },
  };
}
