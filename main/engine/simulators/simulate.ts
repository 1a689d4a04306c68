import type { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { bitCountOf, type Circuit } from '#shared/circuit/circuit.ts';
import type { Bindings } from '#shared/circuit/expression.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { type CompiledNoise, compileNoise } from '../noise/model.ts';
import { type Branch, type BranchRun, runBranches, TooManyBranches } from './branches.ts';
import { chooseMethod, requireMemory } from './choose.ts';
import { blochVectors } from './inspect.ts';
import { lower } from './lowering.ts';
import { type BranchOutcomes, drawIndices, outcomesOf, sampleTable, tableOf } from './outcomes.ts';
import { runShotByShot } from './shots.ts';
import { splitTerminal, type SplitProgram } from './terminal.ts';

export interface SimulationOptions {
  readonly qubits: number;
  readonly method: string;
  readonly precision: 'f32' | 'f64';
  readonly shots: number | null;
  readonly seed: number;
  readonly noise: NoiseModel | null;
  readonly bindings: Bindings;
  readonly probabilities: boolean;
  readonly state: boolean;
  readonly bloch: boolean;
  readonly observables: readonly string[];
  readonly cancel: CancelFlag;
  readonly freeBytes: number;
  readonly now: () => number;
  /** When the work began, on the same clock. */
  readonly started: number;
}

/** More histories than this are sampled shot by shot instead of followed. */
const branchLimit = 4096;
/** More entries than this are not listed in a result. */
const listLimit = 2 ** 20;

/** Simulates a circuit and reports all that was asked for (CONTRACT §2). */
export function simulateCircuit(circuit: Circuit, options: SimulationOptions): SimulationResult {
  const { qubits, precision } = options;
  const observables = options.observables.map((text) => parseObservable(text, qubits));
  const { simulator, reason } = chooseMethod(options.method, qubits, options.noise);
  const bytes = simulator.bytesFor(qubits, precision);
  const program = splitTerminal(lower(circuit));
  const peak =
    bytes * (program.isDynamic ? 2 : 1) + (program.terminal.length > 0 ? 8 * 2 ** qubits : 0);
  requireMemory(peak, options.freeBytes, `A ${simulator.title.toLowerCase()} of ${qubits} qubits`);
  if (qubits > simulator.maximumQubits) {
    throw new AppError(
      'too-large',
      `The ${simulator.title.toLowerCase()} reaches ${simulator.maximumQubits} qubits; the circuit has ${qubits}.`,
      { qubits },
    );
  }
  const noise = options.noise === null ? null : compileNoise(options.noise);
  const planned = options.now();
  const start = (): Branch => ({
    register: simulator.prepare(qubits, precision),
    bits: new Uint8Array(bitCountOf(circuit)),
  });
  const result = execute(start, program, noise, observables, options, bytes);
  const finished = options.now();
  return {
    qubits: circuit.qubitRegisters.map(({ name, size }) => [name, size]),
    registers: circuit.bitRegisters.map(({ name, size }) => [name, size]),
    method: simulator.id,
    methodReason: reason,
    precision,
    ...result,
    measured: {
      seconds: finished - options.started,
      planSeconds: planned - options.started,
      peakBytes: peak,
      threads: 1,
      kernel: 'typed-array',
    },
  };
}

type Execution = Omit<
  SimulationResult,
  'qubits' | 'registers' | 'method' | 'methodReason' | 'precision' | 'measured'
>;

function execute(
  start: () => Branch,
  program: SplitProgram,
  noise: CompiledNoise | null,
  observables: readonly ReturnType<typeof parseObservable>[],
  options: SimulationOptions,
  bytes: number,
): Execution {
  const { shots, seed, bindings, cancel } = options;
  let ran: BranchRun;
  try {
    ran = runBranches(start(), program.before, {
      bindings,
      noise,
      cancel,
      maximumBytes: Math.max(options.freeBytes, bytes),
      maximumBranches: branchLimit,
    });
  } catch (error) {
    if (!(error instanceof TooManyBranches) || shots === null) throw error;
    return sampledOnly(start, program, noise, options);
  }
  const { branches } = ran;
  const collapses =
    program.before.some(({ kind }) => kind === 'measure' || kind === 'if') || ran.didReset;
  const readout = noise?.readout ?? new Map();
  const outcomes = branches.map((branch) => outcomesOf(branch, program.terminal, readout));
  const warnings: string[] = [];
  const exactTable = shots === null || options.probabilities;
  if (exactTable) requireListable(outcomes);
  return {
    ...(exactTable ? { probabilities: tableOf(outcomes) } : {}),
    ...beforeMeasurement(branches, collapses, observables, readout, options, warnings),
    ...(shots === null ? {} : { counts: sampleTable(outcomes, shots, rngOf(seed, 0)) }),
    ...(options.bloch
      ? {
          bloch: blochVectors(
            branches.map(({ register }) => register),
            options.qubits,
          ),
        }
      : {}),
    warnings,
  };
}

function requireListable(outcomes: readonly BranchOutcomes[]): void {
  let entries = 0;
  for (const { probabilities } of outcomes) {
    for (const p of probabilities) if (p >= 1e-15) entries++;
  }
  if (entries > listLimit) {
    throw new AppError(
      'too-large',
      `There are ${entries} outcomes with a probability above 1e-15; at most ${listLimit} are listed. Ask for shots (--shots) instead.`,
      { entries },
    );
  }
}

/** qubitProbabilities, state and expectations: before terminal measurements, if that is one state. */
function beforeMeasurement(
  branches: readonly Branch[],
  collapses: boolean,
  observables: readonly ReturnType<typeof parseObservable>[],
  readout: CompiledNoise['readout'],
  options: SimulationOptions,
  warnings: string[],
): Pick<Execution, 'qubitProbabilities' | 'state' | 'expectations'> {
  const asked = options.observables;
  if (collapses && options.shots === null) {
    warnings.push(
      'qubitProbabilities, state and expectations are null: the program measures, resets or conditions qubits before its end. Ask for shots (--shots) to have them estimated.',
    );
    return {
      qubitProbabilities: null,
      ...(options.state ? { state: null } : {}),
      ...(asked.length === 0
        ? {}
        : { expectations: asked.map((observable) => ({ observable, value: null, stderr: null })) }),
    };
  }
  const tables = branches.map(({ register }) => register.probabilities());
  const entries = tables.reduce(
    (sum, table) => sum + table.reduce((n, p) => n + (p >= 1e-15 ? 1 : 0), 0),
    0,
  );
  const listable = entries <= listLimit;
  if (!listable)
    warnings.push(`qubitProbabilities is null: it has ${entries} entries, more than ${listLimit}.`);
  const estimated = collapses ? sampleBranches(branches, tables, options) : null;
  const expectations = observables.map((observable, i) => ({
    observable: asked[i] as string,
    ...expectationOver(
      branches,
      observable,
      readout,
      estimated?.perBranch ?? null,
      options.shots ?? 1,
    ),
  }));
  return {
    qubitProbabilities: listable ? (estimated?.table ?? qubitTable(tables, options.qubits)) : null,
    ...(options.state ? { state: stateOf(branches, collapses, warnings) } : {}),
    ...(asked.length === 0 ? {} : { expectations }),
  };
}

function qubitTable(tables: readonly Float64Array[], qubits: number): Record<string, number> {
  const empty = {
    bits: new Uint8Array(qubits),
    positions: Array.from({ length: qubits }, (_, q) => q),
  };
  return tableOf(tables.map((probabilities) => ({ ...empty, probabilities })));
}

/** Frequencies of basis states and of branches in the asked number of shots. */
function sampleBranches(
  branches: readonly Branch[],
  tables: readonly Float64Array[],
  options: SimulationOptions,
): { table: Record<string, number>; perBranch: Float64Array } {
  const shots = options.shots as number;
  const perBranch = new Float64Array(branches.length);
  const counted = tables.map((table) => new Float64Array(table.length));
  drawIndices(tables, shots, rngOf(options.seed, 2), (part, index, count) => {
    perBranch[part] = (perBranch[part] as number) + count / shots;
    (counted[part] as Float64Array)[index] = count / shots;
  });
  return { table: qubitTable(counted, options.qubits), perBranch };
}

/** Exact over the branches, or with the frequencies with which they were drawn and a standard error. */
function expectationOver(
  branches: readonly Branch[],
  observable: ReturnType<typeof parseObservable>,
  readout: CompiledNoise['readout'],
  frequencies: Float64Array | null,
  shots: number,
): { value: number; stderr: number } {
  const parts = branches.map(({ register }) => register.expectation(observable, readout));
  if (frequencies === null) return { value: parts.reduce((sum, part) => sum + part, 0), stderr: 0 };
  const conditional = parts.map(
    (part, i) => part / ((branches[i] as Branch).register.weight() || 1),
  );
  let mean = 0;
  let square = 0;
  conditional.forEach((value, i) => {
    mean += (frequencies[i] as number) * value;
    square += (frequencies[i] as number) * value * value;
  });
  return { value: mean, stderr: Math.sqrt(Math.max(0, square - mean * mean) / shots) };
}

function stateOf(
  branches: readonly Branch[],
  collapses: boolean,
  warnings: string[],
): [number, number][] | null {
  const amplitudes = (branches[0] as Branch).register.amplitudes();
  if (collapses || amplitudes === null) {
    warnings.push('state is null: the state before measurement is mixed, so it has no amplitudes.');
    return null;
  }
  if (amplitudes.re.length > listLimit) {
    warnings.push(
      `state is null: it has ${amplitudes.re.length} amplitudes, more than ${listLimit}.`,
    );
    return null;
  }
  return Array.from(amplitudes.re, (re, i) => [re, amplitudes.im[i] as number]);
}

function sampledOnly(
  start: () => Branch,
  program: SplitProgram,
  noise: CompiledNoise | null,
  options: SimulationOptions,
): Execution {
  const { bindings, cancel, seed } = options;
  const shots = options.shots as number;
  if (options.probabilities) throw new TooManyBranches(branchLimit);
  const counts = runShotByShot(start, program, { bindings, noise, cancel, shots, seed });
  return {
    counts,
    qubitProbabilities: null,
    ...(options.state ? { state: null } : {}),
    ...(options.bloch ? { bloch: null } : {}),
    ...(options.observables.length === 0
      ? {}
      : {
          expectations: options.observables.map((observable) => ({
            observable,
            value: null,
            stderr: null,
          })),
        }),
    warnings: [
      'There are too many measurement histories to follow, so each shot was run by itself; only counts are given.',
    ],
  };
}
