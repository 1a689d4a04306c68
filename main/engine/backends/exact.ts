import { AppError } from '#shared/base/errors.ts';
import { bitCountOf, qubitCountOf } from '#shared/circuit/circuit.ts';
import { adjointGradient, canDifferentiate } from '../gradients/adjoint.ts';
import { fubiniStudyMetric } from '../gradients/fubini-study.ts';
import { inWorkshop } from '../kernels/workshop.ts';
import { inBasis } from '../lowering/measured-circuit.ts';
import type { CompiledNoise } from '../noise/model.ts';
import type { Observable } from '#shared/observables/observable.ts';
import {
  type Answer,
  type AnswerContext,
  type Ask,
  type AskKind,
  type AskOf,
  type Basis,
  type Counts,
  done,
  isTold,
  type Question,
  type RunsAsk,
} from '../programs/program.ts';
import type { BackendFacts } from '../programs/facts.ts';
import { rngFor } from '../programs/streams.ts';
import { runBranches } from '../simulators/branches.ts';
import {
  bindingsOf,
  type CompiledCircuit,
  compileCircuit,
  namedRow,
  runCompiled,
} from '../simulators/evaluator.ts';
import { wayLimits } from '../simulators/live-states.ts';
import { lower } from '../simulators/lowering.ts';
import { requireMemory } from '../simulators/memory.ts';
import { diagonalOf, observeDiagonal, observePauli } from '../simulators/observe.ts';
import { type BranchOutcomes, outcomesOf } from '../simulators/outcomes.ts';
import type { DenseRegister } from '../simulators/register.ts';
import type { DenseSimulator } from '../simulators/simulator.ts';
import { fidelitiesOf, type KeptState } from '../simulators/overlaps.ts';
import { Statevector } from '../simulators/statevector.ts';
import { type SplitProgram, splitTerminal } from '../simulators/terminal.ts';
import type { Backend, PlacedCircuit, Placement } from './backend.ts';
import { binomial, countDraws } from './draw-counts.ts';
import { readValue, seenProbabilities } from './read-value.ts';

export interface ExactOptions {
  /** Holds the state: pure, or mixed where there is noise. */
  readonly simulator: DenseSimulator;
  readonly placement: Placement;
  readonly device: string | null;
  /** Whether the placement brings noise, be it of readout alone. */
  readonly isNoisy: boolean;
  /** Null: exact. */
  readonly shots: number | null;
  /** Sampled expectations stop where their standard error is this small; `shots` is then the most. */
  readonly targetError?: number | undefined;
  readonly freeBytes: number;
}

/** As it was sent. */
type Sent = Pick<Extract<Ask, { kind: 'define' }>, 'circuit' | 'observables' | 'wires'>;

interface DefinedCircuit extends PlacedCircuit {
  readonly sent: Sent;
  readonly program: SplitProgram;
  /** Null for dynamic circuits, which can only be sampled. */
  readonly compiled: CompiledCircuit | null;
  readonly parameterNames: readonly string[];
  readonly qubits: number;
  readonly bits: number;
  readonly observables: readonly Observable[];
  /** Diagonal of each observable that has one. */
  readonly diagonals: readonly (Float64Array | null)[];
  /** The same circuit in other measurement bases, made when they are first asked for. */
  readonly turned: Map<string, DefinedCircuit>;
}

const always: readonly AskKind[] = ['expectations', 'samples', 'runs'];

/** Answers from the whole state in the same thread: exactly, with noise, or from a number of shots. */
export class ExactBackend implements Backend {
  readonly facts: BackendFacts;
  readonly #options: ExactOptions;
  readonly #circuits = new Map<string, DefinedCircuit>();

  constructor(options: ExactOptions) {
    this.#options = options;
    const { simulator, shots, device, isNoisy } = options;
    const isPure = !simulator.isMixed && !isNoisy;
    const isExact = shots === null;
    const answers = new Set<AskKind>(always);
    answers.add('probabilities');
    if (isPure) answers.add('overlaps');
    if (isPure && isExact) answers.add('gradients').add('metric');
    this.facts = { answers, device, method: simulator.id, name: simulator.title };
  }

  warnings(): readonly string[] {
    return this.#options.placement.unused();
  }

