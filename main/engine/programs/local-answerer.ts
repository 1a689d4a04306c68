import { AppError } from '#shared/base/errors.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import { adjointGradient, canDifferentiate } from '../gradients/adjoint.ts';
import { type CompiledNoise, compileNoise } from '../noise/model.ts';
import { innerProduct } from '../simulators/amplitudes.ts';
import { chooseMethod, requireMemory } from '../simulators/choose.ts';
import {
  bindingsOf,
  type CompiledCircuit,
  compileCircuit,
  runCompiled,
} from '../simulators/evaluator.ts';
import { estimateExpectation } from '../simulators/measure-pauli.ts';
import { diagonalOf, observeDiagonal, observePauli } from '../simulators/observe.ts';
import { drawIndices, marginalOf, outcomesOf } from '../simulators/outcomes.ts';
import type { QuantumRegister } from '../simulators/register.ts';
import type { Simulator } from '../simulators/simulator.ts';
import { Statevector } from '../simulators/statevector.ts';
import { splitTerminal } from '../simulators/terminal.ts';
import { lower } from '../simulators/lowering.ts';
import {
  type Answer,
  type AnswerContext,
  type Answerer,
  type Ask,
  done,
  type Observable,
  type Usage,
} from './program.ts';

export interface LocalAnswererOptions {
  readonly noise: NoiseModel | null;
  /** Null: exact. */
  readonly shots: number | null;
  readonly freeBytes: number;
}

interface DefinedCircuit {
  readonly compiled: CompiledCircuit;
  readonly simulator: Simulator;
  readonly observables: readonly Observable[];
  /** Diagonal of each observable that has one. */
  readonly diagonals: readonly (Float64Array | null)[];
  /** Qubit of each measured bit; every qubit in order where the circuit measures none. */
  readonly measured: readonly number[];
}

/** Answers asks by simulating in the same thread: exactly, with noise, or from a number of shots. */
export class LocalAnswerer implements Answerer {
  readonly #options: LocalAnswererOptions;
  readonly #noise: CompiledNoise | null;
  readonly #circuits = new Map<string, DefinedCircuit>();
  #runs = 0;
  #shots = 0;

  constructor(options: LocalAnswererOptions) {
    this.#options = options;
    this.#noise = options.noise === null ? null : compileNoise(options.noise);
  }

