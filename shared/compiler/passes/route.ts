import { AppError } from '../../base/errors.ts';
import { type Rng, rngOf } from '../../base/rng.ts';
import { gate as callOf } from '../../circuit/build.ts';
import { type Operation, qubitCountOf, qubitsOf } from '../../circuit/circuit.ts';
import type { Couplings } from '../couplings.ts';
import type { CompilerState, Pass } from '../pass.ts';
import { denseRegion, pairCost, randomPlaces } from '../regions.ts';
import { onQubits, relabelled } from '../relabel.ts';
import { pairGraphOf, type RoutingGraph, routingGraphOf } from '../routing-graph.ts';
import { sabre, type Weighing } from '../sabre.ts';
import type { Target } from '../target.ts';

/** [least, most] tries and how much work they may be, by level of effort. */
const trials = [
  [1, 1, 0],
  [2, 40, 2e6],
  [3, 200, 4e6],
  [4, 2000, 1.2e7],
] as const;

/** Ways of trying, in turns: forward and back twice, a start is good for its program. */
const ways: readonly (Weighing & { readonly rounds: number })[] = [
  { lookAheadWeight: 0.5, blur: 0, rounds: 2 },
  { lookAheadWeight: 0.5, blur: 0.1, rounds: 2 },
  { lookAheadWeight: 1, blur: 0, rounds: 2 },
  { lookAheadWeight: 0.5, blur: 0.2, rounds: 0 },
];

/** SWAPs where the target lacks a coupling, and places for the qubits where they have none yet. */
export const route: Pass = {
  id: 'route',
  title: 'Route',
  summary:
    'Puts SWAPs in where the target lacks a coupling; the best of several seeded tries (SABRE: Li, Ding and Xie, ASPLOS 2019).',
  run(state) {
    const { circuit, target, seed, effort } = state;
    const { couplings } = target;
    if (couplings === null) return state;
    const count = qubitCountOf(circuit);
    const pairs = {
      forward: pairGraphOf(circuit.operations, count, false),
      back: pairGraphOf(circuit.operations, count, true),
    };
    requireWays(state, pairs.forward, couplings);
    const [least, most, work] = trials[effort] ?? trials[1];
    const size = Math.max(1, pairs.forward.count * count);
    const tries = Math.max(least, Math.min(most, Math.floor(work / size)));
    let best: Routed | null = null;
    for (let attempt = 0; attempt < tries; attempt++) {
      const rng = rngOf(seed, 501, attempt);
      const places = startOf(state, attempt, rng);
      const way = ways[attempt % ways.length] as (typeof ways)[number];
      for (let round = 0; state.layout === null && round < way.rounds; round++) {
        sabre(pairs.forward, couplings, places, rng, way, goOn);
        sabre(pairs.back, couplings, places, rng, way, goOn);
      }
      const limit = best?.cost ?? Number.POSITIVE_INFINITY;
      const walk = new RoutedWalk({ qubits: count, couplings, rng, weighing: way, target, limit });
      const made = routed(circuit.operations, places, walk);
      if (best === null || made.cost < best.cost - 1e-12) best = made;
      // Nothing can be better than no SWAP on a fixed start, or anywhere without errors.
      if (best.swaps === 0 && (state.layout !== null || best.cost === 0)) break;
    }
    return best === null ? state : finished(state, best);
  },
};

/** So that SWAPs count where no errors are known. */
const perSwap = 1e-6;

const goOn = (): boolean => true;

interface Routed {
  readonly operations: readonly Operation[];
  readonly initial: readonly number[];
  readonly final: readonly number[];
  readonly swaps: number;
  /** −log of the fidelity of the interactions, as far as errors are known. */
  readonly cost: number;
}

/** Qubits that were placed already stay; else the densest region first, then random ones. */
function startOf(
  { circuit, layout, target }: CompilerState,
  attempt: number,
  rng: Rng,
): Int32Array {
  const count = qubitCountOf(circuit);
  if (layout !== null) return Int32Array.from({ length: count }, (_, q) => q);
  return attempt === 0
    ? Int32Array.from(denseRegion(target, count))
    : randomPlaces(target, count, rng);
}

