import { type Circuit, type Operation, qubitCountOf, qubitsOf } from '../circuit/circuit.ts';
import type { Target } from './target.ts';

/**
 * What to expect of a compiled circuit on its target: the product of (1 − error) over its gates and
 * readouts, and the seconds of one shot with every operation as early as it can be. Null where the
 * target does not say; of the ways of a condition the first counts.
 */
export function estimateOf(
  circuit: Circuit,
  target: Target,
): { readonly fidelity: number | null; readonly seconds: number | null } {
  const walk = new Walk(circuit, target);
  walk.through(circuit.operations);
  return walk.finish();
}

class Walk {
  readonly #target: Target;
  readonly #readyAt: Float64Array;
  #logarithm = 0;
  #isErrorKnown = true;
  #isTimeKnown = true;

  constructor(circuit: Circuit, target: Target) {
    this.#target = target;
    this.#readyAt = new Float64Array(qubitCountOf(circuit));
  }

  through(operations: readonly Operation[]): void {
    for (const one of operations) {
      const qubits = qubitsOf(one);
      switch (one.kind) {
        case 'gate':
          this.#take(
            qubits,
            this.#target.errorOf(one.gate, qubits),
            this.#target.durationOf(one.gate, qubits),
          );
          break;
        case 'measure':
        case 'reset':
          this.#take(qubits, this.#target.readoutErrorOf(one.qubit), this.#target.readoutDuration);
          break;
        case 'if':
          this.#take(qubits, 0, 0);
          this.through(one.body);
          break;
        case 'barrier':
          this.#take(qubits, 0, 0);
          break;
        case 'opaque':
          break;
      }
    }
  }

  #take(qubits: readonly number[], error: number | null, duration: number | null): void {
    if (error === null) this.#isErrorKnown = false;
    else this.#logarithm += Math.log(1 - error);
    if (duration === null) this.#isTimeKnown = false;
    const start = Math.max(0, ...qubits.map((qubit) => this.#readyAt[qubit] as number));
    for (const qubit of qubits) this.#readyAt[qubit] = start + (duration ?? 0);
  }

  finish(): { readonly fidelity: number | null; readonly seconds: number | null } {
    return {
      fidelity: this.#isErrorKnown ? Math.exp(this.#logarithm) : null,
      seconds: this.#isTimeKnown ? Math.max(0, ...this.#readyAt) : null,
    };
  }
}
