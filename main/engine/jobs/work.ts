import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { Question, RunsAsk } from '../programs/program.ts';

/** What simulating takes, in numbers that a machine's speed turns into seconds. */
export interface Work {
  /** Complex amplitudes that gates and observables read and write. */
  readonly amplitudes: number;
  /** Circuits that are prepared and run, each with a cost of its own. */
  readonly circuits: number;
}

/** Passes over the state beside the plain simulation: the bra, its way back and the derivative. */
const adjointPasses = 4;
/** A mixed state meets each gate from both sides, and its channel. */
const mixedPasses = 4;
/** Shots of trajectories run in code that merges gates of one qubit and draws as it goes. */
const noisyPasses = 0.25;
/** Drawing and turning one shot, in amplitudes. */
const perShot = 16;

/**
 * Adds up what a job's asks would take by a simulation method. Methods whose cost hangs on what the circuit
 * does (tensors, tableaus, strings) have no forecast: `work` is null from their first ask on.
 */
export class WorkCounter {
  readonly #method: string | null;
  #amplitudes = 0;
  #circuits = 0;
  #isKnown: boolean;

  /** `method`: the simulator's id, null where nothing is simulated here. */
  constructor(method: string | null) {
    this.#method = method;
    this.#isKnown = method !== null;
  }

  get work(): Work | null {
    return this.#isKnown ? { amplitudes: this.#amplitudes, circuits: this.#circuits } : null;
  }

  add(ask: Question | RunsAsk, circuit: Circuit, observables: readonly Observable[]): void {
    const pass = this.#pass(circuit, ask.kind === 'runs' || ask.kind === 'samples' ? ask.shots : 1);
    if (pass === null) {
      this.#isKnown = false;
      return;
    }
    const gates = Math.max(1, circuit.operations.length);
    this.#circuits += ask.items;
    this.#amplitudes += ask.items * passesOf(ask, gates, observables) * pass;
    if (ask.kind === 'runs') this.#amplitudes += ask.items * ask.bases.length * ask.shots * perShot;
    if (ask.kind === 'samples') this.#amplitudes += ask.items * ask.shots * perShot;
  }

  /** Amplitudes that one gate reads and writes. */
  #pass(circuit: Circuit, shots: number): number | null {
    const size = 2 ** qubitCountOf(circuit);
    switch (this.#method) {
      case 'statevector':
        return size;
      case 'density':
        return size * size * mixedPasses;
      case 'trajectories':
        return size * shots * noisyPasses;
      default:
        return null;
    }
  }
}

/** How many gates' worth of passes an item takes. */
function passesOf(
  ask: Question | RunsAsk,
  gates: number,
  observables: readonly Observable[],
): number {
  switch (ask.kind) {
    case 'expectations': {
      const terms = ask.observables.reduce((sum, at) => sum + termsOf(observables[at]), 0);
      return gates + terms / 2;
    }
    case 'gradients':
      return adjointPasses * (gates + termsOf(observables[ask.observable]) / 2);
    case 'metric':
      return adjointPasses * gates * ask.bindings.length;
    case 'overlaps':
      return gates + ask.pairs.length / 2 / Math.max(1, ask.items);
    case 'runs':
      return gates + ask.bases.length;
    case 'samples':
    case 'probabilities':
      return gates;
  }
}

function termsOf(observable: Observable | undefined): number {
  return observable?.kind === 'pauli' ? observable.sum.terms.length : 1;
}
