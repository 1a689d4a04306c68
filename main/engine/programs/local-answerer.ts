import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { bitCountOf, type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { NoiseModel, ReadoutError } from '#shared/jobs/noise.ts';
import { adjointGradient, canDifferentiate } from '../gradients/adjoint.ts';
import { inWorkshop } from '../kernels/workshop.ts';
import { fubiniStudyMetric } from '../gradients/fubini-study.ts';
import { type CompiledNoise, compileNoise } from '../noise/model.ts';
import { askAboutGates, unusedNoise } from '../noise/unused.ts';
import { runBranches } from '../simulators/branches.ts';
import { denseMethod } from '../simulators/choose.ts';
import { wayLimits } from '../simulators/live-states.ts';
import { requireMemory } from '../simulators/memory.ts';
import {
  bindingsOf,
  namedRow,
  type CompiledCircuit,
  compileCircuit,
  runCompiled,
} from '../simulators/evaluator.ts';
import { diagonalOf, observeDiagonal, observePauli } from '../simulators/observe.ts';
import { type BranchOutcomes, outcomesOf } from '../simulators/outcomes.ts';
import type { DenseRegister } from '../simulators/register.ts';
import type { DenseSimulator } from '../simulators/simulator.ts';
import { Statevector } from '../simulators/statevector.ts';
import { type SplitProgram, splitTerminal } from '../simulators/terminal.ts';
import { lower } from '../simulators/lowering.ts';
import { binomial, countDraws } from './draw-counts.ts';
import { readValue, seenProbabilities } from './read-value.ts';
import {
  type Answer,
  type AnswerContext,
  type Answerer,
  type Ask,
  done,
  type Observable,
} from './program.ts';

export interface LocalAnswererOptions {
  readonly noise: NoiseModel | null;
  /** Null: exact. */
  readonly shots: number | null;
  /** Sampled expectations stop where their standard error is this small; `shots` is then the most. */
  readonly targetError?: number | undefined;
  readonly freeBytes: number;
}

interface DefinedCircuit {
  readonly circuit: Circuit;
  readonly program: SplitProgram;
  /** Null for dynamic circuits, which can only be sampled. */
  readonly compiled: CompiledCircuit | null;
  readonly simulator: DenseSimulator;
  readonly parameterNames: readonly string[];
  readonly qubits: number;
  readonly bits: number;
  readonly observables: readonly Observable[];
  /** Diagonal of each observable that has one. */
  readonly diagonals: readonly (Float64Array | null)[];
}

/** Answers asks by simulating in the same thread: exactly, with noise, or from a number of shots. */
export class LocalAnswerer implements Answerer {
  readonly #options: LocalAnswererOptions;
  readonly #noise: CompiledNoise | null;
  #widest = 0;
  readonly #circuits = new Map<string, DefinedCircuit>();

  constructor(options: LocalAnswererOptions) {
    this.#options = options;
    this.#noise = options.noise === null ? null : compileNoise(options.noise);
  }

  get #readout(): ReadonlyMap<number, ReadoutError> {
    return this.#noise?.readout ?? new Map();
  }

  /** What the noise model says that no circuit so far has shown. */
  unused(): string[] {
    return this.#noise === null ? [] : unusedNoise(this.#noise, this.#widest);
  }

  dispose(): void {
    for (const { compiled } of this.#circuits.values()) compiled?.emitted?.dispose();
    this.#circuits.clear();
  }

  answer(ask: Ask, context: AnswerContext): Answer {
    return inWorkshop({ cancel: context.cancel }, () => this.#answer(ask, context));
  }

  #answer(ask: Ask, context: AnswerContext): Answer {
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
      case 'metric':
        return this.#metric(ask, context);
      case 'overlaps':
        return this.#overlaps(ask, context);
      case 'progress':
      case 'snapshot':
        return done;
    }
  }

  #define(circuit: Circuit, observables: readonly Observable[]): DefinedCircuit {
    const qubits = qubitCountOf(circuit);
    const simulator = denseMethod(this.#options.noise);
    const bytes = simulator.bytesFor(qubits, 'f64') * 3;
    requireMemory(bytes, this.#options.freeBytes, `Running circuits of ${qubits} qubits`);
    const program = splitTerminal(lower(circuit));
    if (this.#noise !== null) {
      this.#widest = Math.max(this.#widest, qubits);
      askAboutGates(this.#noise, program.before);
    }
    return {
      circuit,
      program,
      compiled: program.isDynamic ? null : compileCircuit(circuit, simulator.isMixed),
      simulator,
      parameterNames: circuit.parameters.map(({ name }) => name),
      qubits,
      bits: program.isDynamic || program.terminal.length > 0 ? bitCountOf(circuit) : 0,
      observables,
      diagonals: observables.map((observable) => diagonalOf(observable, qubits)),
    };
  }

  #circuit(key: string): DefinedCircuit {
    const defined = this.#circuits.get(key);
    if (defined === undefined) throw new AppError('internal', `Circuit “${key}” was not defined.`);
    return defined;
  }

  #compiled(defined: DefinedCircuit): CompiledCircuit {
    if (defined.compiled !== null) return defined.compiled;
    throw new AppError(
      'unsupported',
      'The circuit measures, resets or conditions qubits before its end, so it can be sampled only.',
    );
  }

  #run(
    defined: DefinedCircuit,
    rows: Float64Array,
    item: number,
    context: AnswerContext,
  ): DenseRegister {
    const compiled = this.#compiled(defined);
    const bindings = bindingsOf(compiled, rows, item);
    return runCompiled(compiled, bindings, defined.simulator, this.#noise, context.cancel);
  }

  #expectations(ask: Extract<Ask, { kind: 'expectations' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    const width = ask.observables.length;
    const values = new Float64Array(ask.items * width);
    const stderrs = new Float64Array(ask.items * width);
    let taken = 0;
    for (let item = 0; item < ask.items; item++) {
      const register = this.#run(defined, ask.bindings, item, context);
      ask.observables.forEach((which, j) => {
        const { value, stderr, shots } = readValue(register, {
          observable: defined.observables[which] as Observable,
          diagonal: defined.diagonals[which] ?? null,
          readout: this.#readout,
          sampling: this.#options,
          rng: rngOf(context.seed, context.askIndex, item, j),
        });
        values[item * width + j] = value;
        stderrs[item * width + j] = stderr;
        taken += shots;
      });
      // A batch may have thousands of items.
      register.release?.();
    }
    const isCounted = this.#options.targetError !== undefined;
    return { kind: 'expectations', values, stderrs, ...(isCounted ? { shots: taken } : {}) };
  }

  #gradients(ask: Extract<Ask, { kind: 'gradients' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    if (
      this.#noise !== null ||
      this.#options.shots !== null ||
      !canDifferentiate(this.#compiled(defined))
    ) {
      throw new AppError(
        'internal',
        'This answerer has no adjoint gradient here; lower the ask to shifted expectations.',
      );
    }
    const compiled = this.#compiled(defined);
    const width = compiled.parameterNames.length;
    const values = new Float64Array(ask.items);
    const gradients = new Float64Array(ask.items * width);
    const observable = defined.observables[ask.observable] as Observable;
    const diagonal = defined.diagonals[ask.observable] ?? null;
    for (let item = 0; item < ask.items; item++) {
      const bindings = bindingsOf(compiled, ask.bindings, item);
      const { value, gradient } = adjointGradient(
        compiled,
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
      const rng = rngOf(context.seed, context.askIndex, item);
      const parts =
        defined.bits > 0
          ? this.#measuredBits(defined, ask.bindings, item, context)
          : [this.#qubitOutcomes(defined, ask.bindings, item, context)];
      return countDraws(defined.bits > 0 ? defined.bits : defined.qubits, parts, ask.shots, rng);
    });
    return { kind: 'samples', counts };
  }

  #measuredBits(
    defined: DefinedCircuit,
    rows: Float64Array,
    item: number,
    context: AnswerContext,
  ): BranchOutcomes[] {
    const start = {
      register: defined.simulator.prepare(defined.qubits, 'f64'),
      bits: new Uint8Array(defined.bits),
    };
    const { branches } = runBranches(start, defined.program.before, {
      bindings: namedRow(defined.parameterNames, rows, item),
      noise: this.#noise,
      cancel: context.cancel,
      ...wayLimits(start.register.bytes, this.#options.freeBytes, null),
    });
    return branches.map((branch) => {
      const outcomes = outcomesOf(branch, defined.program.terminal, this.#readout);
      branch.register.release?.();
      return outcomes;
    });
  }

  /** Every qubit measured, qubit q as bit q. */
  #qubitOutcomes(
    defined: DefinedCircuit,
    rows: Float64Array,
    item: number,
    context: AnswerContext,
  ): BranchOutcomes {
    const register = this.#run(defined, rows, item, context);
    const probabilities = seenProbabilities(register, this.#readout);
    register.release?.();
    return {
      bits: new Uint8Array(defined.qubits),
      positions: Array.from({ length: defined.qubits }, (_, q) => q),
      probabilities,
    };
  }

  #probabilities(ask: Extract<Ask, { kind: 'probabilities' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    const size = 2 ** defined.qubits;
    const values = new Float64Array(size * ask.items);
    for (let item = 0; item < ask.items; item++) {
      const register = this.#run(defined, ask.bindings, item, context);
      values.set(seenProbabilities(register, this.#readout), item * size);
      register.release?.();
    }
    return { kind: 'probabilities', values };
  }

  #metric(ask: Extract<Ask, { kind: 'metric' }>, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    if (this.#noise !== null || this.#options.shots !== null) {
      throw new AppError(
        'unsupported',
        'The metric of the states needs exact simulation: no shots and no noise. Choose another optimiser, such as adam or spsa.',
      );
    }
    const bindings = namedRow(defined.parameterNames, ask.bindings, 0);
    const compiled = compileCircuit(defined.circuit, true);
    const values = fubiniStudyMetric(compiled, bindings, 'full', context.cancel);
    return { kind: 'metric', values };
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
      const a = registers[ask.pairs[2 * k] as number] as DenseRegister;
      const b = registers[ask.pairs[2 * k + 1] as number] as DenseRegister;
      const exact = fidelity(a, b);
      values[k] = shots === null ? exact : binomial(exact, shots, rng) / shots;
    }
    return { kind: 'overlaps', values };
  }
}

function fidelity(a: DenseRegister, b: DenseRegister): number {
  if (!(a instanceof Statevector && b instanceof Statevector)) {
    throw new AppError(
      'unsupported',
      'Fidelity kernels under noise are not available; run them without noise.',
    );
  }
  const { re, im } = a.store.inner(b.store);
  return Math.min(1, re * re + im * im);
}
