import { AppError } from '#shared/base/errors.ts';
import type { NoiseRule } from '#shared/jobs/noise.ts';
import { statevector } from '../dense.ts';
import { followBranches } from '../execute.ts';
import { listLimit } from '../limits.ts';
import type { Execution, Run, Simulator } from '../simulator.ts';
import { DrawnRegister } from './drawn-register.ts';
import { emittedBytes, emittedShots } from './emitted-shots.ts';
import { sampleBlocks, walkShots } from './sample-blocks.ts';

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
    const runShots =
      emitted === null ? walkShots(run, statesFor(run)) : emitted.runBlock.bind(emitted);
    return sampleBlocks(run, runShots);
  } finally {
    emitted?.dispose();
  }
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
  const walked = statevector.bytesFor(qubits, precision) * states;
  return Math.max(walked, emittedBytes(run)) + tablesFor(run);
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
