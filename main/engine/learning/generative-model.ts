import { AppError } from '#shared/base/errors.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { UnlabelledRows } from '#shared/problems/views/unlabelled.ts';
import type { Generative } from '#shared/results/kinds/generative.ts';
import type { Outcome, ViewInput } from '../algorithms/algorithm.ts';
import { cellKernel, twoSampleTest } from './discrepancy.ts';
import { cellCount, cellOf, type Grid, gridOf, middleOf, sharesOf } from './grid.ts';

/** Rows of a test at most: its steps grow with their square. */
const mostTested = 200;
const permutations = 200;
const drawnRows = 100;
/** Points of the curve that a result keeps. */
const mostPoints = 200;

/** Bits of each column of the grid. */
export function bitsParameter(count: number): ParameterDescriptor {
  return {
    kind: 'integer',
    id: 'bits',
    title: 'Bits a column',
    help: 'Each column is cut into 2^bits cells; every bit of every column is a qubit.',
    default: count,
    min: 1,
    max: 8,
  };
}

/** Whether qubits interact. */
export const entangledParameter: ParameterDescriptor = {
  kind: 'boolean',
  id: 'entangled',
  title: 'Entangled',
  help: 'Whether qubits interact; without, the model is its twin of independent bits.',
  default: true,
};

/** What a generative method learns from. */
export interface Target {
  readonly grid: Grid;
  readonly qubits: number;
  /** Cells of the training rows. */
  readonly cells: readonly number[];
  /** Share of the training rows in each cell. */
  readonly shares: Float64Array;
}

/** Qubits of a grid of the rows' columns; more than `most` are `too-large`, as they are before anything runs. */
export function gridQubits({ names }: UnlabelledRows, bits: number, most: number): number {
  const qubits = bits * names.length;
  if (qubits <= most) return qubits;
  throw new AppError(
    'too-large',
    `${names.length} columns of ${bits} bits are ${qubits} qubits, and at most ${most} are trained. Name fewer columns in problem.features, or use fewer bits.`,
    { path: 'settings.bits' },
  );
}

/** The training rows on a grid of `qubits` qubits. */
export function targetOf({ rows, train }: UnlabelledRows, bits: number): Target {
  const known = train.map((i) => rows[i] as Float64Array);
  const grid = gridOf(known, bits);
  const qubits = bits * grid.low.length;
  const cells = known.map((row) => cellOf(grid, row));
  return { grid, qubits, cells, shares: sharesOf(cells, cellCount(grid)) };
}

/** What training ended with. */
export interface Trained {
  readonly model: Float64Array;
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  readonly course: readonly { readonly step: number; readonly loss: number }[];
  readonly evaluations: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** The result of a generative method: distances, the two-sample test with the rows that were kept back, and rows. */
export function generativeOutcome(
  { view, seed, usage }: ViewInput<UnlabelledRows>,
  { grid, shares }: Target,
  trained: Trained,
): Outcome<Generative> {
  const { model, course } = trained;
  const rng = rngOf(seed, 332);
  const tested = view.test
    .slice(0, mostTested)
    .map((i) => cellOf(grid, view.rows[i] as Float64Array));
  const made = drawnCells(model, tested.length, rng);
  const { mmd, pValue } = twoSampleTest(made, tested, cellKernel(grid), { permutations, rng });
  const kept = sharesOf(
    view.test.map((i) => cellOf(grid, view.rows[i] as Float64Array)),
    shares.length,
  );
  const stride = Math.ceil(course.length / mostPoints);
  return {
    result: {
      names: [...view.names],
      grid: { bits: grid.bits, low: [...grid.low], high: [...grid.high] },
      model: [...model],
      data: [...shares],
      totalVariation: { train: variation(model, shares), test: variation(model, kept) },
      divergence: divergence(shares, model),
      twoSample: { mmd, pValue, permutations, drawn: made.length, kept: tested.length },
      samples: drawnCells(model, drawnRows, rng).map((cell) => [...middleOf(grid, cell)]),
      parameters: Object.fromEntries(
        Object.entries(trained.parameters).map(([name, values]) => [name, [...values]]),
      ),
      course: course.filter((_, k) => k % stride === 0 || k === course.length - 1),
      evaluations: trained.evaluations,
      iterations: trained.iterations,
      converged: trained.converged,
      ...usage(),
    },
    warnings: [],
  };
}

function variation(p: Float64Array, q: Float64Array): number {
  return p.reduce((sum, value, i) => sum + Math.abs(value - (q[i] as number)), 0) / 2;
}

/** Σ q ln(q/p). */
function divergence(q: Float64Array, p: Float64Array): number {
  return q.reduce(
    (sum, value, i) => (value > 0 ? sum + value * Math.log(value / (p[i] as number)) : sum),
    0,
  );
}

/** Cells by their probabilities. */
function drawnCells(model: Float64Array, count: number, rng: Rng): number[] {
  const total = model.reduce((sum, p) => sum + p, 0);
  return Array.from({ length: count }, () => {
    let left = rng.uniform() * total;
    let last = 0;
    for (let i = 0; i < model.length; i++) {
      const p = model[i] as number;
      if (p <= 0) continue;
      last = i;
      left -= p;
      if (left < 0) break;
    }
    return last;
  });
}
