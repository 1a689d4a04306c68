import type { Circuit } from '#shared/circuit/circuit.ts';
import type { BackendFacts } from '../programs/facts.ts';
import type { Answerer } from '../programs/program.ts';
import type { CompiledNoise } from '../noise/model.ts';

/** Somebody who answers, and says what. */
export interface Backend extends Answerer {
  readonly facts: BackendFacts;
  /** What the result's reader has to know of how it was answered. */
  warnings(): readonly string[];
}

/** A circuit as it runs, with the noise that it meets there. */
export interface PlacedCircuit {
  readonly circuit: Circuit;
  readonly noise: CompiledNoise | null;
}

/** Brings circuits to where they run. */
export interface Placement {
  /** `wires`: the machine's qubits, for a circuit that was compiled to it. */
  place(circuit: Circuit, wires: readonly number[] | undefined): PlacedCircuit;
  /** What the noise model says that no circuit so far has shown. */
  unused(): readonly string[];
}
