import { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import { BitCounter, zeroBits } from '#shared/base/packed-bits.ts';
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
import type { Observable } from '#shared/observables/observable.ts';
import { nobody } from '../programs/nobody.ts';
import type { DryRun, PreparedJob } from './prepared.ts';
import { WorkCounter } from './work.ts';

/** Tables over all outcomes are made up for so many qubits at most. */
const widestTable = 16;

class Stopped extends Error {}
/** What asks for no circuits tells progress once its work begins; nothing is left to be counted then. */
class Begun extends Error {}

interface Sent {
  readonly circuit: Circuit;
  readonly observables: readonly Observable[];
}

/**
 * Drives a job's program with made-up answers and counts what it asks for. What an optimiser asks depends on
 * what it is told, so the count is a forecast; where nothing is told back it is exact. `isOver` stops it.
 */
export function dryRun(
  { program, usage, provenance, answerer: classical }: PreparedJob,
  isOver: () => boolean,
): DryRun {
  const { method } = provenance;
  const counter = new WorkCounter(typeof method === 'string' ? method : null);
  const answerer = new MadeUp(isOver, counter, classical === nobody);
  try {
    driveNow(program, answerer, { seed: 0, cancel: new CancelFlag() });
    return { usage: usage(), isWhole: true, work: counter.work };
  } catch (thrown) {
    if (thrown instanceof Begun) return { usage: usage(), isWhole: true, work: null };
    // Answers that are made up may show what real ones would not, such as no eigenvalue at all.
    const isOfAnswers = thrown instanceof AppError && answerer.hasAnswered;
    if (!(thrown instanceof Stopped || isOfAnswers)) throw thrown;
    return { usage: usage(), isWhole: false, work: counter.work };
  } finally {
    program.return(undefined as never);
  }
}

class MadeUp implements Answerer {
  readonly #isOver: () => boolean;
  readonly #counter: WorkCounter;
  readonly #isClassical: boolean;
  readonly #sent = new Map<string, Sent>();
  #hasAnswered = false;

  constructor(isOver: () => boolean, counter: WorkCounter, isClassical: boolean) {
    this.#isOver = isOver;
    this.#counter = counter;
    this.#isClassical = isClassical;
  }

  /** Whether the program was told anything that is not so. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  dispose(): void {
    this.#sent.clear();
  }

  answer(ask: Ask): Answer {
    if (this.#isOver()) throw new Stopped();
    if (isTold(ask)) {
      if (this.#isClassical && ask.kind === 'progress') throw new Begun();
      if (ask.kind === 'define') this.#sent.set(ask.key, ask);
      return done;
    }
    const sent = this.#sent.get(ask.key);
    if (sent === undefined) throw new Stopped();
    const { circuit, observables } = sent;
    this.#counter.add(ask, circuit, observables);
    this.#hasAnswered = true;
    switch (ask.kind) {
      case 'expectations': {
        const { items, observables: asked, bindings } = ask;
        const values = Float64Array.from({ length: items * asked.length }, (_, k) =>
          landscape(bindings, Math.floor(k / asked.length), items),
        );
        return { kind: 'expectations', values, stderrs: new Float64Array(values.length) };
      }
      case 'gradients': {
        const { items, bindings } = ask;
        const size = bindings.length / items;
        return {
          kind: 'gradients',
          values: Float64Array.from({ length: items }, (_, item) =>
            landscape(bindings, item, items),
          ),
          stderrs: new Float64Array(items),
          gradients: bindings.map((x, k) => slopeOf(x, k % size, size)),
        };
      }
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

/** How fast the made-up landscape changes along the parameter at a place, so that its directions differ as real ones do. */
function frequencyAt(place: number): number {
  return 1 + (place % 7) / 5;
}

/** A smooth function of a row of parameters with minima, as energies are: an optimiser goes on about as long on it. */
function landscape(bindings: Float64Array, item: number, items: number): number {
  const size = bindings.length / items;
  let sum = 0;
  for (let k = 0; k < size; k++) {
    sum += Math.sin(frequencyAt(k) * (bindings[item * size + k] as number) + k);
  }
  return size === 0 ? 0 : sum / size;
}

function slopeOf(x: number, place: number, size: number): number {
  const frequency = frequencyAt(place);
  return (frequency * Math.cos(frequency * x + place)) / size;
}
