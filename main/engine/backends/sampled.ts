import { AppError } from '#shared/base/errors.ts';
import { BitCounter, setBit, zeroBits } from '#shared/base/packed-bits.ts';
import { measureAll } from '#shared/circuit/build.ts';
import { bitCountOf, type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
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
  type RunsAsk,
} from '../programs/program.ts';
import type { BackendFacts } from '../programs/facts.ts';
import { rngFor } from '../programs/streams.ts';
import { namedRow } from '../simulators/evaluator.ts';
import { lower } from '../simulators/lowering.ts';
import { simulateRun, withKernels } from '../simulators/simulate.ts';
import type { Run, SimulationOptions, Simulator } from '../simulators/simulator.ts';
import { type SplitProgram, splitTerminal } from '../simulators/terminal.ts';
import type { Backend, PlacedCircuit, Placement } from './backend.ts';

export interface SampledOptions {
  /** Null: for each circuit the cheapest that can. */
  readonly simulator: Simulator | null;
  readonly placement: Placement;
  readonly device: string | null;
  readonly isNoisy: boolean;
  readonly shots: number | null;
  readonly freeBytes: number;
}

/** A circuit ready to be run by a method again and again. */
interface Runnable extends PlacedCircuit {
  readonly program: SplitProgram;
  readonly parameterNames: readonly string[];
  /** Whether outcomes are over qubits, not over the circuit's own bits. */
  readonly readsQubits: boolean;
}

interface DefinedCircuit {
  readonly sent: Circuit;
  readonly observables: readonly Observable[];
  readonly wires: readonly number[] | undefined;
  /** The circuit as it is, and as it is measured in each basis. */
  readonly runnables: Map<string, Runnable>;
}

/** Answers by running whole simulations with any method: each row, each basis a run of its own. */
export class SampledBackend implements Backend {
  readonly facts: BackendFacts;
  readonly #options: SampledOptions;
  readonly #circuits = new Map<string, DefinedCircuit>();
  readonly #said = new Set<string>();
  readonly #method: Pick<SimulationOptions, 'method' | 'simulators'>;

  constructor(options: SampledOptions) {
    this.#options = options;
    const { simulator } = options;
    const answers = new Set<AskKind>();
    if (simulator?.gives !== 'expectations') answers.add('runs');
    // Exact values come from methods that hold the state, and from those that carry observables back.
    const isExact = options.shots === null && simulator?.gives !== 'shots';
    if (isExact) answers.add('expectations');
    const name = simulator?.title ?? 'The simulator';
    const method = simulator?.id ?? 'auto';
    this.#method = { method, ...(simulator === null ? {} : { simulators: [simulator] }) };
    this.facts = { answers, device: options.device, method, name };
  }

  warnings(): readonly string[] {
    return [...this.#said, ...this.#options.placement.unused()];
  }

  dispose(): void {
    this.#circuits.clear();
  }

  answer(ask: Ask, context: AnswerContext): Answer {
    if (isTold(ask)) {
      if (ask.kind === 'define') {
        const { circuit: sent, observables, wires } = ask;
        this.#circuits.set(ask.key, { sent, observables, wires, runnables: new Map() });
      } else if (ask.kind === 'forget') this.#circuits.delete(ask.key);
      return done;
    }
    const defined = this.#circuits.get(ask.key);
    if (defined === undefined) {
      throw new AppError('internal', `Circuit “${ask.key}” was not defined.`);
    }
    if (ask.kind === 'runs') return this.#runs(ask, defined, context);
    if (ask.kind === 'expectations') return this.#expectations(ask, defined, context);
    throw new AppError('internal', `${this.facts.name} does not answer ${ask.kind}.`);
  }

  #runs(ask: RunsAsk, defined: DefinedCircuit, context: AnswerContext): Answer {
    const counts: Counts[] = [];
    for (let item = 0; item < ask.items; item++) {
      for (const [b, basis] of ask.bases.entries()) {
        context.cancel.throwIfCancelled();
        const runnable = this.#measured(defined, basis);
        const seed = rngFor(ask, context, item, b).uint32();
        const options = { seed, shots: ask.shots };
        const result = this.#simulate(runnable, ask.bindings, item, options, [], context);
        const width = runnable.readsQubits
          ? qubitCountOf(runnable.circuit)
          : bitCountOf(runnable.circuit);
        counts.push(packedCounts(result.counts ?? {}, width));
      }
    }
    return { kind: 'runs', counts };
  }

