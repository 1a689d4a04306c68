import type { Circuit } from '#shared/circuit/circuit.ts';
import type { BackendFacts } from '../programs/facts.ts';
import type { Answerer } from '../programs/program.ts';
import type { CompiledNoise } from '../noise/model.ts';

/** Somebody who answers, and says what. */
export interface Backend extends Answerer {
  readonly facts: BackendFacts;
  /** What the result's reader has to know of how it was answered. */
  warnings(): readonly string[];
  /** What circuits were compiled to so far. */
  readonly compiled: CompiledFacts | null;
}

/** A circuit as it runs: compiled to a machine where there is one, with the noise that it meets there. */
export interface PlacedCircuit {
  readonly circuit: Circuit;
  readonly noise: CompiledNoise | null;
  /** The wire on which each qubit of the program ends; null: every qubit on its own. */
  readonly wires: readonly number[] | null;
}

/** Brings circuits to where they run. */
export interface Placement {
  place(circuit: Circuit): PlacedCircuit;
  /** What the noise model says that no circuit so far has shown. */
  unused(): readonly string[];
  /** What circuits were compiled to, for provenance; null where they run as they are. */
  readonly facts: CompiledFacts | null;
}

/** Counts before and after compiling, of the largest circuit that was placed, for provenance. */
export interface CompiledFacts {
  readonly device: string;
  readonly calibratedAt: string;
  readonly level: number;
  readonly swaps: number;
  readonly gates: { readonly before: number; readonly after: number };
  readonly twoQubitGates: { readonly before: number; readonly after: number };
  readonly depth: { readonly before: number; readonly after: number };
  /** Physical qubits on which it ran. */
  readonly qubits: readonly number[];
}
