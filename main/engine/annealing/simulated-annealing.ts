import { BitCounter, packBits, type PackedBits } from '#shared/base/packed-bits.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { type BinaryProblem, isBetter, valueAt } from '#shared/problems/binary-problem.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { exactSolutionBytes, solveExactly } from '../algorithms/exact-solution.ts';
import { bestOf, classicalEffort, optimisationResult } from '../algorithms/optimisation-result.ts';

/** Reads between two reports of progress. */
const readsPerReport = 10;

export const simulatedAnnealing = defineAlgorithm({
  id: 'simulated-annealing',
  title: 'Simulated annealing',
  summary:
    'Random moves that accept worse values less and less as a temperature falls (Kirkpatrick et al. 1983).',
  kind: 'classical',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'reads', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'sweeps',
      title: 'Sweeps',
      help: 'Passes over all variables in one read, from hot to cold.',
      default: 200,
      min: 1,
      max: 1_000_000,
    },
    {
      kind: 'integer',
      id: 'reads',
      title: 'Reads',
      help: 'Independent starts.',
      default: 100,
      min: 1,
      max: 1_000_000,
    },
  ],
  canPause: true,
  asks: () => [],
  needs: ({ variables }) => ({
    ownBytes: exactSolutionBytes(variables),
    qubits: null,
    answerBytes: 0,
  }),
  *run(input) {
    const problem = input.view;
    const sweeps = input.settings['sweeps'] as number;
    const reads = input.settings['reads'] as number;
    const model = modelOf(problem);
    const found = new BitCounter(problem.variables);
    let best = problem.sense === 'min' ? Infinity : -Infinity;
    for (let read = 0; read < reads; read++) {
      const assignment = anneal(model, sweeps, rngOf(input.seed, 201, read));
      found.add(assignment, 0);
      const value = valueAt(problem.objective, assignment, 0);
      if (isBetter(problem, value, best)) best = value;
      if (read % readsPerReport === readsPerReport - 1) {
        yield {
          kind: 'progress',
          progress: {
            fraction: (read + 1) / reads,
            message: `read ${read + 1} of ${reads}`,
            step: read + 1,
            metrics: { best },
          },
        };
      }
    }
    const { outcomes: assignments, counts } = found.counts();
    const distribution = { assignments, probabilities: counts.map((count) => count / reads) };
    const effort = classicalEffort(reads * sweeps * problem.variables);
    const winner = bestOf(problem, assignments);
    return {
      result: optimisationResult(
        problem,
        distribution,
        winner,
        solveExactly(problem),
        effort,
        reads,
      ),
      warnings: [],
    };
  },
});

/** The objective as a minimum, with each variable's neighbours. */
interface Model {
  readonly problem: BinaryProblem;
  readonly linear: Float64Array;
  readonly neighbours: readonly (readonly (readonly [number, number])[])[];
}

function modelOf(problem: BinaryProblem): Model {
  const sign = problem.sense === 'min' ? 1 : -1;
  const neighbours: [number, number][][] = Array.from({ length: problem.variables }, () => []);
  for (const [i, j, w] of problem.objective.quadratic) {
    neighbours[i]?.push([j, sign * w]);
    neighbours[j]?.push([i, sign * w]);
  }
  return { problem, linear: problem.objective.linear.map((w) => sign * w), neighbours };
}

/** One read. Cardinality problems move by exchanging a one and a zero. */
function anneal(model: Model, sweeps: number, rng: Rng): PackedBits {
  const { problem } = model;
  const n = problem.variables;
  const x = startOf(problem, rng);
  const [hot, cold] = temperatures(model);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const temperature = hot * (cold / hot) ** (sweeps === 1 ? 1 : sweep / (sweeps - 1));
    for (let move = 0; move < n; move++) {
      if (problem.cardinality === null) flip(model, x, move, temperature, rng);
      else exchange(model, x, rng.below(n), rng.below(n), temperature, rng);
    }
  }
  return packBits(x);
}

function startOf(problem: BinaryProblem, rng: Rng): Uint8Array {
  const x = new Uint8Array(problem.variables);
  if (problem.cardinality === null) return x.map(() => (rng.uniform() < 0.5 ? 1 : 0));
  for (let left = problem.cardinality; left > 0; ) {
    const i = rng.below(problem.variables);
    if (x[i] === 0) {
      x[i] = 1;
      left--;
    }
  }
  return x;
}

/** Largest and smallest change of a single flip set the ends of the schedule. */
function temperatures(model: Model): [number, number] {
  let largest = 0;
  let smallest = Infinity;
  model.linear.forEach((w, i) => {
    const couplings = (model.neighbours[i] ?? []).map(([, v]) => Math.abs(v));
    largest = Math.max(largest, Math.abs(w) + couplings.reduce((sum, v) => sum + v, 0));
    for (const v of [Math.abs(w), ...couplings]) if (v > 0) smallest = Math.min(smallest, v);
  });
  if (largest === 0) return [1, 1];
  return [largest, Math.min(largest, smallest) / 20];
}

function gainOfFlip(model: Model, x: Uint8Array, i: number): number {
  let field = model.linear[i] as number;
  for (const [j, w] of model.neighbours[i] as readonly (readonly [number, number])[]) {
    field += w * (x[j] as number);
  }
  return x[i] === 1 ? -field : field;
}

function flip(model: Model, x: Uint8Array, i: number, temperature: number, rng: Rng): void {
  const gain = gainOfFlip(model, x, i);
  if (gain <= 0 || rng.uniform() < Math.exp(-gain / temperature)) x[i] = 1 - (x[i] as number);
}

function exchange(
  model: Model,
  x: Uint8Array,
  i: number,
  j: number,
  temperature: number,
  rng: Rng,
): void {
  if (x[i] === x[j]) return;
  const first = gainOfFlip(model, x, i);
  x[i] = 1 - (x[i] as number);
  const gain = first + gainOfFlip(model, x, j);
  if (gain <= 0 || rng.uniform() < Math.exp(-gain / temperature)) x[j] = 1 - (x[j] as number);
  else x[i] = 1 - (x[i] as number);
}
