import { type Estimate, meanOverShots, reachesTarget, targetWarning } from '../estimates.ts';
import { listLimit } from '../limits.ts';
import { sortedByKey, tableOf } from '../outcomes.ts';
import type { Execution, Run } from '../simulator.ts';
import { undefinedBefore } from '../undefined-before.ts';
import { noisyProgram } from './noisy-program.ts';
import { addSums, noShots, runBlock, type ShotSums } from './shot-block.ts';
import { ShotWalk } from './shot-walk.ts';

/**
 * Shots that share histories and are added up together. Fixed, so that neither the bits of a result
 * nor the shot at which a run stops depend on how blocks are spread.
 */
const blockShots = 256;

/** Runs shots first, …, first + count − 1. */
export type BlockRunner = (first: number, count: number) => ShotSums;

/** Blocks of shots, until there are as many as asked for or the asked error is reached. */
export function sampleBlocks(run: Run, runShots: BlockRunner): Execution {
  const shots = run.options.shots as number;
  let sums = noShots(run);
  while (sums.shots < shots && !reachesTarget(run, estimatesOf(sums), sums.shots)) {
    sums = addSums(sums, runShots(sums.shots, Math.min(blockShots, shots - sums.shots)));
    run.options.watch?.done(sums.shots, shots);
  }
  return report(run, sums);
}

/** Runs blocks on states that shots share while their histories agree. */
export function walkShots(run: Run, maximumStates: number): BlockRunner {
  const { qubits, precision, cancel } = run.options;
  const walk = new ShotWalk(noisyProgram(run), {
    qubits,
    precision,
    bits: run.bits,
    readout: run.noise?.readout ?? new Map(),
    cancel,
    maximumStates,
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
