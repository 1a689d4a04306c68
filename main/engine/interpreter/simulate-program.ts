import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import { type Content, Memory } from '#shared/qasm/semantics3/memory.ts';
import type { Program3 } from '#shared/qasm/semantics3/program.ts';
import { type CompiledNoise, compileNoise } from '../noise/model.ts';
import { unusedNoise } from '../simulators/unused-noise.ts';
import { LiveStates, TooManyBranches, wayLimits } from '../simulators/live-states.ts';
import { meanOverShots } from '../simulators/estimates.ts';
import { NotClifford } from '../simulators/stabilizer/tableau.ts';
import { requireStepwise, type StepwiseMethod, stepwiseMethods } from '../simulators/stepwise.ts';
import { blochVectors } from '../simulators/inspect.ts';
import { drawIndices, sortedByKey } from '../simulators/outcomes.ts';
import { arrays, type SimulationOptions } from '../simulators/simulate.ts';
import { noOneState } from '#shared/jobs/one-state.ts';
import { GateBinder } from './gates.ts';
import { Interpreter, type InterpreterOptions } from './interpreter.ts';
import type { Thread } from './thread.ts';

/** Steps of all ways together, and of all shots together. */
const stepLimit = 5_000_000;
const shotStepLimit = 50_000_000;

/** Runs a program that no circuit can hold, with these values of its inputs (CONTRACT §2). */
export function simulateProgram(
  program: Program3,
  inputs: ReadonlyMap<string, Content>,
  options: SimulationOptions,
): SimulationResult {
  const methods = stepwiseMethods(options);
  const last = methods.at(-1) as StepwiseMethod;
  for (const method of methods.slice(0, -1)) {
    try {
      return simulateBy(method, program, inputs, options, method.simulator.isMixed);
    } catch (error) {
      const isOther = error instanceof NotClifford;
      if (!isOther && !(method.simulator.isMixed && error instanceof TooManyBranches)) throw error;
    }
  }
  return simulateBy(last, program, inputs, options, false);
}

function simulateBy(
  method: StepwiseMethod,
  program: Program3,
  inputs: ReadonlyMap<string, Content>,
  options: SimulationOptions,
  isExactOnly: boolean,
): SimulationResult {
  const { qubits, shots } = options;
  const { simulator, stepwise } = method;
  const observables = options.observables.map((text) => parseObservable(text, qubits));
  const peak = requireStepwise(method, options);
  const noise = options.noise === null ? null : compileNoise(options.noise);
  const planned = options.now();
  const session = stepwise.begin(options);
  const start = (rng: Rng | null): Thread => {
    const memory = Memory.empty(program.state.count);
    for (const { name, slot } of program.state.inputs)
      memory.slots[slot] = copied(inputs.get(name));
    return { memory, register: session.prepare(rng) };
  };
  const settings: Settings = {
    gates: new GateBinder(program.state.definitions),
    noise,
    cancel: options.cancel,
    maximumSteps: stepLimit,
  };
  const work = { program, start, settings, observables, options };
  const { warnings, ...result } =
    noise?.hasChannels === true && stepwise.drawsNoise
      ? shotByShot(work, shots as number, 'Noise is drawn anew in every shot.')
      : followOrSample(work, isExactOnly);
  const report = session.report?.() ?? { warnings: [] };
  return {
    qubits: program.state.qubitRegisters.map(({ name, size }) => [name, size]),
    registers: program.state.bitRegisters.map(({ name, size }) => [name, size]),
    method: simulator.id,
    methodReason: `${method.reason} The program is run step by step, because no circuit holds all of it.`,
    precision: report.precision ?? options.precision,
    ...result,
    warnings: [
      ...warnings,
      ...report.warnings,
      ...(noise === null ? [] : unusedNoise(noise, qubits)),
    ],
    measured: {
      seconds: options.now() - options.started,
      planSeconds: planned - options.started,
      peakBytes: peak,
      ...arrays,
      ...report.measured,
    },
  };
}

type Settings = Omit<InterpreterOptions, 'draw' | 'live'>;

/** What a run works on. */
interface Work {
  readonly program: Program3;
  readonly start: (rng: Rng | null) => Thread;
  readonly settings: Settings;
  readonly observables: readonly PauliSum[];
  readonly options: SimulationOptions;
}

/** All ways exactly, or, unless only that will do, single shots where they are too many. */
function followOrSample(work: Work, isExactOnly: boolean): Followed {
  const { shots, probabilities } = work.options;
  try {
    return followAll(work);
  } catch (error) {
    const canSample = shots !== null && !probabilities && !isExactOnly;
    if (!(error instanceof TooManyBranches) || !canSample) throw error;
    return shotByShot(
      work,
      shots,
      'There are too many measurement histories to follow, so each shot was run by itself.',
    );
  }
}

type Followed = Omit<
  SimulationResult,
  'qubits' | 'registers' | 'method' | 'methodReason' | 'precision' | 'measured'
>;

/** Arrays are changed in place, so every run has its own. */
function copied(content: Content): Content {
  return typeof content === 'object' && 'items' in content
    ? { items: content.items.slice() }
    : content;
}

