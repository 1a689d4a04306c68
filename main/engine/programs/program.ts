import type { CancelFlag } from '#shared/base/cancel.ts';
import type { PackedBits } from '#shared/base/packed-bits.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';

/**
 * An algorithm as a program that asks: it yields what it wants measured and is handed the answers.
 * It does no I/O, reads no clock and knows no device, so anything that answers can run it.
 */
export type Program<T> = Generator<Ask, T, Answer>;

/** Names a circuit that was sent once by a `define` ask. */
export type CircuitKey = string;

/**
 * What a program can want. `bindings` holds one row per item, row-major, with the circuit's
 * parameters in their declared order. Answers come in the order of the items.
 */
export type Ask =
  /** Sends a circuit and the observables that later asks name by position. Answer: `done`. */
  | {
      readonly kind: 'define';
      readonly key: CircuitKey;
      readonly circuit: Circuit;
      readonly observables: readonly Observable[];
    }
  /** ⟨O_j⟩ for each item and each listed observable. Answer: `expectations`. */
  | {
      readonly kind: 'expectations';
      readonly key: CircuitKey;
      readonly items: number;
      readonly bindings: Float64Array;
      readonly observables: readonly number[];
    }
  /** ⟨O⟩ and its gradient by every parameter, for each item. Answer: `gradients`. */
  | {
      readonly kind: 'gradients';
      readonly key: CircuitKey;
      readonly items: number;
      readonly bindings: Float64Array;
      readonly observable: number;
    }
  /** Fubini-Study metric of the states by all parameters; only exact simulation has it. Answer: `metric`. */
  | { readonly kind: 'metric'; readonly key: CircuitKey; readonly bindings: Float64Array }
  /** Outcomes of measuring every qubit (or the circuit's own bits where it has any). Answer: `samples`. */
  | {
      readonly kind: 'samples';
      readonly key: CircuitKey;
      readonly items: number;
      readonly bindings: Float64Array;
      readonly shots: number;
    }
  /** Exact outcome probabilities, little-endian; only answerers that compute can give them. Answer: `probabilities`. */
  | {
      readonly kind: 'probabilities';
      readonly key: CircuitKey;
      readonly items: number;
      readonly bindings: Float64Array;
    }
  /** |⟨φ(a)|φ(b)⟩|² for every pair (i, j) of items listed in `pairs`. Answer: `overlaps`. */
  | {
      readonly kind: 'overlaps';
      readonly key: CircuitKey;
      readonly items: number;
      readonly bindings: Float64Array;
      readonly pairs: Uint32Array;
    }
  /** Tells where the run stands. Answer: `done`. */
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** A state from which the same program can be started again (structured-clonable). Answer: `done`. */
  | { readonly kind: 'snapshot'; readonly state: unknown };

/** A Pauli sum, or a real diagonal over the basis states (length 2^n), e.g. a classical cost function. */
export type Observable =
  | { readonly kind: 'pauli'; readonly sum: PauliSum }
  | { readonly kind: 'diagonal'; readonly values: Float64Array };

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

export type Answer =
  | { readonly kind: 'done' }
  /** values[item · observables + j]; stderrs alike, zeros where exact. */
  | {
      readonly kind: 'expectations';
      readonly values: Float64Array;
      readonly stderrs: Float64Array;
      /** Shots that were taken in all, where an error was asked for and not all were needed. */
      readonly shots?: number;
      /** What lies behind mitigated values, where a technique answered. */
      readonly mitigation?: MitigationDetails;
    }
  /** gradients[item · parameters + j]; `stderrs` belongs to `values`. */
  | {
      readonly kind: 'gradients';
      readonly values: Float64Array;
      readonly stderrs: Float64Array;
      readonly gradients: Float64Array;
      /** In the layout of `gradients`: standard errors, or what a difference quotient may be off. */
      readonly gradientErrors?: Float64Array;
    }
  | { readonly kind: 'samples'; readonly counts: readonly Counts[] }
  /** values[item · 2^n + index]. */
  | { readonly kind: 'probabilities'; readonly values: Float64Array }
  | { readonly kind: 'overlaps'; readonly values: Float64Array }
  /** values[i · parameters + j]. */
  | { readonly kind: 'metric'; readonly values: Float64Array };

/** Per scale of a mitigation: values and standard errors in the layout of the answer. */
export interface MitigationDetails {
  readonly raw: { readonly values: Float64Array; readonly stderrs: Float64Array };
  readonly scaled: readonly {
    readonly scale: number;
    readonly values: Float64Array;
    readonly stderrs: Float64Array;
  }[];
}

/** Outcomes (bit i is qubit or classical bit i) and how often each was seen; ascending. */
export interface Counts {
  readonly outcomes: PackedBits;
  readonly counts: Float64Array;
}

export interface AnswerContext {
  /** Running number of the ask in its program, from 0; names the random stream of the answer. */
  readonly askIndex: number;
  readonly seed: number;
  readonly cancel: CancelFlag;
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
