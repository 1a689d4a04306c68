import { rngOf } from '#shared/base/rng.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import type { BenchRow } from '#test/support/bench-row.ts';
import { runSpec } from '#test/support/run-spec.ts';
import { cubicEdges, plantedTiles, randomGraph } from '#test/support/spin-instances.ts';

function timed(algorithm: string, problem: object, settings: object) {
  const start = performance.now();
  const result = runSpec({ algorithm, problem, settings, seed: 2 }).result as OptimisationResult;
  return { result, seconds: (performance.now() - start) / 1000 };
}

/** Spin updates a second, the time to planted ground states, and cuts of a graph like G1. */
export function run(): BenchRow[] {
  const cubic = { kind: 'maxcut', nodes: 2000, edges: cubicEdges(2000, rngOf(1)) };
  const { result, seconds } = timed('simulated-annealing', cubic, { sweeps: 1000, reads: 320 });
  const rate = result.evaluations / seconds;
  const tiles = [1, 2, 3].map((k): BenchRow => {
    const { problem, lowest } = plantedTiles(20, 40, rngOf(9, k), () => 1);
    const found = timed('simulated-annealing', problem, { sweeps: 5000, reads: 128 });
    const isReached = found.result.best?.value === lowest;
    return {
      name: `planted tiles ${k}, 800 spins: ${isReached ? 'ground state' : 'missed'}`,
      value: found.seconds,
      unit: 's',
      goal: '< 30 s',
      ok: isReached && found.seconds < 30,
    };
  });
  const dense = { kind: 'maxcut', nodes: 800, edges: randomGraph(800, 19_176, rngOf(3)) };
  const cuts = [
    ['simulated-annealing', { sweeps: 300, reads: 30 }],
    ['tabu', { restarts: 10 }],
    ['simulated-bifurcation', { steps: 500, reads: 20 }],
  ] as const;
  const found = cuts.map(([id, settings]) => ({ id, ...timed(id, dense, settings) }));
  const best = Math.max(...found.map((one) => one.result.best?.value ?? 0));
  const rows = found.map((one): BenchRow => {
    const share = (one.result.best?.value ?? 0) / best;
    return {
      name: `800 nodes, 19,176 edges: ${one.id} cuts ${one.result.best?.value} (${(100 * share).toFixed(2)} % of the best)`,
      value: one.seconds,
      unit: 's',
      goal: '≤ 10 s, within 0.5 %',
      ok: one.seconds <= 10 && share >= 0.995,
    };
  });
  return [
    {
      name: 'spin updates, 3-regular graph of 2,000 spins, one thread',
      value: rate / 1e6,
      unit: 'million a second',
      goal: '≥ 200',
      ok: rate >= 2e8,
    },
    ...tiles,
    ...rows,
  ];
}
