import type { Model } from 'highs';
import { AppError } from '#shared/base/errors.ts';
import { packBits } from '#shared/base/packed-bits.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { BinaryProblem } from '#shared/problems/binary-problem.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { exactSolutionBytes, solveExactly } from '../algorithms/exact-solution.ts';
import {
  assignmentOf,
  classicalEffort,
  optimisationResult,
} from '../algorithms/optimisation-result.ts';
import { randomState } from '../annealing/fast-random.ts';
import { Findings, landscapeOf, proofOf } from '../annealing/search.ts';
import { walk } from '../annealing/tabu.ts';
import { highsLibrary, loadLibrary } from './highs-library.ts';
import { columnsOf, type LinearProgram, linearised } from './linearised.ts';

/** Walks of tabu search that HiGHS starts from: milliseconds that save it seconds. */
const warmStarts = 10;
/** Bytes that the library takes for a variable or an entry, about, factors and cuts included. */
const bytesPerEntry = 2000;

export const highs = defineAlgorithm({
  id: 'highs',
  title: 'HiGHS (branch and cut)',
  summary:
    'Exact mixed-integer optimisation with a proven bound, from the best that a tabu search finds first (Huangfu and Hall 2018; products linearised after Fortet 1960).',
  source: 'Huangfu and Hall 2018, Mathematical Programming Computation 10, 119',
  kind: 'classical',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'solutions', areCourse: true },
  parameters: [
    {
      kind: 'number',
      id: 'seconds',
      title: 'Seconds',
      help: 'How long it may look; then it says the best found and the gap that is left. What it has found by then depends on the machine.',
      default: 60,
      min: 0,
      exclusiveMin: true,
      max: 1_000_000,
      unit: 's',
    },
  ],
  canPause: false,
  load: loadLibrary,
  asks: () => [],
  needs: ({ variables, objective, constraints }) => {
    const entries = constraints.reduce(
      (sum, { linear, quadratic }) => sum + linear.length + 5 * quadratic.length,
      variables + 5 * objective.quadratic.length,
    );
    const ownBytes = exactSolutionBytes(variables) + bytesPerEntry * entries;
    return { ownBytes, qubits: null, answerBytes: 0 };
  },
  *run({ view: problem, settings, seed }) {
    yield {
      kind: 'progress',
      progress: { fraction: null, message: 'HiGHS branches and cuts', step: 0, metrics: {} },
    };
    const program = linearised(problem);
    const start = warmStart(problem, seed);
    const found = solve(program, start, settings['seconds'] as number);
    if (found.isInfeasible) {
      throw new AppError(
        'bad-input',
        'The problem has no solution: HiGHS proved that no assignment satisfies its constraints.',
        { path: 'problem' },
      );
    }
    const bits = packBits(found.x ?? start ?? new Uint8Array(problem.variables));
    const candidate = assignmentOf(problem, bits, 0);
    const best = candidate.feasible ? candidate : null;
    const bound = boundOf(problem, found.bound);
    const proof =
      found.isOptimal && best !== null
        ? proofOf(best.value, best.value)
        : proofOf(best?.value ?? null, bound);
    const result = optimisationResult(
      problem,
      { assignments: bits, probabilities: Float64Array.of(1) },
      best,
      solveExactly(problem),
      classicalEffort(found.nodes),
      null,
    );
    return {
      result: { ...result, proof },
      warnings:
        best === null
          ? ['No feasible assignment was found within the time; give it more seconds.']
          : [],
    };
  },
});

/** The best feasible assignment of a few walks; null where none is feasible. */
function warmStart(problem: BinaryProblem, seed: number): Uint8Array | null {
  const landscape = landscapeOf(problem);
  const iterations = Math.min(20_000, Math.max(500, 20 * landscape.model.size));
  const findings = new Findings(problem);
  let best: Uint8Array | null = null;
  for (let k = 0; k < warmStarts; k++) {
    const before = findings.best;
    const x = walk(landscape, { iterations, tenure: 20 }, randomState(rngOf(seed, 206, k)));
    findings.add(x);
    if (findings.best !== before) best = x.slice(0, problem.variables);
  }
  return best;
}

interface Found {
  readonly x: Uint8Array | null;
  /** Of the program that is made small. */
  readonly bound: number;
  readonly nodes: number;
  readonly isOptimal: boolean;
  readonly isInfeasible: boolean;
}

function solve(program: LinearProgram, start: Uint8Array | null, seconds: number): Found {
  const library = highsLibrary();
  const { columns, variables } = program;
  const model = library.createModel({
    numCols: columns,
    numRows: program.rowLower.length,
    offset: program.offset,
    colCost: program.costs,
    colLower: new Float64Array(columns),
    colUpper: new Float64Array(columns).fill(1),
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csr',
      numRows: program.rowLower.length,
      numCols: columns,
      starts: Int32Array.from(program.starts),
      indices: Int32Array.from(program.indices),
      values: Float64Array.from(program.values),
    },
    integrality: Int32Array.from({ length: columns }, (_, k) => (k < variables ? 1 : 0)),
  });
  try {
    model.options.set({
      output_flag: false,
      time_limit: seconds,
      mip_rel_gap: 0,
      mip_abs_gap: 1e-9,
    });
    if (start !== null) model.setSolution({ colValue: columnsOf(program, start) });
    model.run();
    return foundBy(model, variables);
  } catch (thrown) {
    // Its own error prints the whole library.
    const text = thrown instanceof Error ? thrown.message.slice(0, 200) : 'it ended without a word';
    throw new AppError('internal', `HiGHS failed: ${text}`);
  } finally {
    model.dispose();
  }
}

function foundBy(model: Model, variables: number): Found {
  const { modelStatus } = highsLibrary().constants;
  const status = model.getModelStatus();
  const hasSolution = model.info.get('primal_solution_status') === 2;
  const { colValue } = model.getSolution();
  return {
    x: hasSolution
      ? Uint8Array.from(colValue.subarray(0, variables), (one) => Math.round(one))
      : null,
    bound: Number(model.info.get('mip_dual_bound')),
    nodes: Math.max(1, Number(model.info.get('mip_node_count'))),
    isOptimal: status === modelStatus.optimal,
    isInfeasible: status === modelStatus.infeasible,
  };
}

/** The bound in the problem's own sense; where every weight is a whole number, so is every value. Null where there is none. */
function boundOf({ objective, sense }: BinaryProblem, bound: number): number | null {
  if (!Number.isFinite(bound)) return null;
  const isWhole =
    Number.isInteger(objective.constant) &&
    objective.linear.every(Number.isInteger) &&
    objective.quadratic.every(([, , w]) => Number.isInteger(w));
  const least = isWhole ? Math.ceil(bound - 1e-6) : bound;
  return sense === 'min' ? least : -least;
}
