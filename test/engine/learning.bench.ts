import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { gradientBoosting } from '#engine/learning/gradient-boosting.ts';
import { partNamed } from '#engine/parts.ts';
import { featureMaps } from '#engine/learning/feature-maps.ts';
import { quantumKernelRidge } from '#engine/learning/quantum-kernel-ridge.ts';
import { fidelityKernel } from '#engine/learning/quantum-kernels.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Program } from '#engine/programs/program.ts';
import type { BenchRow } from '#test/support/bench-row.ts';
import { denseBackend } from '#test/support/dense-backend.ts';
import { runText } from '#test/support/run-spec.ts';

function seconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function row(name: string, value: number, goal: number): BenchRow {
  return { name, value, unit: 's', goal: `≤ ${goal} s`, ok: value <= goal };
}

function drawnRows(count: number, features: number): Float64Array[] {
  const rng = rngOf(1);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: features }, () => rng.uniform()),
  );
}

function labelOf(x: Float64Array): number {
  return (x[0] as number) + (x[1] as number) * (x[2] as number) > 0.8 ? 1 : 0;
}

/** 100 trees of depth 3. */
function boosting(): number {
  const rows = drawnRows(100_000, 30);
  const settings = { trees: 100, maxDepth: 3, learningRate: 0.1, minLeaf: 1, penalty: 0 };
  const parts = { ansatze: [], featureMaps: [], optimizers: [] };
  const learner = gradientBoosting.teaches?.classes?.({ settings, parts });
  const query = (some: Float64Array[]) => ({ rows: some, places: some.map((_, i) => i) });
  const task = { train: query(rows), labels: rows.map(labelOf), test: query([]), rng: rngOf(2) };
  return seconds(() => learner?.fit(task));
}

function kernel(): number {
  const rows = drawnRows(1000, 10);
  const program = (function* (): Program<Float64Array> {
    const circuit = partNamed(featureMaps, 'zz').circuit(10, { repetitions: 2 });
    yield { kind: 'define', key: 'map', circuit, observables: [] };
    return yield* fidelityKernel(rows, rows.length);
  })();
  return seconds(() => driveNow(program, denseBackend(), { seed: 0, cancel: new CancelFlag() }));
}

/** 10,000 rows by 500 landmarks, learned and told. */
function landmarks(): number {
  const rows = drawnRows(10_000, 10);
  const settings = {
    featureMap: { id: 'zz', repetitions: 2 },
    kernel: 'fidelity',
    alpha: 1,
    landmarks: 500,
  };
  const parts = { ansatze: [], featureMaps, optimizers: [] };
  const learner = quantumKernelRidge.teaches?.classes?.({ settings, parts });
  const query = (some: Float64Array[]) => ({ rows: some, places: some.map((_, i) => i) });
  const task = { train: query(rows), labels: rows.map(labelOf), test: query([]), rng: rngOf(2) };
  const program = (function* (): Program<unknown> {
    const given = learner?.fit(task);
    return given !== undefined && Symbol.iterator in given ? yield* given : given;
  })();
  return seconds(() => driveNow(program, denseBackend(), { seed: 0, cancel: new CancelFlag() }));
}

/** A step of all rows: the difference of runs of four steps and of one. */
function epoch(): number {
  const rows = drawnRows(1010, 8);
  const names = Array.from({ length: 8 }, (_, k) => `x${k}`);
  const csv = [[...names, 'y'], ...rows.map((x) => [...x, labelOf(x)])].map((one) => one.join());
  const place = rows.map((_, i) => i);
  const split = { kind: 'rows', train: place.slice(0, 1000), test: place.slice(1000) };
  const problem = { kind: 'classification', data: 'x', target: 'y', split };
  const trained = (maxIterations: number) =>
    seconds(() =>
      runText(
        {
          algorithm: 'qnn',
          problem,
          settings: { layers: 4, optimizer: { id: 'adam', maxIterations } },
        },
        csv.join('\n'),
      ),
    );
  trained(1);
  return (trained(4) - trained(1)) / 3;
}

/** What learners are measured by: trees on many rows, a kernel, and a step of a trained circuit. */
export function run(): BenchRow[] {
  return [
    row('gradient boosting, 100,000 rows of 30 features, 100 trees', boosting(), 10),
    row('fidelity kernel, 1,000 rows on 10 qubits', kernel(), 1.5),
    row('kernel ridge, 10,000 rows by 500 landmarks on 10 qubits', landmarks(), 15),
    row('QNN of 8 qubits and 4 layers, a step over 1,000 rows', epoch(), 0.4),
  ];
}
