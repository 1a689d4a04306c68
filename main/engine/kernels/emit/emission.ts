import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Crew } from '../crew.ts';
import type { CircuitStep } from '../gate-step.ts';
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
}

/**
 * Measured on random circuits and on the Fourier transform: nanoseconds that an operation takes per
 * amplitude with the ahead-of-time kernels, what an emitted module saves of them, and milliseconds
 * that emitting and compiling an operation takes.
 */
const cost = {
  ahead: { f32: 0.13, f64: 0.24 },
  saved: { f32: 0.058, f64: 0.1 },
  emit: 0.13,
} as const;
/** Below this a circuit is done before its form is found. */
const leastMs = 20;
/** Circuits with more phases of two qubits for each mixing operation run better ahead of time, which merges phases. */
const mostPhases = 2;
const keptModules = 16;
const keptHeat = 256;

const modules = new Map<string, CompiledCircuit>();
/** Milliseconds that modules would have saved so far, by circuit. */
const heat = new Map<string, number>();

/**
 * Runs a circuit on |0…0⟩ by a module made for it where that pays: at once for large states, or once
 * the runs of the same circuit so far would have paid for it. False where it is left to the caller.
 */
export function runEmitted(
  steps: readonly CircuitStep[],
  qubits: number,
  state: StateAddress,
  place: EmissionPlace,
): boolean {
  const { precision, threads } = place;
  // As on one thread: both ways round differently, so the choice must not depend on the threads.
  const perOperation = 2 ** qubits * 1e-6;
  if (steps.length * perOperation * cost.ahead[precision] < leastMs) return false;
  const lowered = lowerSteps(steps, qubits);
  if (lowered === null || !isMixing(lowered)) return false;
  const compiled = compiledFor(lowered, perOperation * cost.saved[precision], place);
  if (compiled === null) return false;
  const program = new EmittedProgram(compiled, precision, place);
  try {
    program.run(state, place.cancel, threads);
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
  lowered: LoweredCircuit,
  savedPerOperation: number,
  { precision, isRelaxed }: EmissionPlace,
): CompiledCircuit | null {
  const key = `${precision} ${String(isRelaxed)} ${JSON.stringify(lowered)}`;
  const known = modules.get(key);
  if (known !== undefined) {
    remember(modules, key, known, keptModules);
    return known;
  }
  const count = lowered.operations.length;
  const saved = (heat.get(key) ?? 0) + count * savedPerOperation;
  if (saved < count * cost.emit) {
    remember(heat, key, saved, keptHeat);
    return null;
  }
  const compiled = compileCircuit(lowered, { precision, isRelaxed });
  if (compiled !== null) remember(modules, key, compiled, keptModules);
  return compiled;
}

/** Puts an entry last, and drops the one that was not used for longest. */
function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
