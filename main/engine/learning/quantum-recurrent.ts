import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import {
  type CircuitModel,
  entanglingLayers,
  modelCircuit,
  Names,
  turnOf,
} from './circuit-model.ts';
import { halfTurn, times } from './feature-maps.ts';
import { layersParameter } from './parameters.ts';
import { defineVariational } from './variational-learner.ts';

interface Shape {
  /** All of them; the first one takes the inputs, the others remember. */
  readonly qubits: number;
  readonly layers: number;
  readonly isEntangled: boolean;
}

/**
 * Features one after the other, in their order: each turns the first qubit by a trained multiple of itself, then the same
 * trained layers act on all (after Takaki et al. 2021, whose first qubit is also reset between two steps).
 */
function recurrentModel(features: number, { qubits, layers, isEntangled }: Shape): CircuitModel {
  const inputs = new Names('x');
  const weights = new Names('w');
  const factor = weights.next();
  const cell = entanglingLayers(qubits, layers, weights, isEntangled);
  const steps = Array.from({ length: features }, (): Operation[] => [
    gate('ry', [0], [times(inputs.next(), factor)]),
    ...cell,
  ]).flat();
  const last = turnOf(0, [weights.next(), weights.next(), weights.next()]);
  return {
    circuit: modelCircuit(qubits, [...steps, ...last], [...inputs.all, ...weights.all]),
    weightCount: weights.all.length,
    inputs: (row) => row,
    start: (rng) => Float64Array.from(weights.all, (_, k) => (k === 0 ? 1 : 0.5 * rng.normal())),
  };
}

export const quantumRecurrent = defineVariational({
  head: {
    id: 'quantum-recurrent',
    title: 'Quantum recurrent network',
    summary:
      'Features, or the lags of a series, come one after the other, and the same trained gates follow each.',
    source: 'Takaki et al. 2021, arXiv:2012.11242',
  },
  parameters: [
    {
      kind: 'integer',
      id: 'qubits',
      title: 'Qubits',
      help: 'One of them takes the features; the others remember.',
      default: 3,
      min: 1,
      max: 12,
    },
    layersParameter(1),
  ],
  qubits: (_, { qubits }) => qubits as number,
  kindOf({ settings }) {
    const shape = {
      qubits: settings['qubits'] as number,
      layers: settings['layers'] as number,
      isEntangled: settings['entangled'] === true,
    };
    return {
      preprocessing: [],
      scaling: halfTurn,
      qubits: () => shape.qubits,
      model: (features) => recurrentModel(features, shape),
    };
  },
});
