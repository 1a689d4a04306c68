import { amplitudeGates, paddedAngles, qubitsOfAmplitudes } from './amplitude-encoding.ts';
import { type CircuitModel, entanglingLayers, modelCircuit, Names } from './circuit-model.ts';
import { standardised } from './learner.ts';
import { layersParameter } from './parameters.ts';
import { defineVariational } from './variational-learner.ts';

interface Shape {
  readonly copies: number;
  readonly layers: number;
  readonly isEntangled: boolean;
}

/** Amplitudes in several copies and entangling layers (Schuld, Bocharov, Svore and Wiebe 2020, arXiv:1804.00633). */
function circuitCentricModel(
  features: number,
  { copies, layers, isEntangled }: Shape,
): CircuitModel {
  const width = qubitsOfAmplitudes(features);
  const size = 2 ** width;
  const inputs = new Names('x');
  const angles = Array.from({ length: size - 1 }, () => inputs.next());
  const weights = new Names('w');
  const operations = [
    ...Array.from({ length: copies }, (_, c) => amplitudeGates(width, c * width, angles)).flat(),
    ...entanglingLayers(copies * width, layers, weights, isEntangled),
  ];
  return {
    circuit: modelCircuit(copies * width, operations, [...inputs.all, ...weights.all]),
    weightCount: weights.all.length,
    inputs: (row) => paddedAngles(row, width),
    start: (rng) => Float64Array.from(weights.all, () => 2 * Math.PI * rng.uniform()),
  };
}

export const circuitCentric = defineVariational({
  head: {
    id: 'circuit-centric',
    title: 'Circuit-centric network',
    summary: 'Features as amplitudes, in several copies, and trained entangling layers.',
  },
  parameters: [
    layersParameter(4),
    {
      kind: 'integer',
      id: 'copies',
      title: 'Copies',
      help: 'How often the state of the features is prepared; more make products of features.',
      default: 2,
      min: 1,
      max: 8,
    },
  ],
  qubits: (features, { copies }) => (copies as number) * qubitsOfAmplitudes(features),
  kindOf({ settings }) {
    const shape = {
      copies: settings['copies'] as number,
      layers: settings['layers'] as number,
      isEntangled: settings['entangled'] === true,
    };
    return {
      preprocessing: standardised,
      qubits: (features) => shape.copies * qubitsOfAmplitudes(features),
      model: (features) => circuitCentricModel(features, shape),
    };
  },
});
