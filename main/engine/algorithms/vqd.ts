import type { Circuit, GateOperation } from '#shared/circuit/circuit.ts';
import { numberOf, substitute } from '#shared/circuit/expression.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { AppError } from '#shared/base/errors.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import { operationLimit } from '../simulators/lowering.ts';
import type { Minimum } from '../training/minimise.ts';
import { defineAlgorithm } from './algorithm.ts';
import { knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import { asStage, type Stage } from './stages.ts';
import {
  asksOf,
  circuitFacts,
  measured,
  needsOf,
  type Part,
  smallAngles,
  spreadOf,
  statesParameter,
  train,
  trainingFacts,
  trialOf,
  variationalParameters,
  weightedObjective,
} from './variational.ts';
import { rngOf } from '#shared/base/rng.ts';

/** A projector is a table over basis states. */
const qubitLimit = 20;

/**
 * Variational quantum deflation (Higgott, Wang and Brierley 2019, arXiv:1805.08138): each state is the lowest
 * under a penalty on its overlaps with those that were found. An overlap is the probability of all zeros after
 * the circuit and the inverse of the found one, so values, gradients, shots and mitigation go the way of every expectation.
 */
export const vqd = defineAlgorithm({
  id: 'vqd',
  title: 'VQD',
  summary:
    'Finds the lowest energies one after another, each kept apart from those before by a penalty.',
  source: 'Higgott, Wang and Brierley 2019, arXiv:1805.08138',
  limits: '20 qubits',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'evaluations', areCourse: true },
  parameters: [
    statesParameter,
    ...variationalParameters,
    {
      kind: 'number',
      id: 'penalty',
      title: 'Penalty',
      help: 'Energy that a whole overlap costs. It must be larger than the gaps. Empty: twice the sum of the absolute coefficients, which always is.',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
  ],
  canPause: true,
  canFinish: true,
  accuracy: 1e-6,
  asks: asksOf,
  needs: (view, settings) => {
    const states = settings['states'] as number;
    return needsOf(view, knownEnergiesBytes(view, states) + 8 * 2 ** view.qubits);
  },
  *run(input) {
    const { view, settings } = input;
    if (view.qubits > qubitLimit) {
      throw new AppError(
        'too-large',
        `VQD reaches ${qubitLimit} qubits; this Hamiltonian has ${view.qubits}. Use subspace-search instead.`,
        { qubits: view.qubits },
      );
    }
    const count = Math.min(settings['states'] as number, 2 ** view.qubits);
    const penalty = (settings['penalty'] as number | undefined) ?? safePenalty(view);
    const { circuit, start } = trialOf(input, 113);
    yield { kind: 'define', key: 'vqd', circuit, observables: [{ kind: 'pauli', sum: view.sum }] };
    const before = foundBefore(input.snapshot);
    const parts: Part[] = [{ key: 'vqd', weight: 1 }];
    const minima: Minimum[] = [];
    for (let level = 0; level < count; level++) {
      const known = before.minima[level];
      const minimum =
        known ??
        (yield* asStage(
          train(
            weightedObjective(parts, ['vqd'], spreadOf(view)),
            level === 0 ? start : startAt(start, input.seed, level),
            input,
            {
              stream: 114 + 1000 * level,
              snapshot: before.minima.length === level ? before.inner : undefined,
            },
          ),
          stageAt([...minima], count),
        ));
      minima.push(minimum);
      if (input.finish.isAsked) break;
      const key = `vqd overlap ${level}`;
      if (level < count - 1) {
        yield {
          kind: 'define',
          key,
          circuit: afterInverse(circuit, minimum.point),
          observables: [allZeros(view)],
        };
        parts.push({ key, weight: penalty });
      }
    }
    const found = [];
    const last = input.finish.ofLast(input.shots);
    for (const { point } of minima)
      found.push({ energy: yield* measured('vqd', point, last), point });
    found.sort((a, b) => a.energy.value - b.energy.value);
    return {
      result: {
        energies: found.map(({ energy }) => energy),
        ...circuitFacts(circuit, (found[0] as (typeof found)[number]).point),
        stateParameters: found.map(({ point }) => Array.from(point)),
        ...knownEnergies(input, count),
        ...trainingFacts(minima),
        ...input.usage(),
      },
      warnings: [
        ...(count < (settings['states'] as number)
          ? [`There are only ${count} states; the others were left out.`]
          : []),
        ...(minima.length < count
          ? [`The run was finished at state ${minima.length} of ${count}.`]
          : []),
      ],
    };
  },
});

/** No gap is larger than the whole spectrum is wide. */
function safePenalty({ sum }: Hamiltonian): number {
  const norm = sum.terms.reduce(
    (total, { coefficient, factors }) => total + (factors.length === 0 ? 0 : Math.abs(coefficient)),
    0,
  );
  return norm > 0 ? 2 * norm : 1;
}

/** Other small angles: where the last search began, its state's basin is near. */
function startAt(start: Float64Array, seed: number, level: number): Float64Array {
  const moved = smallAngles(start.length, rngOf(seed, 115, level));
  return start.map((angle, k) => angle + 10 * (moved[k] as number));
}

/** The circuit, and then the inverse of itself at a row. */
function afterInverse(circuit: Circuit, point: Float64Array): Circuit {
  const values = new Map(
    circuit.parameters.map(({ name }, k) => [name, numberOf(point[k] as number)] as const),
  );
  const gates = flattenOperations(circuit, operationLimit).filter(
    (one): one is GateOperation => one.kind === 'gate',
  );
  const bound = gates.map(
    (one): GateOperation => ({
      ...one,
      parameters: one.parameters.map((angle) =>
        substitute(angle, (name) => values.get(name) ?? null),
      ),
    }),
  );
  return { ...circuit, definitions: [], operations: [...gates, ...inverseOf(bound)] };
}

/** The projector onto all zeros. */
function allZeros({ qubits }: Hamiltonian) {
  const values = new Float64Array(2 ** qubits);
  values[0] = 1;
  return { kind: 'diagonal' as const, values };
}

/** The levels that are found, and where the search of the next one stands. */
interface VqdSnapshot {
  readonly kind: 'vqd';
  readonly minima: readonly (Omit<Minimum, 'point'> & { readonly point: readonly number[] })[];
  readonly inner: unknown;
}

function foundBefore(given: unknown): { readonly minima: Minimum[]; readonly inner: unknown } {
  if (typeof given !== 'object' || given === null || !('kind' in given) || given.kind !== 'vqd') {
    return { minima: [], inner: undefined };
  }
  const { minima, inner } = given as VqdSnapshot;
  return {
    minima: minima.map((one) => ({ ...one, point: Float64Array.from(one.point) })),
    inner,
  };
}

/** How the search of one level tells where the run stands. */
function stageAt(minima: readonly Minimum[], count: number): Stage {
  const earlier = minima.reduce((sum, { evaluations }) => sum + evaluations, 0);
  return {
    snapshot: (inner): VqdSnapshot => ({
      kind: 'vqd',
      minima: minima.map((minimum) => ({ ...minimum, point: Array.from(minimum.point) })),
      inner,
    }),
    progress: (one) => ({
      ...one,
      fraction: (minima.length + (one.fraction ?? 0)) / count,
      message: `State ${minima.length + 1} of ${count}. ${one.message}`,
      step: earlier + one.step,
    }),
  };
}