  dispose(): void {
    for (const circuit of this.#circuits.values()) release(circuit);
    this.#circuits.clear();
  }

  answer(ask: Ask, context: AnswerContext): Answer {
    return inWorkshop({ cancel: context.cancel }, () =>
      isTold(ask) ? this.#hear(ask) : this.#answer(ask, context),
    );
  }

  #hear(told: Exclude<Ask, Question | RunsAsk>): Answer {
    if (told.kind === 'define') {
      this.#forget(told.key);
      this.#circuits.set(told.key, this.#define(told));
    } else if (told.kind === 'forget') this.#forget(told.key);
    return done;
  }

  #forget(key: string): void {
    const known = this.#circuits.get(key);
    if (known !== undefined) release(known);
    this.#circuits.delete(key);
  }

  #answer(ask: Question | RunsAsk, context: AnswerContext): Answer {
    const defined = this.#circuit(ask.key);
    switch (ask.kind) {
      case 'expectations':
        return this.#expectations(ask, defined, context);
      case 'gradients':
        return this.#gradients(ask, defined, context);
      case 'samples':
        return { kind: 'samples', counts: this.#samples(ask, defined, context) };
      case 'runs':
        return this.#runs(ask, defined, context);
      case 'probabilities':
        return this.#probabilities(ask, defined, context);
      case 'metric':
        return this.#metric(ask, defined, context);
      case 'overlaps':
        return this.#overlaps(ask, defined, context);
    }
  }

  #define(sent: Sent): DefinedCircuit {
    const { circuit, observables, wires } = sent;
    const { simulator, placement, freeBytes } = this.#options;
    const placed = placement.place(circuit, wires);
    const qubits = qubitCountOf(placed.circuit);
    const bytes = simulator.bytesFor(qubits, 'f64') * 3;
    requireMemory(bytes, freeBytes, `Running circuits of ${qubits} qubits`);
    const program = splitTerminal(lower(placed.circuit));
    return {
      ...placed,
      sent,
      program,
      compiled: program.isDynamic ? null : compileCircuit(placed.circuit, simulator.isMixed),
      parameterNames: placed.circuit.parameters.map(({ name }) => name),
      qubits,
      bits: program.isDynamic || program.terminal.length > 0 ? bitCountOf(placed.circuit) : 0,
      observables,
      diagonals: observables.map((observable) => diagonalOf(observable, qubits)),
      turned: new Map(),
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
    const { simulator } = this.#options;
    return runCompiled(compiled, bindings, simulator, defined.noise, context.cancel);
  }

  #expectations(
    ask: AskOf<'expectations'>,
    defined: DefinedCircuit,
    context: AnswerContext,
  ): Answer {
    const width = ask.observables.length;
    const values = new Float64Array(ask.items * width);
    const stderrs = new Float64Array(ask.items * width);
    let taken = 0;
    const { shots: usual, targetError } = this.#options;
    const sampling = { shots: usual === null ? null : (ask.shots ?? usual), targetError };
    for (let item = 0; item < ask.items; item++) {
      const register = this.#run(defined, ask.bindings, item, context);
      ask.observables.forEach((which, j) => {
        const { value, stderr, shots } = readValue(register, {
          observable: defined.observables[which] as Observable,
          diagonal: defined.diagonals[which] ?? null,
          readout: readoutOf(defined),
          sampling,
          rng: rngFor(ask, context, item, j),
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

  #gradients(ask: AskOf<'gradients'>, defined: DefinedCircuit, context: AnswerContext): Answer {
    const compiled = this.#compiled(defined);
    if (!canDifferentiate(compiled)) {
      throw new AppError(
        'unsupported',
        'A gate of this circuit stands to a power that is no whole number and has an open angle, so the adjoint sweep cannot differentiate it. Choose the gradient “finite-difference”.',
      );
    }
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

  #runs(ask: AskOf<'runs'>, defined: DefinedCircuit, context: AnswerContext): Answer {
    const { bases, items } = ask;
    const counts: Counts[] = [];
    const byBasis = bases.map((basis, b) =>
      this.#samples(ask, basis === null ? defined : this.#turned(defined, basis), context, b),
    );
    for (let item = 0; item < items; item++) {
      for (const own of byBasis) counts.push(own[item] as Counts);
    }
    return { kind: 'runs', counts };
  }

  #turned(defined: DefinedCircuit, basis: Basis): DefinedCircuit {
    const name = basis.join(' ');
    const known = defined.turned.get(name);
    if (known !== undefined) return known;
    const circuit = inBasis(defined.sent.circuit, basis);
    const turned = this.#define({ ...defined.sent, circuit, observables: [] });
    defined.turned.set(name, turned);
    return turned;
  }

  #samples(
    ask: AskOf<'samples'> | RunsAsk,
    defined: DefinedCircuit,
    context: AnswerContext,
    ...part: readonly number[]
  ): Counts[] {
    const { bits, qubits } = defined;
    return Array.from({ length: ask.items }, (_, item) => {
      const rng = rngFor(ask, context, item, ...part);
      if (bits > 0) {
        const parts = this.#measuredBits(defined, ask.bindings, item, context);
        return countDraws(bits, parts, ask.shots, rng);
      }
      const outcomes = this.#qubitOutcomes(defined, ask.bindings, item, context);
      return countDraws(qubits, [outcomes], ask.shots, rng);
    });
  }

  #measuredBits(
    defined: DefinedCircuit,
    rows: Float64Array,
    item: number,
    context: AnswerContext,
  ): BranchOutcomes[] {
    const start = {
      register: this.#options.simulator.prepare(defined.qubits, 'f64'),
      bits: new Uint8Array(defined.bits),
    };
    const { branches } = runBranches(start, defined.program.before, {
      bindings: namedRow(defined.parameterNames, rows, item),
      noise: defined.noise,
      cancel: context.cancel,
      ...wayLimits(start.register.bytes, this.#options.freeBytes, null),
    });
    return branches.map((branch) => {
      const outcomes = outcomesOf(branch, defined.program.terminal, readoutOf(defined));
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
    const probabilities = seenProbabilities(register, readoutOf(defined));
    register.release?.();
    return {
      bits: new Uint8Array(defined.qubits),
      positions: Array.from({ length: defined.qubits }, (_, q) => q),
      probabilities,
    };
  }

  #probabilities(
    ask: AskOf<'probabilities'>,
    defined: DefinedCircuit,
    context: AnswerContext,
  ): Answer {
    const size = 2 ** defined.qubits;
    const values = new Float64Array(size * ask.items);
    for (let item = 0; item < ask.items; item++) {
      const { probabilities } = this.#qubitOutcomes(defined, ask.bindings, item, context);
      values.set(probabilities, item * size);
    }
    return { kind: 'probabilities', values };
  }

  #metric(ask: AskOf<'metric'>, defined: DefinedCircuit, context: AnswerContext): Answer {
    const bindings = namedRow(defined.parameterNames, ask.bindings, 0);
    const compiled = compileCircuit(defined.circuit, true);
    const values = fubiniStudyMetric(compiled, bindings, 'full', context.cancel);
    return { kind: 'metric', values };
  }

  /** Fidelities between the prepared states; with shots, frequencies of the all-zero outcome. */
  #overlaps(ask: AskOf<'overlaps'>, defined: DefinedCircuit, context: AnswerContext): Answer {
    const states = Array.from({ length: ask.items }, (_, item) =>
      kept(this.#run(defined, ask.bindings, item, context)),
    );
    const values = fidelitiesOf(states, ask.pairs, context.cancel);
    const stderrs = new Float64Array(values.length);
    const { shots } = this.#options;
    if (shots === null) return { kind: 'overlaps', values, stderrs };
    const rng = rngFor(ask, context);
    for (let k = 0; k < values.length; k++) {
      if (k % 1024 === 0) context.cancel.throwIfCancelled();
      const seen = binomial(values[k] as number, shots, rng) / shots;
      values[k] = seen;
      stderrs[k] = Math.sqrt((seen * (1 - seen)) / Math.max(1, shots - 1));
    }
    return { kind: 'overlaps', values, stderrs };
  }
}

function readoutOf({ noise }: DefinedCircuit): CompiledNoise['readout'] {
  return noise?.readout ?? new Map();
}

function release({ compiled, turned }: DefinedCircuit): void {
  compiled?.emitted?.dispose();
  for (const one of turned.values()) release(one);
}

/** The amplitudes of a pure state, whose register is given back. */
function kept(register: DenseRegister): KeptState {
  if (!(register instanceof Statevector)) {
    throw new AppError('internal', 'Overlaps are answered from pure states only.');
  }
  const { re, im } = register.store.ordered();
  const state = { re: Float64Array.from(re), im: Float64Array.from(im) };
  register.release?.();
  return state;
}
