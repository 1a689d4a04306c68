import { AppError } from '#shared/base/errors.ts';
import { density, statevector } from './dense.ts';
import { requireMemory } from './memory.ts';
import { mps } from './mps/index.ts';
import { simulatorNamed } from './registry.ts';
import { stabilizer } from './stabilizer/index.ts';
import { trajectories } from './trajectories/index.ts';
import type { DenseSimulator, SimulationOptions, Simulator, Stepwise } from './simulator.ts';

/** A method whose registers follow a program that no circuit holds, step by step. */
export interface StepwiseMethod {
  readonly simulator: Simulator;
  readonly stepwise: Stepwise;
  readonly reason: string;
}

/**
 * The methods to try in turn: the asked one, or those that `auto` would take, the best first. Only a run
 * shows whether every gate is one that stabilizers follow, and how far measurements split mixed states.
 */
export function stepwiseMethods(options: SimulationOptions): readonly StepwiseMethod[] {
  const { method, qubits } = options;
  if (method !== 'auto') return [askedMethod(method, options)];
  if (hasChannels(options)) {
    const exact = methodOf(density, 'The density matrix follows every way exactly.');
    if (options.shots === null || options.probabilities) return [exact];
    const drawn = (why: string): StepwiseMethod =>
      methodOf(trajectories, `${why}, so every shot draws the noise anew on a pure state.`);
    return fits(exact, options)
      ? [exact, drawn(`Measurements split density matrices of ${qubits} qubits too far`)]
      : [drawn(`A density matrix of ${qubits} qubits does not fit`)];
  }
  const exact = methodOf(statevector, 'The statevector follows every way exactly.');
  if (fits(exact, options)) return [exact];
  return [
    methodOf(
      stabilizer,
      `Every gate is a Clifford gate, so stabilizers of ${qubits} qubits follow every way exactly.`,
    ),
    methodOf(
      mps,
      `A statevector of ${qubits} qubits does not fit, so every way is followed as a matrix product state.`,
    ),
  ];
}

/** Refuses what does not fit, and gives the predicted peak: a register and the copy that a measurement makes. */
export function requireStepwise(
  { simulator, stepwise }: StepwiseMethod,
  options: SimulationOptions,
): number {
  const { qubits, freeBytes } = options;
  const peak = 2 * stepwise.bytesFor(options);
  requireMemory(peak, freeBytes, `A ${simulator.title.toLowerCase()} of ${qubits} qubits`);
  if (qubits <= simulator.maximumQubits) return peak;
  throw new AppError(
    'too-large',
    `The ${simulator.title.toLowerCase()} reaches ${simulator.maximumQubits} qubits; the program has ${qubits}.`,
    { qubits },
  );
}

function askedMethod(method: string, options: SimulationOptions): StepwiseMethod {
  const simulator = simulatorNamed(options);
  const stepwise = stepwiseOf(simulator);
  if (stepwise === null) {
    throw new AppError(
      'unsupported',
      `Method “${method}” cannot run this program, which no circuit holds; use “statevector”, “density”, “stabilizer”, “mps” or “auto”.`,
      { method },
    );
  }
  if (hasChannels(options)) requireChannels(simulator, stepwise, options);
  return { simulator, stepwise, reason: `Method ${method} was asked for.` };
}

function requireChannels(
  simulator: Simulator,
  { drawsNoise }: Stepwise,
  { shots, probabilities }: SimulationOptions,
): void {
  if (simulator.channels === 'none') {
    throw new AppError(
      'bad-input',
      `Method “${simulator.id}” cannot hold noise channels; use “density” or “auto”.`,
      { method: simulator.id },
    );
  }
  if (!drawsNoise || (shots !== null && !probabilities)) return;
  throw new AppError(
    'bad-input',
    `Method “${simulator.id}” draws noise shot by shot: ask for shots (--shots), without --probabilities. Exact answers come from “density”.`,
    { method: simulator.id },
  );
}

function hasChannels({ noise }: SimulationOptions): boolean {
  return noise !== null && noise.rules.length > 0;
}

function fits({ simulator, stepwise }: StepwiseMethod, options: SimulationOptions): boolean {
  return (
    options.qubits <= simulator.maximumQubits && 2 * stepwise.bytesFor(options) <= options.freeBytes
  );
}

function methodOf(simulator: Simulator, reason: string): StepwiseMethod {
  return { simulator, stepwise: stepwiseOf(simulator) as Stepwise, reason };
}

function stepwiseOf(simulator: Simulator): Stepwise | null {
  const dense = [density, statevector].find((one) => one === simulator);
  return dense === undefined ? (simulator.stepwise ?? null) : denseStepwise(dense);
}

function denseStepwise(simulator: DenseSimulator): Stepwise {
  return {
    drawsNoise: false,
    bytesFor: ({ qubits, precision }) => simulator.bytesFor(qubits, precision),
    begin: ({ qubits, precision }) => ({ prepare: () => simulator.prepare(qubits, precision) }),
  };
}