function followAll({ program, start, settings, observables, options }: Work): Followed {
  const { shots, freeBytes, probabilities } = options;
  const first = start(null);
  const limits = wayLimits(first.register.bytes, freeBytes, probabilities ? null : shots);
  const live = new LiveStates(limits);
  const interpreter = new Interpreter({ ...settings, live, draw: null });
  const threads = runAll(interpreter, program, first, live);
  const table = new Map<string, number>();
  for (const { memory, register } of threads) {
    const key = keyOf(program, memory);
    table.set(key, (table.get(key) ?? 0) + register.weight());
  }
  const warnings: string[] = [];
  if (shots === null) {
    warnings.push(noOneState);
  }
  const counts = shots === null ? undefined : sampled(table, shots, options.seed);
  return {
    ...(shots === null || options.probabilities
      ? { probabilities: Object.fromEntries(table) }
      : {}),
    ...(interpreter.unresolved > 0 ? { unresolved: interpreter.unresolved } : {}),
    qubitProbabilities: null,
    ...(options.state ? { state: null } : {}),
    ...(options.observables.length === 0
      ? {}
      : { expectations: expectationsOf(threads, observables, settings.noise, options) }),
    ...(counts === undefined ? {} : { counts }),
    ...(options.bloch
      ? {
          bloch: blochVectors(
            threads.map(({ register }) => register),
            options.qubits,
          ),
        }
      : {}),
    warnings,
  };
}

function runAll(
  interpreter: Interpreter,
  program: Program3,
  first: Thread,
  live: LiveStates,
): Thread[] {
  live.add(first.register);
  try {
    return interpreter.runAll(first, program.steps.flat());
  } catch (error) {
    live.abandon();
    throw error;
  }
}

/** Bit 0 of the first register is rightmost. */
function keyOf(program: Program3, memory: Memory): string {
  let key = '';
  for (const { slot, size } of program.state.bitRegisters) {
    const value = memory.slots[slot] ?? 0n;
    key = (value as bigint).toString(2).padStart(size, '0') + key;
  }
  return key;
}

function sampled(
  table: ReadonlyMap<string, number>,
  shots: number,
  seed: number,
): Record<string, number> {
  const keys = [...table.keys()].sort();
  const weights = Float64Array.from(keys, (key) => table.get(key) ?? 0);
  const counts: Record<string, number> = {};
  drawIndices([weights], shots, rngOf(seed, 0), (_, index, count) => {
    counts[keys[index] as string] = count;
  });
  return counts;
}

function expectationsOf(
  threads: readonly Thread[],
  observables: readonly PauliSum[],
  noise: CompiledNoise | null,
  options: SimulationOptions,
): { observable: string; value: number | null; stderr: number | null }[] {
  const { shots } = options;
  return observables.map((observable, i) => {
    const name = options.observables[i] as string;
    if (shots === null) return { observable: name, value: null, stderr: null };
    let mean = 0;
    let square = 0;
    for (const { register } of threads) {
      const part = register.expectation(observable, noise?.readout ?? new Map());
      mean += part;
      square += (part * part) / (register.weight() || 1);
    }
    return {
      observable: name,
      value: mean,
      stderr: Math.sqrt(Math.max(0, square - mean * mean) / shots),
    };
  });
}

/** Shot k draws from the stream (seed, 1, k), so the result does not depend on the order. */
function shotByShot(
  { program, start, settings, observables, options }: Work,
  shots: number,
  reason: string,
): Followed {
  const counts = new Map<string, number>();
  const sums = observables.map(() => ({ sum: 0, squares: 0 }));
  const readout = settings.noise?.readout ?? new Map();
  const maximumSteps = Math.max(1000, Math.floor(shotStepLimit / shots));
  for (let shot = 0; shot < shots; shot++) {
    const rng = rngOf(options.seed, 1, shot);
    const draw = (): number => rng.uniform();
    const live = new LiveStates({ maximumWays: 1, maximumBytes: Number.POSITIVE_INFINITY });
    const interpreter = new Interpreter({ ...settings, live, maximumSteps, draw });
    const [thread] = runAll(interpreter, program, start(rng), live);
    if (thread === undefined) continue;
    const { memory, register } = thread;
    const key = keyOf(program, memory);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    observables.forEach((observable, i) => {
      const value = register.expectation(observable, readout) / register.weight();
      const moments = sums[i] as { sum: number; squares: number };
      moments.sum += value;
      moments.squares += value * value;
    });
    register.release?.();
  }
  const expectations = sums.map(({ sum, squares }, i) => ({
    observable: options.observables[i] as string,
    ...meanOverShots(sum, squares, shots),
  }));
  return {
    counts: sortedByKey(counts),
    qubitProbabilities: null,
    ...(options.state ? { state: null } : {}),
    ...(options.bloch ? { bloch: null } : {}),
    ...(expectations.length === 0 ? {} : { expectations }),
    warnings: [`${reason} Counts and expectations are given, no probabilities.`],
  };
}
