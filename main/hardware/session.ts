import { AppError } from '#shared/base/errors.ts';
import { bitAt, indexAt, onesAt, type PackedBits, zeroBits } from '#shared/base/packed-bits.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import type { Bindings } from '#shared/circuit/expression.ts';
import {
  type Answer,
  type Ask,
  type Counts,
  done,
  type Observable,
} from '#engine/programs/program.ts';
import { groupTerms } from '#engine/simulators/measure-pauli.ts';
import type { BackendSession, RemoteAskContext } from './backend.ts';
import { bindCircuit, inBasis, outcomesOverBits, overlapCircuit } from './circuits.ts';
import { type CircuitRun, runCircuit, type WithClient } from './run-circuit.ts';

export interface SessionOptions {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly shots: number;
  readonly withClient: WithClient;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly firstPollMs: number;
  /** Throws `budget` where `spent` plus the circuit's estimate is more than may be spent. */
  readonly admit: (circuit: Circuit, shots: number, spent: number) => Promise<void>;
}

interface Defined {
  readonly circuit: Circuit;
  readonly observables: readonly Observable[];
}

/** A machine that answers the asks of one job by running circuits, one after the other. */
export class HardwareSession implements BackendSession {
  readonly #options: SessionOptions;
  readonly #circuits = new Map<string, Defined>();
  #cost: number | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get cost(): number | null {
    return this.#cost;
  }

  dispose(): void {
    this.#circuits.clear();
  }

  async answer(ask: Ask, context: RemoteAskContext): Promise<Answer> {
    switch (ask.kind) {
      case 'define':
        this.#circuits.set(ask.key, ask);
        return done;
      case 'samples':
        return this.#samples(ask, context);
      case 'expectations':
        return this.#expectations(ask, context);
      case 'overlaps':
        return this.#overlaps(ask, context);
      case 'gradients':
      case 'metric':
      case 'probabilities':
        throw new AppError(
          'unsupported',
          `${this.#options.deviceName} measures shots; it cannot give exact ${ask.kind}. Give the job a number of shots.`,
        );
      case 'progress':
      case 'snapshot':
        return done;
    }
  }

  async #samples(
    ask: Extract<Ask, { kind: 'samples' }>,
    context: RemoteAskContext,
  ): Promise<Answer> {
    const { circuit } = this.#defined(ask.key);
    const counts: Counts[] = [];
    for (let item = 0; item < ask.items; item++) {
      const bound = bindCircuit(circuit, rowOf(circuit, ask.bindings, item));
      counts.push(outcomesOverBits(await this.#run(bound, ask.shots, item, context), bound));
    }
    return { kind: 'samples', counts };
  }

  async #expectations(
    ask: Extract<Ask, { kind: 'expectations' }>,
    context: RemoteAskContext,
  ): Promise<Answer> {
    const { circuit, observables } = this.#defined(ask.key);
    const width = ask.observables.length;
    const values = new Float64Array(ask.items * width);
    const stderrs = new Float64Array(ask.items * width);
    let position = 0;
    for (let item = 0; item < ask.items; item++) {
      const bound = bindCircuit(circuit, rowOf(circuit, ask.bindings, item));
      for (const [j, which] of ask.observables.entries()) {
        let variance = 0;
        const observable = observables[which] as Observable;
        for (const part of settingsOf(observable)) {
          const counts =
            part.basis === null
              ? null
              : await this.#run(
                  inBasis(bound, part.basis),
                  this.#options.shots,
                  position++,
                  context,
                );
          const { mean, variance: own } =
            counts === null
              ? { mean: part.value(zeroBits(1, 1), 0), variance: 0 }
              : meanOver(counts, part.value);
          values[item * width + j] = (values[item * width + j] as number) + mean;
          variance += own;
        }
        stderrs[item * width + j] = Math.sqrt(variance);
      }
    }
    return { kind: 'expectations', values, stderrs };
  }

  async #overlaps(
    ask: Extract<Ask, { kind: 'overlaps' }>,
    context: RemoteAskContext,
  ): Promise<Answer> {
    const { circuit } = this.#defined(ask.key);
    const bound = Array.from({ length: ask.items }, (_, item) =>
      bindCircuit(circuit, rowOf(circuit, ask.bindings, item)),
    );
    const values = new Float64Array(ask.pairs.length / 2);
    for (let k = 0; k < values.length; k++) {
      const [a, b] = [
        bound[ask.pairs[2 * k] as number] as Circuit,
        bound[ask.pairs[2 * k + 1] as number] as Circuit,
      ];
      const counts = await this.#run(overlapCircuit(a, b), this.#options.shots, k, context);
      values[k] = meanOver(counts, (outcomes, at) => (onesAt(outcomes, at) === 0 ? 1 : 0)).mean;
    }
    return { kind: 'overlaps', values };
  }

  async #run(
    circuit: Circuit,
    shots: number,
    position: number,
    context: RemoteAskContext,
  ): Promise<Counts> {
    const { deviceId, deviceName, withClient, sleep, firstPollMs, admit } = this.#options;
    const run: CircuitRun = {
      deviceId,
      deviceName,
      circuit,
      shots,
      position,
      context,
      withClient,
      sleep,
      firstPollMs,
      admit: (one) => admit(one, shots, this.#cost ?? 0),
    };
    const { counts, cost } = await runCircuit(run);
    if (cost !== null) this.#cost = (this.#cost ?? 0) + cost;
    return counts;
  }

  #defined(key: string): Defined {
    const defined = this.#circuits.get(key);
    if (defined === undefined) throw new AppError('internal', `Circuit “${key}” was not defined.`);
    return defined;
  }
}

function rowOf(circuit: Circuit, rows: Float64Array, item: number): Bindings {
  const width = circuit.parameters.length;
  return Object.fromEntries(
    circuit.parameters.map(({ name }, k) => [name, rows[item * width + k] as number]),
  );
}

/** A measurement setting and the value of an outcome under it; basis null: a constant. */
interface Setting {
  readonly basis: ReadonlyMap<number, 'X' | 'Y' | 'Z'> | null;
  /** Of outcome k among some. */
  readonly value: (outcomes: PackedBits, k: number) => number;
}

function settingsOf(observable: Observable): Setting[] {
  if (observable.kind === 'diagonal') {
    return [
      {
        basis: new Map(),
        value: (outcomes, k) => observable.values[indexAt(outcomes, k)] as number,
      },
    ];
  }
  const constant = observable.sum.terms
    .filter(({ factors }) => factors.length === 0)
    .reduce((sum, { coefficient }) => sum + coefficient, 0);
  const groups = groupTerms(observable.sum).map(
    ({ basis, terms }): Setting => ({
      basis,
      value: (outcomes, k) =>
        terms.reduce((sum, { coefficient, factors }) => {
          const ones = factors.filter(({ qubit }) => bitAt(outcomes, k, qubit) === 1).length;
          return sum + (ones % 2 === 0 ? coefficient : -coefficient);
        }, 0),
    }),
  );
  return constant === 0 ? groups : [{ basis: null, value: () => constant }, ...groups];
}

/** Mean of a function of outcomes and the variance of that mean. */
function meanOver(counts: Counts, value: Setting['value']): { mean: number; variance: number } {
  let [total, sum, squares] = [0, 0, 0];
  counts.counts.forEach((n, k) => {
    const v = value(counts.outcomes, k);
    total += n;
    sum += n * v;
    squares += n * v * v;
  });
  const mean = sum / total;
  return { mean, variance: Math.max(0, squares / total - mean * mean) / Math.max(1, total - 1) };
}
