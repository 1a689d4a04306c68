import { AppError } from '#shared/base/errors.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import type { NoiseStep } from '../noise/model.ts';
import { density, statevector } from './dense.ts';
import { mostWayBytes, mostWays } from './live-states.ts';
import type { Instruction } from './lowering.ts';
import { exactMps, mps } from './mps/index.ts';
import { pauliChannelOf } from './pauli-channel.ts';
import { simulatorNamed } from './registry.ts';
import type { Run, Simulator } from './simulator.ts';
import { nonCliffordInView } from './light-cone.ts';
import { pauliPropagation } from './pauli-propagation/index.ts';
import { trajectories } from './trajectories/index.ts';
import { stabilizer } from './stabilizer/index.ts';
import { firstNonClifford } from './stabilizer/clifford-programs.ts';

export interface ChosenMethod {
  readonly simulator: Simulator;
  /** One sentence for the result's `methodReason`. */
  readonly reason: string;
  readonly warnings: readonly string[];
}

/** From this many qubits on amplitudes are a last resort: Clifford circuits are followed by their stabilizers. */
const wideFrom = 21;

/** Each of these gates may double the strings of an observable: so many are held without dropping any. */
const cheapView = 16;

/** Each history of so many outcomes, or each shot, would need amplitudes of its own. */
const manyMeasurements = 8;

/** Cuts that so many gates cross, each doubling the bond, stay within the bond limit. */
const exactCrossings = 8;

/** Cuts that at most so many gates cross stay cheap: each doubles the bond at most for most gates. */
const shallowCrossings = 16;

/** The asked method if it can do this work, else the cheapest that can. */
export function chooseMethod(run: Run): ChosenMethod {
  const { method } = run.options;
  if (method === 'auto') return chooseBest(run);
  const simulator = simulatorNamed(run.options);
  if (hasChannels(run) && simulator.channels === 'none') {
    throw new AppError(
      'bad-input',
      `Method “${method}” cannot hold noise channels; use “density” or “auto”.`,
      { method },
    );
  }
  return { simulator, reason: `Method ${method} was asked for.`, warnings: [] };
}

/** What `auto` takes where pure states turned out to have too many histories; null = there is nothing else. */
export function mixedInstead(run: Run): ChosenMethod | null {
  const { method, qubits } = run.options;
  if (method !== 'auto' || hasChannels(run) || !fits(density, run) || splitsTooFar(run))
    return null;
  return chosen(
    density,
    `Pure states have too many measurement histories here, and a density matrix of ${qubits} qubits holds all with the same bits.`,
  );
}

function hasChannels({ options: { noise } }: Run): boolean {
  return noise !== null && noise.rules.length > 0;
}

function fits(simulator: Simulator, run: Run): boolean {
  return (
    run.options.qubits <= simulator.maximumQubits &&
    simulator.peakBytes(run) <= run.options.freeBytes
  );
}

function chooseBest(run: Run): ChosenMethod {
  return hasChannels(run) ? chooseNoisy(run) : choosePure(run);
}

function chooseNoisy(run: Run): ChosenMethod {
  const { qubits, shots, probabilities } = run.options;
  const wantsExact = shots === null || probabilities;
  if (!fits(density, run) && wantsExact && wantsExpectationsOnly(run)) {
    return chosen(
      pauliPropagation,
      `A density matrix of ${qubits} qubits does not fit and only expectations are asked for, so observables are carried back through gates and noise.`,
    );
  }
  if (wantsExact || (fits(density, run) && !splitsTooFar(run))) {
    return chosen(
      density,
      `The noise model has channels, which an exact density matrix of ${qubits} qubits holds.`,
    );
  }
  if (qubits >= wideFrom && isClifford(run) && hasPauliNoise(run)) {
    return chosen(
      stabilizer,
      `Every gate is a Clifford gate and all noise is Pauli noise, so Pauli frames sample ${qubits} qubits.`,
    );
  }
  return chosen(
    trajectories,
    fits(density, run)
      ? `Measurements split density matrices of ${qubits} qubits too far, so every shot draws the noise anew on a pure state.`
      : `A density matrix of ${qubits} qubits does not fit, so every shot draws the noise anew on a pure state.`,
  );
}

/** Whether a density matrix for each content of the bits that are measured on the way would be too many. */
function splitsTooFar({ program, options }: Run): boolean {
  const bits = new Set<number>();
  const look = (instruction: Instruction): void => {
    if (instruction.kind === 'if') [...instruction.body, ...instruction.otherwise].forEach(look);
    else if (instruction.kind === 'measure' && instruction.bit !== null) bits.add(instruction.bit);
  };
  program.before.forEach(look);
  const ways = 2 ** bits.size;
  const bytes = ways * density.bytesFor(options.qubits, options.precision);
  return ways > mostWays || bytes > Math.min(options.freeBytes, mostWayBytes);
}

