import { AppError } from '#shared/base/errors.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { inBasis } from '#engine/lowering/measured-circuit.ts';
import { type Answer, type Ask, type AskOf, type Counts, done } from '#engine/programs/program.ts';
import { rngFor } from '#engine/programs/streams.ts';
import { namedRow } from '#engine/simulators/evaluator.ts';
import type { BackendSession, RemoteAskContext } from './backend.ts';
import { bindCircuit, outcomesOverBits } from './circuits.ts';
import { type CircuitRun, runCircuit, type WithClient } from './run-circuit.ts';

export interface SessionOptions {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly withClient: WithClient;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly firstPollMs: number;
  /** Throws `budget` where `spent` plus the circuit's estimate is more than may be spent. */
  readonly admit: (circuit: Circuit, shots: number, spent: number) => Promise<void>;
}

/** A machine that runs the circuits of one job, one after the other. */
export class HardwareSession implements BackendSession {
  readonly #options: SessionOptions;
  readonly #circuits = new Map<string, Circuit>();
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
        this.#circuits.set(ask.key, ask.circuit);
        return done;
      case 'forget':
        this.#circuits.delete(ask.key);
        return done;
      case 'runs':
        return this.#runs(ask, context);
      case 'progress':
      case 'snapshot':
        return done;
      case 'expectations':
      case 'gradients':
      case 'metric':
      case 'overlaps':
      case 'probabilities':
      case 'samples':
        throw new AppError('internal', `A machine runs circuits; ${ask.kind} came as they were.`);
    }
  }

  async #runs(ask: AskOf<'runs'>, context: RemoteAskContext): Promise<Answer> {
    const circuit = this.#defined(ask.key);
    const counts: Counts[] = [];
    for (let item = 0; item < ask.items; item++) {
      const bindings = namedRow(
        circuit.parameters.map(({ name }) => name),
        ask.bindings,
        item,
      );
      for (const basis of ask.bases) {
        const bound = bindCircuit(basis === null ? circuit : inBasis(circuit, basis), bindings);
        const outcome = await this.#run(bound, { ask, position: counts.length, context });
        counts.push(outcomesOverBits(outcome, bound));
      }
    }
    return { kind: 'runs', counts };
  }

  async #run(circuit: Circuit, { ask, position, context }: OneRun): Promise<Counts> {
    const { deviceId, deviceName, withClient, sleep, firstPollMs, admit } = this.#options;
    const { shots } = ask;
    const run: CircuitRun = {
      deviceId,
      deviceName,
      circuit,
      shots,
      position,
      context,
      rng: rngFor(ask, context, position),
      withClient,
      sleep,
      firstPollMs,
      admit: (one) => admit(one, shots, this.#cost ?? 0),
    };
    const { counts, cost } = await runCircuit(run);
    if (cost !== null) this.#cost = (this.#cost ?? 0) + cost;
    return counts;
  }

  #defined(key: string): Circuit {
    const defined = this.#circuits.get(key);
    if (defined === undefined) throw new AppError('internal', `Circuit “${key}” was not defined.`);
    return defined;
  }
}

/** One circuit of a batch. */
interface OneRun {
  readonly ask: AskOf<'runs'>;
  readonly position: number;
  readonly context: RemoteAskContext;
}
