import type { CancelFlag } from '#shared/base/cancel.ts';
import type { PackedBits } from '#shared/base/packed-bits.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { PauliLetter } from '#shared/observables/pauli.ts';

/**
 * An algorithm as a program that asks, on two storeys: upstairs it yields questions about states,
 * downstairs stand runs, the one thing that every quantum machine does. It does no I/O, reads no clock
 * and knows no device, so anything that answers can run it.
 */
export type Program<T> = Generator<Ask, T, Answer>;

/** What a program yields: a question, a batch of runs, or something that is told and not asked. */
export type Ask = Question | RunsAsk | Told;

/** Names a circuit that was sent once by a `define`. */
export type CircuitKey = string;

interface OfRows {
  readonly key: CircuitKey;
  readonly items: number;
  /** One row an item, row-major, with the circuit's parameters in their declared order. */
  readonly bindings: Float64Array;
  /**
   * Names the random stream of the answer, so that what stands between a program and its backend changes
   * nobody else's draws. Given by `nameStreams`; what is asked in its place is named after it.
   */
  readonly stream?: string;
  /** Where this part of a larger ask begins: row and basis count from there in random streams. */
  readonly from?: readonly [item: number, basis: number];
}

/** What a program can want to know of circuits. Answers come in the order of the items. */
export type Question =
  /** ⟨O_j⟩ for each item and each listed observable. */
  | (OfRows & {
      readonly kind: 'expectations';
      readonly observables: readonly number[];
      /** Shots in place of the job's own, where these are given at all. */
      readonly shots?: number;
    })
  /** ⟨O⟩ and its gradient by every parameter, for each item. */
  | (OfRows & {
      readonly kind: 'gradients';
      readonly observable: number;
      /** Shots for the slope by each parameter in place of the job's own, where these are given at all. */
      readonly shots?: readonly number[];
    })
  /** Fubini-Study metric of the state by all parameters; `items` is 1. */
  | (OfRows & { readonly kind: 'metric' })
  /** Outcomes of measuring every qubit (or the circuit's own bits where it has any). */
  | (OfRows & { readonly kind: 'samples'; readonly shots: number })
  /** Exact probabilities of all outcomes of measuring every qubit, little-endian. */
  | (OfRows & { readonly kind: 'probabilities' })
  /** |⟨φ(a)|φ(b)⟩|² for every pair (i, j) of items listed in `pairs`. */
  | (OfRows & { readonly kind: 'overlaps'; readonly pairs: Uint32Array });

/** Qubits with the Pauli letter in whose eigenbasis each is measured; those that are not listed are read as they are. */
export type Basis = readonly (readonly [number, PauliLetter])[];

/**
 * A batch of finished circuits: each row in each basis, measured `shots` times. A basis of null leaves the
 * circuit's own measurements (every qubit where it has none); otherwise they are left out and every qubit is
 * read after its turn, qubit q as bit q.
 */
export type RunsAsk = OfRows & {
  readonly kind: 'runs';
  readonly bases: readonly (Basis | null)[];
  readonly shots: number;
};

/** Answered by `done`; `progress` also by `finish`, from then on every time. */
export type Told =
  /** Sends a circuit and the observables that later questions name by position. */
  | {
      readonly kind: 'define';
      readonly key: CircuitKey;
      readonly circuit: Circuit;
      readonly observables: readonly Observable[];
      /** Where it was compiled to: wire w of the circuit is this qubit of the machine. Absent: nowhere. */
      readonly wires?: readonly number[];
      /** Where its qubits have to be on a machine; absent: wherever they are best. */
      readonly places?: readonly number[];
    }
  /** The circuit is not asked about again. */
  | { readonly kind: 'forget'; readonly key: CircuitKey }
  /** Where the run stands. */
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** A state from which the same program can be started again (structured-clonable). */
  | { readonly kind: 'snapshot'; readonly state: unknown };

export function isTold(ask: Ask): ask is Told {
  return (
    ask.kind === 'define' ||
    ask.kind === 'forget' ||
    ask.kind === 'progress' ||
    ask.kind === 'snapshot'
  );
}

export type QuestionKind = Question['kind'];

/** What somebody may be able to answer. */
export type AskKind = QuestionKind | 'runs';