  #expectations(
    ask: AskOf<'expectations'>,
    defined: DefinedCircuit,
    context: AnswerContext,
  ): Answer {
    const width = ask.observables.length;
    const values = new Float64Array(ask.items * width);
    const stderrs = new Float64Array(ask.items * width);
    const runnable = this.#runnable(defined, 'state', (circuit) => circuit);
    const sums = ask.observables.map((which) => sumOf(defined.observables[which] as Observable));
    for (let item = 0; item < ask.items; item++) {
      context.cancel.throwIfCancelled();
      const seed = rngFor(ask, context, item).uint32();
      const result = this.#simulate(
        runnable,
        ask.bindings,
        item,
        { seed, shots: null },
        sums,
        context,
      );
      sums.forEach((_, j) => {
        const found = result.expectations?.[j];
        if (found === undefined || found.value === null) {
          throw new AppError(
            'unsupported',
            'The circuit measures, resets or conditions qubits before its end, so it can be sampled only.',
          );
        }
        values[item * width + j] = found.value;
        stderrs[item * width + j] = found.stderr ?? 0;
      });
    }
    return { kind: 'expectations', values, stderrs };
  }

  #measured(defined: DefinedCircuit, basis: Basis | null): Runnable {
    if (basis !== null) {
      return this.#runnable(defined, basis.join(' '), (circuit) =>
        withMeasurements(inBasis(circuit, basis)),
      );
    }
    return this.#runnable(defined, 'own', (circuit) => {
      const { terminal, isDynamic } = splitTerminal(lower(circuit));
      return isDynamic || terminal.length > 0 ? circuit : withMeasurements(inBasis(circuit, []));
    });
  }

  #runnable(defined: DefinedCircuit, name: string, make: (circuit: Circuit) => Circuit): Runnable {
    const known = defined.runnables.get(name);
    if (known !== undefined) return known;
    const made = make(defined.sent);
    const placed = this.#options.placement.place(made, defined.wires);
    const runnable: Runnable = {
      ...placed,
      program: splitTerminal(lower(placed.circuit)),
      parameterNames: placed.circuit.parameters.map(({ name: parameter }) => parameter),
      readsQubits: made !== defined.sent,
    };
    defined.runnables.set(name, runnable);
    return runnable;
  }

  #simulate(
    { circuit, noise, program, parameterNames }: Runnable,
    rows: Float64Array,
    item: number,
    { seed, shots }: { readonly seed: number; readonly shots: number | null },
    observables: readonly PauliSum[],
    { cancel }: AnswerContext,
  ): SimulationResult {
    const options: SimulationOptions = {
      qubits: qubitCountOf(circuit),
      ...this.#method,
      precision: 'f64',
      shots,
      seed,
      noise: modelOf(noise),
      bindings: namedRow(parameterNames, rows, item),
      probabilities: false,
      state: false,
      bloch: false,
      observables: observables.map((_, k) => String(k)),
      cancel,
      freeBytes: this.#options.freeBytes,
      // Nobody reads the times of one run among thousands.
      now: () => 0,
      started: 0,
    };
    // Without a shot only the state before measurement is looked at, so no table of outcomes is made.
    const isLookedAt = shots === null;
    const run: Run = {
      program: isLookedAt ? { ...program, terminal: [] } : program,
      bits: isLookedAt ? 0 : bitCountOf(circuit),
      noise,
      observables,
      options,
    };
    const result = withKernels(options, () => simulateRun(circuit, run));
    for (const warning of result.warnings) {
      if (!warning.startsWith('qubitProbabilities')) this.#said.add(warning);
    }
    return result;
  }
}

function modelOf(noise: CompiledNoise | null): CompiledNoise['model'] | null {
  return noise?.model ?? null;
}

function sumOf(observable: Observable): PauliSum {
  if (observable.kind === 'pauli') return observable.sum;
  throw new AppError(
    'unsupported',
    'A cost over basis states is read from shots or from the state.',
  );
}

/** Every qubit q measured into bit q. */
function withMeasurements(circuit: Circuit): Circuit {
  const qubits = qubitCountOf(circuit);
  return {
    ...circuit,
    bitRegisters: [{ name: 'outcome', size: qubits }],
    operations: [...circuit.operations, ...measureAll(qubits)],
  };
}

/** Counts by text, bit 0 rightmost, as packed outcomes. */
function packedCounts(counts: Readonly<Record<string, number>>, width: number): Counts {
  const table = new BitCounter(width);
  for (const [key, count] of Object.entries(counts)) {
    const bits = zeroBits(width, 1);
    for (let i = 0; i < key.length; i++) if (key[key.length - 1 - i] === '1') setBit(bits, 0, i);
    table.add(bits, 0, count);
  }
  return table.counts();
}
