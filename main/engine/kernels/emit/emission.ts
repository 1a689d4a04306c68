import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Crew, PassWatch } from '../crew.ts';
import type { CircuitStep, GateStep } from '../gate-step.ts';
import { numbersOf, StepCache } from '../step-cache.ts';
import type { KernelMemory, StateAddress } from '../memory.ts';
import { type CompiledCircuit, compileCircuit, EmittedProgram } from './emitted-program.ts';
import { type LoweredCircuit, lowerSteps } from './lower-steps.ts';
import { isDiagonal } from './operation.ts';

/** Where and how a circuit is to be run. */
export interface EmissionPlace {
  readonly crew: Crew;
  readonly memory: KernelMemory;
  readonly precision: 'f32' | 'f64';
  readonly isRelaxed: boolean;
  readonly threads: number;
  readonly cancel: CancelFlag | null;
  readonly passed: PassWatch | null;
}

/**
 * Measured on random circuits and on the Fourier transform: nanoseconds per amplitude that a module
 * saves on an operation against the ahead-of-time kernels on one thread, and what emitting and
 * compiling an operation takes. What decides is the circuit alone, so that a result has the same bits
 * whatever the number of threads and whatever ran before.
 */
const savedPerAmplitude = { f32: 0.058, f64: 0.1 } as const;
const emitPerOperation = 130_000;
/** Circuits with more phases of two qubits for each mixing operation run better ahead of time, which merges phases. */
const mostPhases = 2;
const keptModules = 16;
/** A first run may take some hundredths of a second longer, where later ones take half the time. */
const fewRuns = 4;

/** Null: these gates are left to the ahead-of-time kernels. */
const modules = new StepCache<CompiledCircuit | null>(keptModules);
/** Whether a module for a circuit on so many qubits pays within a few runs. */
export function paysSoon(qubits: number, precision: 'f32' | 'f64'): boolean {
  return 2 ** qubits * savedPerAmplitude[precision] * fewRuns > emitPerOperation;
}

/**
 * Runs a circuit on |0…0⟩ by a module made for it where that pays within a few runs; the module is kept
 * for the next. False where it is left to the caller.
 */
export function runEmitted(
  steps: readonly GateStep[],
  qubits: number,
  state: StateAddress,
  place: EmissionPlace,
): boolean {
  const { precision, threads } = place;
  if (!paysSoon(qubits, precision)) return false;
  const compiled = compiledFor(steps, qubits, place);
  if (compiled === null) return false;
  const program = new EmittedProgram(compiled, precision, place);
  try {
    program.run(state, place.cancel, threads, place.passed);
  } finally {
    program.dispose();
  }
  return true;
}

function isMixing({ operations }: LoweredCircuit): boolean {
  const mixing = operations.filter((one) => !isDiagonal(one)).length;
  const phases = operations.filter(({ kind }) => kind === 'zz' || kind === 'phase').length;
  return phases <= mostPhases * mixing;
}

function compiledFor(
  steps: readonly GateStep[],
  qubits: number,
  { precision, isRelaxed, memory: { isWide } }: EmissionPlace,
): CompiledCircuit | null {
  const options = { precision, isRelaxed, isWide };
  const build = [qubits, precision === 'f32' ? 4 : 8, Number(isRelaxed), Number(isWide)];
  return modules.of(numbersOf(steps, build), () => {
    const fixed = steps.map((step): CircuitStep => ({ kind: 'fixed', step }));
    const lowered = lowerSteps(fixed, qubits);
    if (lowered === null || !isMixing(lowered)) return null;
    return compileCircuit(lowered, options);
  });
}
