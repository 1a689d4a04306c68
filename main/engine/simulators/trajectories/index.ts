import { AppError } from '#shared/base/errors.ts';
import { statevector } from '../dense.ts';
import { followBranches, listLimit, undefinedBefore } from '../execute.ts';
import { blochVectors } from '../inspect.ts';
import { tableOf } from '../outcomes.ts';
import { runShotByShot } from '../shots.ts';
import type { Execution, Run, Simulator } from '../simulator.ts';
import { Trajectory } from './trajectory.ts';

/** Sums over shots, from which means and standard errors follow. */
interface Sums {
  readonly values: Float64Array;
  readonly squares: Float64Array;
  /** Probability of every basis state; null where they are too many to list. */
  readonly table: Float64Array | null;
  readonly bloch: [number, number, number][] | null;
}

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
  const sums: Sums = {
    values: new Float64Array(run.observables.length),
    squares: new Float64Array(run.observables.length),
    table: 2 ** qubits <= listLimit ? new Float64Array(2 ** qubits) : null,
    bloch: run.options.bloch ? Array.from({ length: qubits }, () => [0, 0, 0]) : null,
  };
  const counts = runShotByShot(
    run,
    (rng) => new Trajectory(qubits, precision, rng),
    ({ register }) => addShot(run, register as Trajectory, sums),
  );
  return { counts, ...report(run, sums, shots) };
}

function addShot(run: Run, register: Trajectory, sums: Sums): void {
  const readout = run.noise?.readout ?? new Map();
  run.observables.forEach((observable, i) => {
    const value = register.expectation(observable, readout);
    sums.values[i] = (sums.values[i] as number) + value;
    sums.squares[i] = (sums.squares[i] as number) + value * value;
  });
  const { table, bloch } = sums;
  if (table !== null) {
    register.probabilities().forEach((p, i) => {
      table[i] = (table[i] as number) + p;
    });
  }
  if (bloch === null) return;
  blochVectors([register], run.options.qubits).forEach(([x, y, z], q) => {
    const [sumX, sumY, sumZ] = bloch[q] as [number, number, number];
    bloch[q] = [sumX + x, sumY + y, sumZ + z];
  });
}

function report(run: Run, sums: Sums, shots: number): Omit<Execution, 'counts'> {
  const { options } = run;
  const warnings: string[] = [];
  if (sums.table === null) {
    warnings.push(`qubitProbabilities is null: it has more than ${listLimit} entries.`);
  }
  if (options.state) {
    warnings.push('state is null: the state before measurement is mixed, so it has no amplitudes.');
  }
  const every = Array.from({ length: options.qubits }, (_, q) => q);
  return {
    ...undefinedBefore(run),
    qubitProbabilities:
      sums.table === null
        ? null
        : tableOf([
            {
              bits: new Uint8Array(options.qubits),
              positions: every,
              probabilities: sums.table.map((p) => p / shots),
            },
          ]),
    ...(options.observables.length === 0
      ? {}
      : { expectations: options.observables.map((name, i) => estimate(name, sums, i, shots)) }),
    ...(sums.bloch === null
      ? {}
      : { bloch: sums.bloch.map(([x, y, z]) => [x / shots, y / shots, z / shots]) }),
    warnings,
  };
}

/** The mean over shots; a single shot knows no spread. */
function estimate(
  observable: string,
  { values, squares }: Sums,
  i: number,
  shots: number,
): { observable: string; value: number; stderr: number } {
  const value = (values[i] as number) / shots;
  const spread = Math.max(0, (squares[i] as number) / shots - value * value);
  return { observable, value, stderr: Math.sqrt(spread / Math.max(1, shots - 1)) };
}

/** A statevector and the copy that reads observables, a table of each shot and their sum. */
function peakBytes({ options: { qubits, precision } }: Run): number {
  return 2 * statevector.bytesFor(qubits, precision) + 16 * 2 ** qubits;
}

/** Noisy circuits wider than a density matrix holds. */
export const trajectories: Simulator = {
  id: 'trajectories',
  title: 'Quantum trajectories',
  summary: 'Any noise on pure states, drawn anew in every shot; expectations with standard errors.',
  channels: 'all',
  isMixed: false,
  gates: 'all',
  gives: 'shots',
  maximumQubits: 30,
  peakBytes,
  simulate,
};
