import { AppError } from '#shared/base/errors.ts';
import { inDouble, inDoublePrecision } from '../double-precision.ts';
import { followBranches } from '../execute.ts';
import { undefinedBefore } from '../undefined-before.ts';
import { runShotByShot } from '../shots.ts';
import type { Execution, Run, Simulator } from '../simulator.ts';
import { firstNonClifford } from './clifford-programs.ts';
import { NoisyTableau } from './noisy-tableau.ts';
import { ownCrew } from '../../kernels/workshop.ts';
import { frameBytes, sampleFrames } from './sample-frames.ts';
import { Tableau } from './tableau.ts';

/** Working rows and small objects beside the tableau. */
const overheadBytes = 4096;
/** With more measurements and resets than this before the end, shots are cheaper than branches. */
const followed = 12;

/** Rows of a tableau, two bit planes and a sign each. */
function tableauBytes(qubits: number): number {
  return 2 * qubits * bytesOfRow(qubits);
}

function bytesOfRow(qubits: number): number {
  return 2 * 4 * Math.max(1, Math.ceil(qubits / 32)) + 1;
}

/** The tableau and its stabilizers in the form that is read; twice where measurements make branches. */
function peakBytes(run: Run): number {
  const { options, program } = run;
  const { qubits } = options;
  const tableaus = program.isDynamic ? 2 : 1;
  const frames = samplesFrames(run) ? frameBytes(run, ownCrew().threads) : 0;
  return overheadBytes + frames + tableaus * (tableauBytes(qubits) + qubits * bytesOfRow(qubits));
}

function simulate(run: Run): Execution {
  const { program, options } = run;
  const gate = firstNonClifford(program.before, options.bindings);
  if (gate !== null) {
    throw new AppError(
      'bad-input',
      `Method “stabilizer” takes Clifford gates only; “${gate}” is not one at its angles. Use “statevector”, “mps” or “auto”.`,
      { gate },
    );
  }
  const hasChannels = options.noise !== null && options.noise.rules.length > 0;
  if (hasChannels && options.shots === null) {
    throw new AppError(
      'bad-input',
      'Method “stabilizer” draws Pauli noise shot by shot. Ask for shots (--shots), or use “density”.',
    );
  }
  if (hasChannels && options.probabilities) {
    throw new AppError(
      'bad-input',
      'Method “stabilizer” gives counts under noise, not exact probabilities. Leave --probabilities out, or use “density”.',
    );
  }
  if (hasChannels && !canFrame(run)) return sampleTableaus(run);
  if (samplesFrames(run)) return sampleFrames(run);
  const sample = canFrame(run) && !options.probabilities ? () => sampleFrames(run) : undefined;
  return followBranches(run, () => new Tableau(options.qubits), sample);
}

/** Frames do not follow conditions. */
function canFrame({ program }: Run): boolean {
  return program.before.every(({ kind }) => kind !== 'if');
}

/** Whether shots are drawn from frames from the start: under noise, many, or behind many histories. */
function samplesFrames(run: Run): boolean {
  const { shots, probabilities, noise, sink } = run.options;
  if (shots === null || probabilities || !canFrame(run)) return false;
  if ((noise !== null && noise.rules.length > 0) || sink !== undefined) return true;
  const histories = run.program.before.filter(({ kind }) => kind === 'measure' || kind === 'reset');
  return histories.length > followed;
}

/** Programs with conditions under noise: a tableau for each shot, with errors of its own. */
function sampleTableaus(run: Run): Execution {
  return {
    ...undefinedBefore(run),
    ...(run.options.bloch ? { bloch: null } : {}),
    counts: runShotByShot(run, (rng) => new NoisyTableau(run.options.qubits, rng)),
    warnings: ['Conditions under noise are followed shot by shot; only counts are given.'],
  };
}

/** Clifford circuits on thousands of qubits. */
export const stabilizer: Simulator = {
  id: 'stabilizer',
  title: 'Stabilizer tableau',
  summary:
    'Clifford circuits on thousands of qubits, dynamic circuits by branching, Pauli noise by shots.',
  channels: 'pauli',
  isMixed: false,
  gates: 'clifford',
  gives: 'all',
  maximumQubits: 10_000,
  peakBytes,
  simulate: inDoublePrecision('stabilizer', simulate),
  stepwise: {
    drawsNoise: true,
    bytesFor: ({ qubits }) => tableauBytes(qubits),
    begin: ({ qubits, precision }) => ({
      prepare: (rng) => (rng === null ? new Tableau(qubits) : new NoisyTableau(qubits, rng)),
      report: () => inDouble('stabilizer', precision),
    }),
  },
};