function routed(operations: readonly Operation[], places: Int32Array, walk: RoutedWalk): Routed {
  const initial = [...places];
  const made = walk.through(operations, places);
  return { operations: made, initial, final: [...places], swaps: walk.swaps, cost: walk.cost };
}

interface WalkOptions {
  readonly qubits: number;
  readonly couplings: Couplings;
  readonly rng: Rng;
  readonly weighing: Weighing;
  readonly target: Target;
  /** A walk that costs more is of no use and ends. */
  readonly limit: number;
}

class RoutedWalk {
  swaps = 0;
  cost = 0;
  /** SWAPs that routing put in, apart from those of the program. */
  readonly #own = new Set<Operation>();
  readonly #options: WalkOptions;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** The operations on physical qubits with their SWAPs; `places` ends as they leave it. */
  through(operations: readonly Operation[], places: Int32Array): Operation[] {
    const { qubits, couplings, rng, weighing, limit } = this.#options;
    const made: Operation[] = [];
    const graph = graphOf(operations, qubits);
    sabre(graph, couplings, places, rng, weighing, (step) => {
      if (typeof step !== 'number') {
        const swap = callOf('swap', step);
        made.push(swap);
        this.#own.add(swap);
        this.swaps++;
        this.cost += 3 * this.#costOf(step) + perSwap;
        return this.cost < limit;
      }
      const operation = operations[step] as Operation;
      if (operation.kind === 'if') {
        const body = this.#aside(operation.body, places);
        const otherwise = this.#aside(operation.otherwise, places);
        const { condition } = operation;
        made.push({ kind: 'if', condition, body, otherwise });
        return this.cost < limit;
      }
      const moved = relabelled(operation, (qubit) => places[qubit] as number);
      const ends = qubitsOf(moved);
      if (moved.kind === 'gate' && ends.length === 2) this.cost += this.#costOf(ends);
      made.push(moved);
      return this.cost < limit;
    });
    return made;
  }

  /** What a condition guards: its SWAPs are taken back at its end, as it may not happen. */
  #aside(operations: readonly Operation[], places: Int32Array): Operation[] {
    const made = this.through(operations, places.slice());
    const undo = made.filter((one) => this.#own.has(one)).toReversed();
    this.swaps += undo.length;
    this.cost += undo.length * perSwap;
    return [...made, ...undo];
  }

  #costOf([a, b]: readonly number[]): number {
    return pairCost(this.#options.target, a as number, b as number);
  }
}

/** Of each list of operations, which every try goes through anew. */
const graphs = new WeakMap<readonly Operation[], RoutingGraph>();

function graphOf(operations: readonly Operation[], qubits: number): RoutingGraph {
  const graph = graphs.get(operations) ?? routingGraphOf(operations, qubits);
  graphs.set(operations, graph);
  return graph;
}

function finished(
  state: CompilerState,
  { operations, initial, final, swaps }: Routed,
): CompilerState {
  const { circuit, target, facts, layout } = state;
  return {
    ...state,
    circuit: onQubits(circuit, target.qubits, operations),
    layout:
      layout === null
        ? { initial, final: final.slice(0, initial.length) }
        : { ...layout, final: layout.final.map((place) => final[place] as number) },
    facts: { ...facts, swaps: facts.swaps + swaps },
  };
}

/** Qubits that were put where no way of couplings leads from one to the other cannot be routed. */
function requireWays({ layout }: CompilerState, graph: RoutingGraph, couplings: Couplings): void {
  if (layout === null) return;
  for (const key of graph.interactions.keys()) {
    const [a, b] = key.split(' ').map(Number) as [number, number];
    if ((couplings.distances[a * couplings.qubits + b] as number) < couplings.qubits) continue;
    throw new AppError(
      'bad-input',
      `The layout puts qubits that interact on ${a} and ${b} of the target, between which no couplings lead. Choose another layout.`,
      { qubits: [a, b] },
    );
  }
}