function choosePure(run: Run): ChosenMethod {
  const { qubits } = run.options;
  const fitsDense = fits(statevector, run);
  if ((qubits >= wideFrom || !fitsDense) && isClifford(run)) {
    return chosen(
      stabilizer,
      `Every gate is a Clifford gate, so stabilizers of ${qubits} qubits say everything about the state.`,
    );
  }
  const isWide = qubits >= wideFrom && (!fitsDense || run.bits === 0);
  const inView = isWide && wantsExpectationsOnly(run) ? nonCliffordInView(run) : null;
  if (inView !== null && inView <= cheapView) {
    return chosen(
      pauliPropagation,
      `Only expectations are asked for, and the observables look back on ${inView} ${inView === 1 ? 'gate that is' : 'gates that are'} not Clifford, so they are carried back as few Pauli strings.`,
    );
  }
  const isSplit = fitsDense && qubits >= wideFrom && measurementsInside(run) >= manyMeasurements;
  const crossings = isSplit ? exactCrossings : shallowCrossings;
  if ((!fitsDense || isSplit) && fits(mps, run) && isShallow(run, crossings)) {
    const why = isSplit
      ? `Measurements inside the program would split a statevector of ${qubits} qubits`
      : `A statevector of ${qubits} qubits does not fit`;
    return chosen(
      mps,
      `${why}, and few gates join the two sides of any cut of the line of qubits.`,
      'The circuit is followed as a matrix product state, which cuts off entanglement beyond its bond limit; any cut is reported here.',
    );
  }
  if (!fitsDense && inView !== null) {
    return chosen(
      pauliPropagation,
      `A statevector of ${qubits} qubits does not fit and only expectations are asked for, so observables are carried back and the error of what is dropped is bounded.`,
    );
  }
  if (!fitsDense && fits(mps, run)) {
    return chosen(
      exactMps,
      `A statevector of ${qubits} qubits does not fit; the circuit was followed as a matrix product state, whose bonds hold all of its entanglement.`,
    );
  }
  return chosen(
    statevector,
    `The state is pure, so ${qubits} qubits need only 2^${qubits} amplitudes.`,
  );
}

/** Why nothing that `auto` may take does this work, and what would do it in part. */
export function refusalOf(run: Run, tried: AppError): AppError {
  const { qubits, precision, freeBytes } = run.options;
  const needed = statevector.peakBytes(run);
  const single = { ...run, options: { ...run.options, precision: 'f32' as const } };
  const ways = [
    ...(precision === 'f64' && fits(statevector, single)
      ? ['precision f32 (--precision) halves the memory, which fits']
      : []),
    'method mps (--method) goes on with what its bonds hold and says how much of the state it cuts off',
    ...(run.observables.length > 0
      ? ['method pauli (--method) carries the observables back and bounds its error']
      : []),
  ];
  return new AppError(
    'too-large',
    `A statevector of ${qubits} qubits needs ${formatBytes(needed)} of memory; ${formatBytes(freeBytes)} is available. ${tried.message} What can be had: ${ways.join('; ')}.`,
    { neededBytes: needed, availableBytes: freeBytes },
    tried,
  );
}

function chosen(simulator: Simulator, reason: string, ...warnings: string[]): ChosenMethod {
  return { simulator, reason, warnings };
}

/** Whether what is asked for follows from expectations alone. */
function wantsExpectationsOnly({ observables, options }: Run): boolean {
  const { shots, probabilities, state, bloch } = options;
  return observables.length > 0 && shots === null && !probabilities && !state && !bloch;
}

/** Measurements before the end, on whatever way. */
function measurementsInside({ program }: Run): number {
  const count = (list: readonly Instruction[]): number =>
    list.reduce((sum, one) => {
      if (one.kind === 'if') return sum + count(one.body) + count(one.otherwise);
      return sum + (one.kind === 'measure' ? 1 : 0);
    }, 0);
  return count(program.before);
}

/** Whether no cut of the line of qubits is crossed by many gates. */
function isShallow({ program, options }: Run, limit: number): boolean {
  const crossings = new Int32Array(options.qubits);
  const count = (instruction: Instruction): void => {
    if (instruction.kind === 'if') {
      [...instruction.body, ...instruction.otherwise].forEach(count);
    } else if (instruction.kind === 'unitary') {
      const last = Math.max(...instruction.qubits);
      for (let cut = Math.min(...instruction.qubits); cut < last; cut++) {
        crossings[cut] = (crossings[cut] as number) + 1;
      }
    }
  };
  program.before.forEach(count);
  return options.qubits <= mps.maximumQubits && crossings.every((n) => n <= limit);
}

/** Whether every channel of the program is a random Pauli string. */
function hasPauliNoise({ program, noise }: Run): boolean {
  const known = new Map<object, boolean>();
  const isPauli = (step: NoiseStep): boolean => {
    const result = known.get(step.superoperator) ?? pauliChannelOf(step) !== null;
    known.set(step.superoperator, result);
    return result;
  };
  const holdsFor = (instruction: Instruction): boolean => {
    if (instruction.kind === 'if') {
      return [...instruction.body, ...instruction.otherwise].every(holdsFor);
    }
    if (instruction.kind !== 'unitary') return true;
    return (noise?.after(instruction.gate.id, instruction.qubits, instruction.power) ?? []).every(
      isPauli,
    );
  };
  return program.before.every(holdsFor);
}

function isClifford({ program, options }: Run): boolean {
  return !options.state && firstNonClifford(program.before, options.bindings) === null;
}
