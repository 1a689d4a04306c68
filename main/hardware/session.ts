import { AppError } from '#shared/base/errors.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { inBasis } from '#engine/lowering/measured-circuit.ts';
import { type Answer, type Ask, type AskOf, done } from '#engine/programs/program.ts';
import { rngFor } from '#engine/programs/streams.ts';
import { namedRow } from '#engine/simulators/evaluator.ts';
import type { BackendSession, RemoteAskContext } from './backend.ts';
import { bindCircuit, outcomesOverBits } from './circuits.ts';
import { type Machine, runBatches } from './run-batches.ts';

/** A machine that runs the circuits of one job, in as few of the vendor's jobs as it takes. */
export class HardwareSession implements BackendSession {
  readonly #machine: Machine;
  readonly #jobId: string;
  readonly #circuits = new Map<string, Circuit>();

  constructor(machine: Machine, jobId: string) {
    this.#machine = machine;
    this.#jobId = jobId;
  }

  get cost(): number | null {
    return this.#machine.spending.costOf(this.#jobId);
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
    const names = circuit.parameters.map(({ name }) => name);
    const turned = ask.bases.map((basis) => (basis === null ? circuit : inBasis(circuit, basis)));
    const circuits = Array.from({ length: ask.items }, (_, item) => {
      const bindings = namedRow(names, ask.bindings, item);
      return turned.map((one) => bindCircuit(one, bindings));
    }).flat();
    const counts = await runBatches(this.#machine, {
      circuits,
      shots: ask.shots,
      context,
      rngOf: (position) =>
        ask.from === undefined
          ? rngFor(ask, context, position)
          : rngFor(ask, context, ...placeOf(position, ask.bases.length)),
    });
    return {
      kind: 'runs',
      counts: counts.map((one, k) => outcomesOverBits(one, circuits[k] as Circuit)),
    };
  }

  #defined(key: string): Circuit {
    const defined = this.#circuits.get(key);
    if (defined === undefined) throw new AppError('internal', `Circuit “${key}” was not defined.`);
    return defined;
  }
}

/** Row and basis of a circuit at a position of its part of an ask. */
function placeOf(position: number, bases: number): [item: number, basis: number] {
  return [Math.floor(position / bases), position % bases];
}
