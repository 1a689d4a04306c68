import { CancelFlag } from '#shared/base/cancel.ts';
import { BitCounter, zeroBits } from '#shared/base/packed-bits.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { bitCountOf, type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { driveNow } from '../programs/drive.ts';
import {
  type Answer,
  type Answerer,
  type Ask,
  type Counts,
  done,
  isTold,
} from '../programs/program.ts';
import type { DryRun, PreparedJob } from './prepared.ts';

/** Tables over all outcomes are made up for so many qubits at most. */
const widestTable = 16;

class Stopped extends Error {}

/**
 * Drives a job's program with made-up answers and counts what it asks for. What an optimiser asks depends on
 * what it is told, so the count is a forecast; where nothing is told back it is exact. `isOver` stops it.
 */
export function dryRun({ program, usage }: PreparedJob, isOver: () => boolean): DryRun {
  const answerer = new MadeUp(isOver);
  try {
    driveNow(program, answerer, { seed: 0, cancel: new CancelFlag() });
    return { usage: usage(), isWhole: true };
  } catch (thrown) {
    if (!(thrown instanceof Stopped)) throw thrown;
    return { usage: usage(), isWhole: false };
  } finally {
    program.return(undefined as never);
  }
}

class MadeUp implements Answerer {
  readonly #isOver: () => boolean;
  readonly #circuits = new Map<string, Circuit>();
  readonly #rng: Rng = rngOf(0);

  constructor(isOver: () => boolean) {
    this.#isOver = isOver;
  }

  dispose(): void {
    this.#circuits.clear();
  }

  answer(ask: Ask): Answer {
    if (this.#isOver()) throw new Stopped();
    if (isTold(ask)) {
      if (ask.kind === 'define') this.#circuits.set(ask.key, ask.circuit);
      return done;
    }
    const circuit = this.#circuits.get(ask.key);
    if (circuit === undefined) throw new Stopped();
    const draw = (length: number): Float64Array =>
      Float64Array.from({ length }, () => 2 * this.#rng.uniform() - 1);
    switch (ask.kind) {
      case 'expectations': {
        const size = ask.items * ask.observables.length;
        return { kind: 'expectations', values: draw(size), stderrs: new Float64Array(size) };
      }
      case 'gradients':
        return {
          kind: 'gradients',
          values: draw(ask.items),
          stderrs: new Float64Array(ask.items),
          gradients: draw(ask.bindings.length),
        };
      case 'metric': {
        const size = ask.bindings.length;
        const values = new Float64Array(size * size);
        for (let i = 0; i < size; i++) values[i * size + i] = 1;
        return { kind: 'metric', values };
      }
      case 'samples':
        return { kind: 'samples', counts: this.#counts(circuit, ask.items, ask.shots) };
      case 'runs': {
        const counts = this.#counts(circuit, ask.items * ask.bases.length, ask.shots);
        return { kind: 'runs', counts };
      }
      case 'probabilities': {
        const qubits = qubitCountOf(circuit);
        if (qubits > widestTable) throw new Stopped();
        const size = 2 ** qubits;
        const values = new Float64Array(size * ask.items).fill(1 / size);
        return { kind: 'probabilities', values };
      }
      case 'overlaps': {
        const size = ask.pairs.length / 2;
        // Half of the diagonal everywhere: a kernel on which every learner ends at once.
        const values = new Float64Array(size).fill(0.5);
        return { kind: 'overlaps', values, stderrs: new Float64Array(size) };
      }
    }
  }

  /** Every shot the same, all zeros. */
  #counts(circuit: Circuit, length: number, shots: number): Counts[] {
    const width = bitCountOf(circuit) || qubitCountOf(circuit);
    const table = new BitCounter(width);
    table.add(zeroBits(width, 1), 0, shots);
    const counts = table.counts();
    return Array.from({ length }, () => counts);
  }
}
