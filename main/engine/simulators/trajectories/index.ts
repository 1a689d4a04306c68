import { AppError } from '#shared/base/errors.ts';
import type { NoiseRule } from '#shared/jobs/noise.ts';
import { statevector } from '../dense.ts';
import { type Estimate, meanOverShots, reachesTarget, targetWarning } from '../estimates.ts';
import { followBranches, listLimit, undefinedBefore } from '../execute.ts';
import { sortedByKey, tableOf } from '../outcomes.ts';
import type { Execution, Run, Simulator } from '../simulator.ts';
import { DrawnRegister } from './drawn-register.ts';
import { emittedShots } from './emitted-shots.ts';
import { noisyProgram } from './noisy-program.ts';
import { addSums, noShots, runBlock, type ShotSums } from './shot-block.ts';
import { ShotWalk } from './shot-walk.ts';

/**
 * Shots that share histories and are added up together. Fixed, so that neither the bits of a result
 * nor the shot at which a run stops depend on how blocks are spread.
 */
const blockShots = 256;
/** States of shots whose histories have parted; more share little more. */
const mostStates = 3;

/** Channels that may read their probabilities off the state. */
const readsState: ReadonlySet<NoiseRule['channel']> = new Set([
  'amplitude_damping',
  'thermal_relaxation',
  'kraus',
]);

function simulate(run: Run): Execution {
  const { qubits, precision, shots, probabilities, noise } = run.options;
  if (shots === null || probabilities) {
    throw new AppError(
      'bad-input',
      'Method “trajectories” estimates from shots: ask for shots (--shots), without --probabilities. Exact answers come from “density”.',
    );
  }
  if (noise === null || noise.rules.length === 0) {
    return followBranches(run, () => statevector.prepare(qubits, precision));
  }
  const emitted = emittedShots(run);
  try {
    const runShots = emitted === null ? walkShots(run) : emitted.runBlock.bind(emitted);
    let sums = noShots(run);
    while (sums.shots < shots && !reachesTarget(run, estimatesOf(sums), sums.shots)) {
      sums = addSums(sums, runShots(sums.shots, Math.min(blockShots, shots - sums.shots)));
    }
    return report(run, sums);
  } finally {
    emitted?.dispose();
  }
}

/** Runs blocks of shots on states that shots share while their histories agree. */
function walkShots(run: Run): (first: number, count: number) => ShotSums {
  const { qubits, precision, cancel } = run.options;
  const walk = new ShotWalk(noisyProgram(run), {
    qubits,
    precision,
    bits: run.bits,
    readout: run.noise?.readout ?? new Map(),
    cancel,
    maximumStates: statesFor(run),
  });
  return (first, count) => runBlock(run, walk, first, count);
}

function estimatesOf({ values, squares, shots }: ShotSums): Estimate[] {
  return Array.from(values, (sum, i) => meanOverShots(sum, squares[i] as number, shots));
}

function report(run: Run, sums: ShotSums): Execution {
  const { options } = run;
  const { shots, table, bloch } = sums;
  const estimates = estimatesOf(sums);
  const warnings: string[] = [];
  if (table === null) {
    warnings.push(`qubitProbabilities is null: it has more than ${listLimit} entries.`);
  }
  if (options.state) {
    warnings.push('state is null: the state before measurement is mixed, so it has no amplitudes.');
  }
  const positions = Array.from({ length: options.qubits }, (_, q) => q);
  const mean = (k: number): number => ((bloch as Float64Array)[k] as number) / shots;
  return {
    counts: sortedByKey(sums.counts),
    ...undefinedBefore(run),
    qubitProbabilities:
      table === null
        ? null
        : tableOf([
            {
              bits: new Uint8Array(options.qubits),
              positions,
              probabilities: table.map((p) => p / shots),
            },
          ]),
    ...(options.observables.length === 0
      ? {}
      : {
          expectations: options.observables.map((observable, i) => ({
            observable,
            ...(estimates[i] as Estimate),
          })),
        }),
    ...(bloch === null
      ? {}
      : { bloch: positions.map((q) => [mean(3 * q), mean(3 * q + 1), mean(3 * q + 2)]) }),
    warnings: [...warnings, ...targetWarning(run, estimates, shots)],
    measured: { shots },
  };
}

/** States that fit beside the tables and the one in which a block is tried, at least one. */
function statesFor(run: Run): number {
  const { qubits, precision, shots, freeBytes } = run.options;
  const state = statevector.bytesFor(qubits, precision);
  const fitting = Math.floor((freeBytes - tablesFor(run)) / state) - 1;
  return Math.max(1, Math.min(mostStates, shots ?? 1, fitting));
}

/** The table of all shots, that of a block and that of one shot; and what a shot measures. */
function tablesFor({ options: { qubits }, program: { terminal } }: Run): number {
  const table = 8 * 2 ** qubits;
  const measured = terminal.length === 0 ? 0 : table + 8 * 2 ** Math.min(terminal.length, qubits);
  return (2 ** qubits <= listLimit ? 3 * table : 0) + measured;
}

/** States of shots whose histories parted, the one in which a block is tried, and tables. */
function peakBytes(run: Run): number {
  const { qubits, precision, noise } = run.options;
  const isTried = noise !== null && noise.rules.some(({ channel }) => readsState.has(channel));
  const states = statesFor(run) + (isTried ? 1 : 0);
  return statevector.bytesFor(qubits, precision) * states + tablesFor(run);
}

/** Noisy circuits wider than a density matrix holds. */
export const trajectories: Simulator = {
  id: 'trajectories',
  title: 'Quantum trajectories',
  summary:
    'Any noise on pure states, drawn anew in every shot; expectations with standard errors, stopping at an asked one.',
  channels: 'all',
  isMixed: false,
  gates: 'all',
  gives: 'shots',
  maximumQubits: 30,
  peakBytes,
  simulate,
  stepwise: {
    drawsNoise: true,
    bytesFor: ({ qubits, precision }) => statevector.bytesFor(qubits, precision),
    begin: ({ qubits, precision }) => ({
      prepare: (rng) =>
        rng === null
          ? statevector.prepare(qubits, precision)
          : new DrawnRegister(qubits, precision, rng),
    }),
  },
};
