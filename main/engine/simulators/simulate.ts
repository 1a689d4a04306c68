import { AppError } from '#shared/base/errors.ts';
import { bitCountOf, type Circuit } from '#shared/circuit/circuit.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { inWorkshop, prepareThreads, usedSoFar, watchPasses } from '../kernels/workshop.ts';
import { compileNoise } from '../noise/model.ts';
import { askAboutGates, unusedNoise } from './unused-noise.ts';
import { type ChosenMethod, chooseMethod, mixedInstead, refusalOf } from './choose.ts';
import { density, statevector } from './dense.ts';
import { TooManyBranches } from './live-states.ts';
import { requireMemory } from './memory.ts';
import { TooEntangled } from './mps/chain.ts';
import { type Instruction, lower } from './lowering.ts';
import type { Run, SimulationOptions, SimulationWatch, Simulator } from './simulator.ts';
import { type SplitProgram, splitTerminal } from './terminal.ts';

export type { SimulationOptions } from './simulator.ts';

/** Simulates a circuit and reports all that was asked for (CONTRACT §2). */
export function simulateCircuit(circuit: Circuit, options: SimulationOptions): SimulationResult {
  return withKernels(options, () => simulateHere(circuit, options));
}

/** Gives a simulation the threads and kernels that were asked for, and says what it used of them. */
export function withKernels(
  { qubits, threads = null, isPortable = false, cancel }: SimulationOptions,
  work: () => SimulationResult,
): SimulationResult {
  return inWorkshop({ threads, isPortable, cancel }, () => {
    prepareThreads(qubits);
    const result = work();
    const used = usedSoFar();
    if (used === null || result.measured.kernel !== arrays.kernel) return result;
    return { ...result, measured: { ...result.measured, ...used } };
  });
}

/** What computes where no kernel did. */
export const arrays = { threads: 1, kernel: 'typed-array' } as const;

function simulateHere(circuit: Circuit, options: SimulationOptions): SimulationResult {
  const { qubits } = options;
  const run: Run = {
    observables: options.observables.map((text) => parseObservable(text, qubits)),
    program: options.path === true ? unsplit(lower(circuit)) : splitTerminal(lower(circuit)),
    bits: bitCountOf(circuit),
    noise: options.noise === null ? null : compileNoise(options.noise),
    options,
  };
  return simulateRun(circuit, run);
}

/** Runs what was prepared by the method that was asked for, or that suits it best. */
export function simulateRun(circuit: Circuit, run: Run): SimulationResult {
  if (run.noise !== null) askAboutGates(run.noise, run.program.before);
  const method = run.options.path === true ? pathMethod(run) : chooseMethod(run);
  try {
    return simulateBy(method, circuit, run);
  } catch (error) {
    if (error instanceof TooEntangled) throw refusalOf(run, error);
    const other = error instanceof TooManyBranches ? mixedInstead(run) : null;
    if (other === null) throw error;
    return simulateBy(other, circuit, run);
  }
}

function simulateBy(
  { simulator, reason, warnings }: ChosenMethod,
  circuit: Circuit,
  run: Run,
): SimulationResult {
  const { options } = run;
  const { qubits, precision } = options;
  const peak = simulator.peakBytes(run);
  requireMemory(peak, options.freeBytes, `A ${simulator.title.toLowerCase()} of ${qubits} qubits`);
  if (qubits > simulator.maximumQubits) {
    throw new AppError(
      'too-large',
      `The ${simulator.title.toLowerCase()} reaches ${simulator.maximumQubits} qubits; the circuit has ${qubits}.`,
      { qubits },
    );
  }
  const planned = options.now();
  options.watch?.chosen(simulator.id, reason);
  const result = watchPasses(passWatch(simulator, run), () => simulator.simulate(run));
  const finished = options.now();
  const unused = run.noise === null ? [] : unusedNoise(run.noise, qubits);
  return {
    qubits: circuit.qubitRegisters.map(({ name, size }) => [name, size]),
    registers: circuit.bitRegisters.map(({ name, size }) => [name, size]),
    method: simulator.id,
    methodReason: reason,
    precision,
    ...result,
    warnings: [...warnings, ...result.warnings, ...unused],
    measured: {
      seconds: finished - options.started,
      planSeconds: planned - options.started,
      peakBytes: peak,
      ...arrays,
      ...result.measured,
    },
  };
}

/**
 * Told of each pass where the passes over one state are the work: gates are held back until the state
 * is read, so a program without measurements inside is planned and run as one.
 */
function passWatch(
  { id }: Simulator,
  { program, options: { watch } }: Run,
): SimulationWatch['done'] | null {
  const isOneState = id === statevector.id || id === density.id;
  if (watch === undefined || program.isDynamic || !isOneState) return null;
  return (part, all) => watch.done(part, all);
}

/** One run is followed to its end: what is measured there counts for the state after it. */
function unsplit(before: readonly Instruction[]): SplitProgram {
  return { before, terminal: [], isDynamic: true };
}

function pathMethod({ noise }: Run): ChosenMethod {
  if (noise !== null) {
    throw new AppError('bad-input', 'One run is followed without noise. Leave the noise out.');
  }
  const reason = 'One run is followed on its own state.';
  return { simulator: statevector, reason, warnings: [] };
}