export type AskOf<K extends AskKind> = Extract<Question | RunsAsk, { kind: K }>;

export interface Progress {
  /** 0 to 1, or null where it cannot be known. */
  readonly fraction: number | null;
  readonly message: string;
  /** x of the live curves, e.g. the iteration. */
  readonly step: number;
  /** y of the live curves by name. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What a variational run could stop with: its best value and the angles, in radians, that gave it. */
  readonly soFar?: {
    readonly value: number;
    readonly parameters: Readonly<Record<string, readonly number[]>>;
  };
}

/** Values and their standard errors in one layout; zeros where exact. */
export interface Estimates {
  readonly values: Float64Array;
  readonly stderrs: Float64Array;
}

/** Has the kind of what was asked; what is told is answered by `done`. */
export type Answer =
  | { readonly kind: 'done' }
  /** To `progress`: the run is to stop where it is and to make a result of what it has. */
  | { readonly kind: 'finish' }
  /** values[item · observables + j]. */
  | (Estimates & {
      readonly kind: 'expectations';
      /** Shots that were taken in all, where an error was asked for and not all were needed. */
      readonly shots?: number;
      /** What lies behind mitigated values, where a technique answered. */
      readonly history?: MitigationHistory;
      /** Who answered what, where several backends shared it. */
      readonly by?: readonly AnsweredBy[];
    })
  /** gradients[item · parameters + j]; `stderrs` belongs to `values`. */
  | (Estimates & {
      readonly kind: 'gradients';
      readonly gradients: Float64Array;
      /** In the layout of `gradients`: standard errors, or what a difference quotient may be off. */
      readonly gradientErrors?: Float64Array;
    })
  | { readonly kind: 'samples'; readonly counts: readonly Counts[] }
  /** counts[item · bases + b]. */
  | {
      readonly kind: 'runs';
      readonly counts: readonly Counts[];
      readonly by?: readonly AnsweredBy[];
    }
  /** values[item · 2^n + index]. */
  | { readonly kind: 'probabilities'; readonly values: Float64Array }
  | { readonly kind: 'overlaps'; readonly values: Float64Array; readonly stderrs: Float64Array }
  /** values[i · parameters + j]. */
  | { readonly kind: 'metric'; readonly values: Float64Array };

/** What one of several backends answered. */
export interface AnsweredBy {
  readonly backend: string;
  readonly circuits: number;
  readonly shots: number;
}

/** The answer to an ask of this kind. */
export type AnswerOf<K extends AskKind> = Extract<Answer, { kind: K }>;

/** Estimates from the backend's own, without any technique, to the last one, in the layout of the answer. */
export interface MitigationHistory {
  readonly raw: Estimates;
  /** In the order in which techniques worked on the values. */
  readonly steps: readonly MitigationStep[];
}

export interface MitigationStep extends Estimates {
  readonly technique: string;
  /** What the values at other strengths of the noise were, where the technique made them. */
  readonly scaled?: readonly (Estimates & { readonly scale: number })[];
  /** What else is to be known of the step, e.g. a sampling overhead. */
  readonly facts?: Readonly<Record<string, number | string>>;
}

/** Outcomes (bit i is qubit or classical bit i) and how often each was seen; ascending. */
export interface Counts {
  readonly outcomes: PackedBits;
  readonly counts: Float64Array;
}

export interface AnswerContext {
  /** Running number of the ask in its program, from 0: its place in the run log. */
  readonly askIndex: number;
  readonly seed: number;
  readonly cancel: CancelFlag;
  /** Which part of the ask, where several backends share it. */
  readonly part?: number;
}

/**
 * Anything that answers: a local simulator, a noisy device model, a vendor's machine, a formula in a
 * test. A promise is for what waits on the outside world; computing is synchronous.
 */
export interface Answerer {
  answer(ask: Ask, context: AnswerContext): Answer | Promise<Answer>;
  dispose(): void;
}

/** How much a program has asked for so far, for the result and the table of utilisation. */
export interface Usage {
  readonly circuits: number;
  readonly shots: number;
  /** Gates of all circuits that were run, own gates counted as one. */
  readonly gates: number;
  /** Of the widest circuit. */
  readonly qubits: number;
}

export const done: Answer = { kind: 'done' };
