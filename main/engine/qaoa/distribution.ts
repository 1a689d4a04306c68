import { BitCounter, firstBits, packIndices } from '#shared/base/packed-bits.ts';
import type { Rng } from '#shared/base/rng.ts';
import { allValues, valueAt } from '#shared/problems/binary-problem.ts';
import type { AlgorithmInput } from '../algorithms/algorithm.ts';
import type { WeightedAssignments } from '../algorithms/optimisation-result.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Counts, Estimates } from '../programs/program.ts';
import type { Plan } from './plan.ts';
import { key, type Rows } from './questions.ts';
import { type Risk, riskValue, type WeightedCost } from './risk.ts';

/** Samples that `best` is chosen from when answers are exact (CONTRACT §4). */
const exactSamples = 1000;

/** Exact probabilities below this are rounding. */
const unseen = 1e-15;

/** Whether the distribution over assignments comes exactly; otherwise from shots. */
export function isExact({ shots, answers }: AlgorithmInput): boolean {
  return shots === null && answers.has('probabilities');
}

/** Shots of a distribution that does not come exactly. */
export function shotsOf({ shots, finish }: AlgorithmInput): number {
  return finish.lastShots(shots ?? exactSamples);
}

/** Distribution over all qubits of one row: exact, or the frequencies of the job's shots or of a thousand. */
export function* measure(
  { qubits }: Plan,
  bindings: Float64Array,
  input: AlgorithmInput,
): Generator<Ask, WeightedAssignments, Answer> {
  const row = { key, items: 1, bindings };
  if (isExact(input)) {
    const { values } = yield* ask({ kind: 'probabilities', ...row });
    const indices: number[] = [];
    values.forEach((probability, index) => {
      if (probability > unseen) indices.push(index);
    });
    return {
      assignments: packIndices(qubits, indices),
      probabilities: Float64Array.from(indices, (index) => values[index] as number),
    };
  }
  const answer = yield* ask({ kind: 'samples', ...row, shots: shotsOf(input) });
  const { outcomes, counts } = answer.counts[0] as Counts;
  const total = counts.reduce((sum, n) => sum + n, 0);
  return { assignments: outcomes, probabilities: counts.map((count) => count / total) };
}

/** Qubits up to which the costs of all assignments are kept. */
const listedQubits = 24;

/** Costs of all assignments, where distributions come exactly and they fit; they are the same for every row. */
export function listedCosts({ cost, qubits }: Plan, input: AlgorithmInput): Float64Array | null {
  return isExact(input) && qubits <= listedQubits ? allValues(cost) : null;
}

/** What a risk makes of the distribution of each row; `listed` as `listedCosts` gives it. */
export function* riskValues(
  plan: Plan,
  { risk, listed }: { readonly risk: Risk; readonly listed: Float64Array | null },
  { items, bindings }: Rows,
  input: AlgorithmInput,
): Generator<Ask, Estimates, Answer> {
  const width = bindings.length / items;
  const sign = plan.problem.sense === 'min' ? 1 : -1;
  const values = new Float64Array(items);
  const stderrs = new Float64Array(items);
  const scale = { sign, spread: plan.spread, shots: isExact(input) ? null : shotsOf(input) };
  for (let item = 0; item < items; item++) {
    const row = bindings.slice(item * width, (item + 1) * width);
    const costs: WeightedCost[] = [];
    if (listed === null) {
      const { assignments, probabilities } = yield* measure(plan, row, input);
      probabilities.forEach((probability, k) =>
        costs.push({ probability, cost: valueAt(plan.cost, assignments, k) }),
      );
    } else {
      const answer = yield* ask({ kind: 'probabilities', key, items: 1, bindings: row });
      answer.values.forEach((probability, k) => {
        if (probability > unseen) costs.push({ probability, cost: listed[k] as number });
      });
    }
    const found = riskValue(risk, costs, scale);
    values[item] = found.value;
    stderrs[item] = found.stderr;
  }
  return { values, stderrs };
}

/** The distribution over the problem's own variables, whatever the others were. */
export function ownVariables(
  { assignments, probabilities }: WeightedAssignments,
  variables: number,
): WeightedAssignments {
  if (assignments.width === variables) return { assignments, probabilities };
  const table = new BitCounter(variables);
  probabilities.forEach((probability, k) =>
    table.add(firstBits(assignments, k, variables), 0, probability),
  );
  const { outcomes, counts } = table.counts();
  return { assignments: outcomes, probabilities: counts };
}

/** Positions of 1,000 draws from an exact distribution. */
export function drawn1000({ probabilities }: WeightedAssignments, rng: Rng): number[] {
  const total = probabilities.reduce((sum, probability) => sum + probability, 0);
  return Array.from({ length: exactSamples }, () => {
    let rest = rng.uniform() * total;
    for (let k = 0; k < probabilities.length; k++) {
      rest -= probabilities[k] as number;
      if (rest < 0) return k;
    }
    return probabilities.length - 1;
  });
}
