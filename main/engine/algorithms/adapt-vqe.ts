import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { numberOf } from '#shared/circuit/expression.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { openCircuit } from '../ansatze/ansatz.ts';
import { evolutionUnder } from '../ansatze/excitations.ts';
import { initialState } from '../ansatze/initial-state.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { type Pool, type PoolOperator, poolOf } from './adapt-pools.ts';
import { defineAlgorithm } from './algorithm.ts';
import { knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import { asStage } from './stages.ts';
import { startingState } from './starting-state.ts';
import {
  asksOf,
  circuitFacts,
  measured,
  needsOf,
  optimizerParameter,
  spreadOf,
  train,
  trainingFacts,
  weightedObjective,
} from './variational.ts';

interface AdaptSettings {
  readonly pool?: Pool;
  readonly initialState?: string;
  readonly maxOperators: number;
  readonly gradientTolerance: number;
}

/** What was put at the end of the circuit, and what it brought. */
interface Growth {
  readonly operator: string;
  /** Length of the gradient along the whole pool before it. */
  readonly gradientNorm: number;
  readonly energy: number;
}

/** Where the run stands after so many operators. */
interface Grown {
  readonly chosen: readonly number[];
  readonly point: readonly number[];
  readonly growth: readonly Growth[];
  readonly evaluations: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const key = 'adapt';
const nothing: Grown = {
  chosen: [],
  point: [],
  growth: [],
  evaluations: 0,
  iterations: 0,
  converged: true,
};

/**
 * ADAPT-VQE (Grimsley et al. 2019, arXiv:1812.11173): the circuit grows by the operator of a pool along which the energy
 * falls fastest, all angles are tuned again, and it stops where no operator has a slope any more. All slopes are one
 * gradient: that of the circuit with the whole pool at angle 0 at its end.
 */
export const adaptVqe = defineAlgorithm({
  id: 'adapt-vqe',
  title: 'ADAPT-VQE',
  summary:
    'Grows a circuit by the operators that lower the energy most: short circuits, made for the problem.',
  source: 'Grimsley et al. 2019, arXiv:1812.11173; qubit pools: Tang et al. 2021, arXiv:1911.10205',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'evaluations', areCourse: true },
  parameters: [
    {
      kind: 'choice',
      id: 'pool',
      title: 'Pool',
      help: 'What the circuit may grow by. Fermionic: excitations of a molecule’s electrons; qubit: single Pauli strings, shorter but more of them; minimal: few strings. Empty: fermionic for molecules, qubit for others.',
      default: null,
      options: [
        { value: 'fermionic', title: 'Fermionic' },
        { value: 'qubit', title: 'Qubit' },
        { value: 'minimal', title: 'Minimal' },
      ],
    },
    optimizerParameter,
    {
      kind: 'number',
      id: 'gradientTolerance',
      title: 'Gradient tolerance',
      help: 'The circuit is complete when the gradient along the whole pool is shorter than this, in units of energy.',
      default: 1e-3,
      min: 0,
      exclusiveMin: true,
    },
    {
      kind: 'integer',
      id: 'maxOperators',
      title: 'Most operators',
      help: 'The circuit grows by no more than this.',
      default: 50,
      min: 1,
      max: 1000,
    },
    initialState,
  ],
  canPause: true,
  canFinish: true,
  accuracy: 1e-4,
  asks: (settings, parts) => [...new Set([...asksOf(settings, parts), 'gradients' as const])],
  needs: (view) => needsOf(view, knownEnergiesBytes(view, 1)),
  *run(input) {
    const { view } = input;
    const settings = input.settings as unknown as AdaptSettings;
    const pool = poolOf(
      settings.pool ?? (view.fermions === undefined ? 'qubit' : 'fermionic'),
      view,
    );
    const start = startingState(view, settings);
    const operatorsOf = ({ chosen }: Grown) => chosen.map((k) => pool[k] as PoolOperator);
    let { grown, inner } = snapshotOf(input.snapshot, pool.length);
    let norm = Number.NaN;
    for (;;) {
      if (inner === undefined) {
        const slopes = yield* slopesOf(
          grownCircuit(view, start, operatorsOf(grown), grown.point),
          pool,
          view,
        );
        norm = Math.hypot(...slopes);
        if (norm < settings.gradientTolerance || grown.chosen.length >= settings.maxOperators)
          break;
        const steepest = slopes.reduce(
          (best, s, k) => (Math.abs(s) > Math.abs(slopes[best] as number) ? k : best),
          0,
        );
        grown = { ...grown, chosen: [...grown.chosen, steepest], point: [...grown.point, 0] };
      } else norm = inner.gradientNorm;
      grown = yield* tuned(grown, inner?.search);
      inner = undefined;
      yield { kind: 'snapshot', state: { kind: key, grown } };
      if (input.finish.isAsked) break;
    }
    const circuit = growing(view, start, operatorsOf(grown));
    const point = Float64Array.from(grown.point);
    yield* defined(circuit, view);
    const energy = yield* measured(key, point, input.finish.ofLast(input.shots));
    const isComplete = norm < settings.gradientTolerance && !input.finish.isAsked;
    return {
      result: {
        energies: [energy],
        ...circuitFacts(circuit, point),
        growth: [...grown.growth],
        ...knownEnergies(input, 1),
        ...trainingFacts([{ ...grown, point, converged: grown.converged && isComplete }]),
        ...input.usage(),
      },
      warnings:
        isComplete || input.finish.isAsked
          ? []
          : [
              `The circuit stopped growing at ${grown.chosen.length} operators with a gradient of ${norm.toPrecision(3)}: raise maxOperators for more.`,
            ],
    };

    /** All angles, tuned from where the last operator found them. */
    function* tuned(before: Grown, search: unknown): Generator<Ask, Grown, Answer> {
      const circuit = growing(view, start, operatorsOf(before));
      yield* defined(circuit, view);
      const { maxOperators } = settings;
      const gradientNorm = norm;
      const count = before.chosen.length;
      const minimum = yield* asStage(
        train(
          weightedObjective([{ key, weight: 1 }], [key], spreadOf(view)),
          Float64Array.from(before.point),
          input,
          { stream: 121 + 1000 * count, snapshot: search },
        ),
        {
          snapshot: (state) => ({
            kind: key,
            grown: before,
            inner: { gradientNorm, search: state },
          }),
          progress: (one) => ({
            ...one,
            fraction: (count - 1 + (one.fraction ?? 0)) / maxOperators,
            message: `Operator ${count}. ${one.message}`,
            step: before.evaluations + one.step,
            metrics: { gradientNorm, ...one.metrics },
          }),
        },
      );
      const { value } = yield* measured(key, minimum.point);
      yield { kind: 'forget', key };
      const operator = pool[before.chosen.at(-1) as number] as PoolOperator;
      return {
        chosen: before.chosen,
        point: Array.from(minimum.point),
        growth: [...before.growth, { operator: operator.name, gradientNorm, energy: value }],
        evaluations: before.evaluations + minimum.evaluations,
        iterations: before.iterations + minimum.iterations,
        converged: minimum.converged,
      };
    }
  },
});

function growing(
  { qubits }: Hamiltonian,
  start: readonly Operation[],
  operators: readonly PoolOperator[],
): Circuit {
  return openCircuit(qubits, (theta) => [
    ...start,
    ...operators.flatMap(({ generator }) => evolutionUnder(generator, theta())),
  ]);
}

/** The circuit at its angles. */
function grownCircuit(
  { qubits }: Hamiltonian,
  start: readonly Operation[],
  operators: readonly PoolOperator[],
  point: readonly number[],
): Circuit {
  return circuitOf(qubits, [
    ...start,
    ...operators.flatMap(({ generator }, k) =>
      evolutionUnder(generator, numberOf(point[k] as number)),
    ),
  ]);
}

function* defined(circuit: Circuit, { sum }: Hamiltonian): Generator<Ask, void, Answer> {
  yield { kind: 'define', key, circuit, observables: [{ kind: 'pauli', sum }] };
}

/** The slope of the energy along each operator at the end of the circuit. */
function* slopesOf(
  circuit: Circuit,
  pool: readonly PoolOperator[],
  view: Hamiltonian,
): Generator<Ask, Float64Array, Answer> {
  const tail = growing(view, circuit.operations, pool);
  yield* defined(tail, view);
  const { gradients } = yield* ask({
    kind: 'gradients',
    key,
    items: 1,
    bindings: new Float64Array(pool.length),
    observable: 0,
  });
  yield { kind: 'forget', key };
  return gradients;
}

interface Snapshot {
  readonly kind: typeof key;
  readonly grown: Grown;
  readonly inner?: { readonly gradientNorm: number; readonly search: unknown };
}

function snapshotOf(given: unknown, poolSize: number): Pick<Snapshot, 'grown' | 'inner'> {
  if (typeof given !== 'object' || given === null || !('kind' in given)) return { grown: nothing };
  const { kind, grown, inner } = given as Snapshot;
  if (kind !== key || grown.chosen.some((k) => k >= poolSize)) return { grown: nothing };
  return inner === undefined ? { grown } : { grown, inner };
}