  get usage(): Usage {
    return { circuits: this.#runs, shots: this.#shots };
  }

  dispose(): void {
    this.#circuits.clear();
  }

  answer(ask: Ask, context: AnswerContext): Answer {
    switch (ask.kind) {
      case 'define':
        this.#circuits.set(ask.key, this.#define(ask.circuit, ask.observables));
        return done;
      case 'expectations':
        return this.#expectations(ask, context);
      case 'gradients':
        return this.#gradients(ask, context);
      case 'samples':
        return this.#samples(ask, context);
      case 'probabilities':
        return this.#probabilities(ask, context);
      case 'overlaps':
        return this.#overlaps(ask, context);
      case 'progress':
      case 'snapshot':
        return done;
    }
  }

  #define(circuit: Circuit, observables: readonly Observable[]): DefinedCircuit {
    const compiled = compileCircuit(circuit);
    const { simulator } = chooseMethod('auto', compiled.qubits, this.#options.noise);
    const bytes = simulator.bytesFor(compiled.qubits, 'f64') * 3;
    requireMemory(bytes, this.#options.freeBytes, `Running circuits of ${compiled.qubits} qubits`);
    const { terminal } = splitTerminal(lower(circuit));
    return {
      compiled,
      simulator,
      observables,
      diagonals: observables.map((observable) => diagonalOf(observable, compiled.qubits)),
      measured:
        terminal.length === 0
          ? Array.from({ length: compiled.qubits }, (_, q) => q)
          : terminal.toSorted((a, b) => a.bit - b.bit).map(({ qubit }) => qubit),
    };
  }

  #circuit(key: string): DefinedCircuit {
    const defined = this.#circuits.get(key);
    if (defined === undefined) throw new AppError('internal', `Circuit “${key}” was not defined.`);
    return defined;
  }

  #run(
    defined: DefinedCircuit,
    rows: Float64Array,
    item: number,
    context: AnswerContext,
  ): QuantumRegister {
    this.#runs++;
    const bindings = bindingsOf(defined.compiled, rows, item);
    return runCompiled(defined.compiled, bindings, defined.simulator, this.#noise, context.cancel);
  }

  #expectations(ask: Extract<Ask, { kind: 'expectations' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    const width = ask.observables.length;
    const values = new Float64Array(ask.items * width);
    const stderrs = new Float64Array(ask.items * width);
    for (let item = 0; item < ask.items; item++) {
      const register = this.#run(defined, ask.bindings, item, context);
      ask.observables.forEach((which, j) => {
        const { value, stderr } = this.#expectation(
          defined,
          which,
          register,
          [context.askIndex, item, j],
          context.seed,
        );
        values[item * width + j] = value;
        stderrs[item * width + j] = stderr;
      });
    }
    return { kind: 'expectations', values, stderrs };
  }

  #expectation(
    defined: DefinedCircuit,
    which: number,
    register: QuantumRegister,
    stream: readonly number[],
    seed: number,
  ): { value: number; stderr: number } {
    const observable = defined.observables[which] as Observable;
    const diagonal = defined.diagonals[which] ?? null;
    const readout = this.#noise?.readout ?? new Map();
    const { shots } = this.#options;
    if (shots !== null && observable.kind === 'pauli') {
      this.#shots += shots;
      return estimateExpectation(register, observable.sum, shots, readout, rngOf(seed, ...stream));
    }
    if (observable.kind === 'pauli' && (diagonal === null || readout.size > 0)) {
      return { value: register.expectation(observable.sum, readout), stderr: 0 };
    }
    const probabilities = this.#measuredProbabilities(defined, register, null);
    if (shots === null) return { value: dot(probabilities, diagonal as Float64Array), stderr: 0 };
    this.#shots += shots;
    return sampleDiagonal(probabilities, diagonal as Float64Array, shots, rngOf(seed, ...stream));
  }

  #gradients(ask: Extract<Ask, { kind: 'gradients' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    if (
      this.#noise !== null ||
      this.#options.shots !== null ||
      !canDifferentiate(defined.compiled)
    ) {
      throw new AppError(
        'internal',
        'This answerer has no adjoint gradient here; lower the ask to shifted expectations.',
      );
    }
    const width = defined.compiled.parameterNames.length;
    const values = new Float64Array(ask.items);
    const gradients = new Float64Array(ask.items * width);
    const observable = defined.observables[ask.observable] as Observable;
    const diagonal = defined.diagonals[ask.observable] ?? null;
    for (let item = 0; item < ask.items; item++) {
      this.#runs++;
      const bindings = bindingsOf(defined.compiled, ask.bindings, item);
      const { value, gradient } = adjointGradient(
        defined.compiled,
        bindings,
        (state, into) => {
          if (diagonal !== null) observeDiagonal(diagonal, state, into);
          else if (observable.kind === 'pauli') observePauli(observable.sum, state, into);
        },
        context.cancel,
      );
      values[item] = value;
      gradients.set(gradient, item * width);
    }
    return { kind: 'gradients', values, stderrs: new Float64Array(ask.items), gradients };
  }

  #samples(ask: Extract<Ask, { kind: 'samples' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    const counts = Array.from({ length: ask.items }, (_, item) => {
      const register = this.#run(defined, ask.bindings, item, context);
      this.#shots += ask.shots;
      const outcomes: number[] = [];
      const numbers: number[] = [];
      const probabilities = this.#measuredProbabilities(defined, register, defined.measured);
      drawIndices(
        [probabilities],
        ask.shots,
        rngOf(context.seed, context.askIndex, item),
        (_part, index, count) => {
          outcomes.push(index);
          numbers.push(count);
        },
      );
      return { outcomes: Float64Array.from(outcomes), counts: Float64Array.from(numbers) };
    });
    return { kind: 'samples', counts };
  }

  #probabilities(ask: Extract<Ask, { kind: 'probabilities' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    const parts = Array.from({ length: ask.items }, (_, item) => {
      const register = this.#run(defined, ask.bindings, item, context);
      return this.#measuredProbabilities(defined, register, defined.measured);
    });
    const size = parts[0]?.length ?? 0;
    const values = new Float64Array(size * parts.length);
    parts.forEach((part, item) => values.set(part, item * size));
    return { kind: 'probabilities', values };
  }

  /** What a reader sees of these qubits (null: all), readout error included. */
  #measuredProbabilities(
    defined: DefinedCircuit,
    register: QuantumRegister,
    qubits: readonly number[] | null,
  ): Float64Array {
    const readout = this.#noise?.readout ?? new Map();
    if (readout.size === 0) {
      return qubits === null
        ? register.probabilities()
        : marginalOf(register.probabilities(), qubits);
    }
    const list = qubits ?? Array.from({ length: defined.compiled.qubits }, (_, q) => q);
    const terminal = list.map((qubit, bit) => ({ qubit, bit }));
    return outcomesOf({ register, bits: new Uint8Array(list.length) }, terminal, readout)
      .probabilities;
  }

  /** Fidelities between the prepared states; with shots, frequencies of the all-zero outcome. */
  #overlaps(ask: Extract<Ask, { kind: 'overlaps' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    const registers = Array.from({ length: ask.items }, (_, item) =>
      this.#run(defined, ask.bindings, item, context),
    );
    const count = ask.pairs.length / 2;
    const values = new Float64Array(count);
    const rng = rngOf(context.seed, context.askIndex);
    const { shots } = this.#options;
    for (let k = 0; k < count; k++) {
      if (k % 1024 === 0) context.cancel.throwIfCancelled();
      const a = registers[ask.pairs[2 * k] as number] as QuantumRegister;
      const b = registers[ask.pairs[2 * k + 1] as number] as QuantumRegister;
      const exact = fidelity(a, b);
      values[k] = shots === null ? exact : binomial(exact, shots, rng) / shots;
    }
    if (shots !== null) this.#shots += shots * count;
    return { kind: 'overlaps', values };
  }
}

function fidelity(a: QuantumRegister, b: QuantumRegister): number {
  if (!(a instanceof Statevector && b instanceof Statevector)) {
    throw new AppError(
      'unsupported',
      'Fidelity kernels under noise are not available; run them without noise.',
    );
  }
  const { re, im } = innerProduct(a.state, b.state);
  return Math.min(1, re * re + im * im);
}

function binomial(p: number, trials: number, rng: Rng): number {
  let successes = 0;
  for (let i = 0; i < trials; i++) if (rng.uniform() < p) successes++;
  return successes;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function sampleDiagonal(
  probabilities: Float64Array,
  diagonal: Float64Array,
  shots: number,
  rng: Rng,
): { value: number; stderr: number } {
  let sum = 0;
  let squares = 0;
  drawIndices([probabilities], shots, rng, (_, index, count) => {
    const value = diagonal[index] as number;
    sum += count * value;
    squares += count * value * value;
  });
  const mean = sum / shots;
  const spread = Math.max(0, squares / shots - mean * mean);
  return { value: mean, stderr: Math.sqrt(spread / Math.max(1, shots - 1)) };
}
