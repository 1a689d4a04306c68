import type { Circuit } from '../circuit/circuit.ts';
import type { Target } from './target.ts';

/** What the compiler knows of a circuit on its way to a target. */
export interface CompilerState {
  readonly circuit: Circuit;
  readonly target: Target;
  /** Null until the circuit's qubits are given places: then its qubits are the target's. */
  readonly layout: Layout | null;
  /** How the places were found and what it took. */
  readonly facts: CompilerFacts;
  readonly seed: number;
  /** How much may be tried: 0 to 3. */
  readonly effort: number;
}

/** Where the qubits of the program are: the place of qubit q is entry q. */
export interface Layout {
  readonly initial: readonly number[];
  readonly final: readonly number[];
}

export interface CompilerFacts {
  /** SWAPs that routing put in. */
  readonly swaps: number;
}

/** A step of compilation: a rewriting that keeps what the circuit does. One file and one line in the registry. */
export interface Pass {
  readonly id: string;
  readonly title: string;
  /** One sentence on what it changes, with its source. */
  readonly summary: string;
  readonly run: (state: CompilerState) => CompilerState;
}

/** A pass that rewrites operations and leaves everything else. */
export function rewriting(
  id: string,
  title: string,
  summary: string,
  rewrite: (circuit: Circuit, state: CompilerState) => Circuit,
): Pass {
  return {
    id,
    title,
    summary,
    run: (state) => ({ ...state, circuit: rewrite(state.circuit, state) }),
  };
}
