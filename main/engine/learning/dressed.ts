import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { type CircuitModel, type Front, modelCircuit, Names } from './circuit-model.ts';
import { standardised } from './learner.ts';
import { layersParameter } from './parameters.ts';
import { defineVariational } from './variational-learner.ts';

/** Angles ½π·tanh(W·x + b), one a qubit: row q of W begins at q·features, b follows. */
function denseFront(features: number, qubits: number): Front {
  const at = (weights: Float64Array, given: Float64Array, q: number): number => {
    let sum = weights[qubits * features + q] as number;
    for (let k = 0; k < features; k++) {
      sum += (weights[q * features + k] as number) * (given[k] as number);
    }
    return Math.tanh(sum);
  };
  return {
    weightCount: qubits * (features + 1),
    inputs: (given, weights) =>
      Float64Array.from({ length: qubits }, (_, q) => (Math.PI / 2) * at(weights, given, q)),
    addGradient(given, weights, slopes, gradient) {
      for (let q = 0; q < qubits; q++) {
        const bent = at(weights, given, q);
        const slope = (Math.PI / 2) * (1 - bent * bent) * (slopes[q] as number);
        for (let k = 0; k < features; k++) {
          const place = q * features + k;
          gradient[place] = (gradient[place] as number) + slope * (given[k] as number);
        }
        const bias = qubits * features + q;
        gradient[bias] = (gradient[bias] as number) + slope;
      }
    },
  };
}

interface Shape {
  readonly qubits: number;
  readonly layers: number;
  readonly isEntangled: boolean;
}

/**
 * A dense layer before the circuit and one behind it (Mari et al. 2020): H and RY of its angles, then layers of CX between
 * neighbours, even pairs and odd ones, and a trained RY of every qubit.
 */
export function dressedModel(
  features: number,
  { qubits, layers, isEntangled }: Shape,
): CircuitModel {
  const inputs = new Names('x');
  const weights = new Names('w');
  const wires = Array.from({ length: qubits }, (_, q) => q);
  const pairs = [0, 1].flatMap((start) => wires.filter((q) => q % 2 === start && q + 1 < qubits));
  const operations: Operation[] = [
    ...wires.map((q) => gate('h', [q])),
    ...wires.map((q) => gate('ry', [q], [inputs.next()])),
  ];
  for (let layer = 0; layer < layers; layer++) {
    if (isEntangled) operations.push(...pairs.map((q) => gate('cx', [q, q + 1])));
    operations.push(...wires.map((q) => gate('ry', [q], [weights.next()])));
  }
  const front = denseFront(features, qubits);
  const bound = 1 / Math.sqrt(features);
  return {
    circuit: modelCircuit(qubits, operations, [...inputs.all, ...weights.all]),
    weightCount: weights.all.length,
    inputs: (row) => row,
    front,
    reads: qubits,
    start: (rng) =>
      Float64Array.of(
        ...weights.all.map(() => Math.PI * (2 * rng.uniform() - 1)),
        ...Array.from({ length: front.weightCount }, () => bound * (2 * rng.uniform() - 1)),
      ),
  };
}

export const dressed = defineVariational({
  head: {
    id: 'dressed',
    title: 'Dressed quantum network',
    summary: 'A trained circuit between two trained classical layers, on any number of features.',
    source: 'Mari et al. 2020, arXiv:1912.08278',
  },
  parameters: [
    {
      kind: 'integer',
      id: 'qubits',
      title: 'Qubits',
      help: 'Of the circuit; the layer before it makes an angle for each of all features.',
      default: 3,
      min: 1,
      max: 12,
    },
    layersParameter(2),
  ],
  qubits: (_, { qubits }) => qubits as number,
  kindOf({ settings }) {
    const shape = {
      qubits: settings['qubits'] as number,
      layers: settings['layers'] as number,
      isEntangled: settings['entangled'] === true,
    };
    return {
      preprocessing: standardised,
      qubits: () => shape.qubits,
      model: (features) => dressedModel(features, shape),
    };
  },
});
