import type { PauliLetter, PauliSum } from '#shared/observables/pauli.ts';
import { printObservable } from '#shared/observables/print.ts';
import type { AlgorithmInput } from '../algorithms/algorithm.ts';
import { evolutionUnder } from '../ansatze/excitations.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { isingObservable } from '#shared/problems/binary-problem.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { qaoaCircuit } from './circuit.ts';
import { type Plan, reshaped } from './plan.ts';
import { key } from './questions.ts';
import { questionsOf } from './questions-of.ts';
import type { QaoaSettings } from './settings.ts';
import { type Effort, inStage, noEffort, stageOf, together, train, type Trained } from './train.ts';

interface AdaptiveState extends Effort {
  /** Mixers by their place in the pool. */
  readonly chosen: readonly number[];
  /** Tuned angles in scaled units: all γ, then all β. */
  readonly point: readonly number[];
}

export interface Adapted extends Trained {
  /** The mixer of each layer. */
  readonly mixers: readonly string[];
}

const kind = 'qaoa-adaptive';

/**
 * ADAPT-QAOA (Zhu et al. 2022, arXiv:2005.10258): each layer takes the mixer of the pool along which the cost changes fastest
 * behind it, and all angles are tuned again. All slopes are one gradient, of the circuit with the whole pool at angle 0.
 */
export function* grown(
  plan: Plan,
  settings: QaoaSettings,
  input: AlgorithmInput,
): Generator<Ask, Adapted, Answer> {
  const pool = mixerPool(plan.qubits);
  const { layers } = plan.shape;
  const first: AdaptiveState = { ...noEffort, chosen: [], point: [] };
  let { state, inner } = stageOf(input.snapshot, kind, first);
  // A search that was left has its mixer already.
  while (!input.finish.isAsked && (state.point.length < 2 * layers || inner !== undefined)) {
    const at: AdaptiveState =
      inner === undefined
        ? { ...state, chosen: [...state.chosen, yield* steepest(plan, pool, state)] }
        : state;
    const current = planOfState(plan, pool, at);
    const questions = questionsOf(current);
    yield* questions.define();
    const search = train(current, settings, input, {
      stream: 102 + 1000 * at.chosen.length,
      snapshot: inner,
    });
    const minimum = yield* inStage(search, kind, at, {
      title: `Layer ${at.chosen.length}`,
      done: (at.chosen.length - 1) / layers,
    });
    yield* questions.forget();
    state = { ...together(at, minimum), chosen: at.chosen, point: Array.from(minimum.point) };
    inner = undefined;
    yield { kind: 'snapshot', state: { kind, state } };
  }
  const whole = planOfState(plan, pool, state);
  yield* questionsOf(whole).define();
  const angles = Float64Array.from(state.point, (angle, k) =>
    k < layers ? angle / plan.spread : angle,
  );
  const mixers = state.chosen.map((k) => printObservable(pool[k] as PauliSum));
  return { ...state, plan: whole, angles, mixers };
}

/** The circuit of the chosen mixers, from the tuned angles; those of a new layer begin at the probe and 0. */
function planOfState(
  plan: Plan,
  pool: readonly PauliSum[],
  { chosen, point }: AdaptiveState,
): Plan {
  const layers = chosen.length;
  const tuned = point.length / 2;
  const isNew = tuned < layers;
  const start = [
    ...point.slice(0, tuned),
    ...(isNew ? [signOf(plan) * plan.probe] : []),
    ...point.slice(tuned),
    ...(isNew ? [0] : []),
  ];
  const generators = chosen.map((k) => pool[k] as PauliSum);
  return reshaped(plan, { ...plan.shape, layers, generators }, Float64Array.from(start));
}

function signOf({ problem }: Plan): number {
  return problem.sense === 'min' ? -1 : 1;
}

/** The mixer with the largest slope behind the circuit so far and a short turn by the cost. */
function* steepest(
  plan: Plan,
  pool: readonly PauliSum[],
  state: AdaptiveState,
): Generator<Ask, number, Answer> {
  const { chosen, point } = state;
  const layers = chosen.length + 1;
  const known = layers - 1;
  const shape = {
    ...plan.shape,
    layers,
    generators: [...chosen, -1].map((k) => pool[k] ?? nothing),
  };
  const circuit = qaoaCircuit(plan.ising, shape);
  const names = pool.map((_, k) => `mixer_${k}`);
  yield {
    kind: 'define',
    key,
    circuit: {
      ...circuit,
      operations: [
        ...circuit.operations,
        ...pool.flatMap((sum, k) => evolutionUnder(sum, parameterOf(names[k] as string))),
      ],
      parameters: [...circuit.parameters, ...names.map((name) => ({ name, value: null }))],
    },
    observables: [{ kind: 'pauli', sum: isingObservable(plan.ising) }],
  };
  const bindings = [
    ...point.slice(0, known),
    signOf(plan) * plan.probe,
    ...point.slice(known),
    0,
    ...names.map(() => 0),
  ].map((angle, k) => (k < layers ? angle / plan.spread : angle));
  const row = { key, items: 1, bindings: Float64Array.from(bindings) };
  const { gradients } = yield* ask({ kind: 'gradients', ...row, observable: 0 });
  yield { kind: 'forget', key };
  const slopes = gradients.slice(2 * layers);
  return slopes.reduce(
    (best, slope, k) =>
      Math.abs(slope) > Math.abs(slopes[best] as number) * (1 + 1e-9) ? k : best,
    0,
  );
}

const nothing: PauliSum = { terms: [] };

/** ΣX, ΣY, then X and Y of each qubit and of each pair, and both with Z. */
function mixerPool(qubits: number): PauliSum[] {
  const string = (...factors: readonly (readonly [number, PauliLetter])[]): PauliSum => ({
    terms: [{ coefficient: 1, factors: factors.map(([qubit, letter]) => ({ qubit, letter })) }],
  });
  const all = Array.from({ length: qubits }, (_, q) => q);
  const total = (letter: PauliLetter): PauliSum => ({
    terms: all.flatMap((q) => string([q, letter]).terms),
  });
  const pairs = all.flatMap((i) => all.slice(i + 1).map((j) => [i, j] as const));
  const kinds: readonly (readonly [PauliLetter, PauliLetter])[] = [
    ['X', 'X'],
    ['Y', 'Y'],
    ['X', 'Y'],
    ['Y', 'X'],
    ['Y', 'Z'],
    ['Z', 'Y'],
    ['X', 'Z'],
    ['Z', 'X'],
  ];
  return [
    total('X'),
    total('Y'),
    ...all.flatMap((q) => [string([q, 'X']), string([q, 'Y'])]),
    ...pairs.flatMap(([i, j]) => kinds.map(([a, b]) => string([i, a], [j, b]))),
  ];
}
