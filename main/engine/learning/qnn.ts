import { partNamed } from '../parts.ts';
import { entanglingLayers, modelCircuit, Names } from './circuit-model.ts';
import { layersParameter } from './parameters.ts';
import { defineVariational } from './variational-learner.ts';

/** Standard deviation of the small angles that training starts with. */
const startDeviation = 0.1;

/** A feature map and trained layers behind it (Farhi and Neven 2018, arXiv:1802.06002; Havlíček et al. 2019). */
export const qnn = defineVariational({
  head: {
    id: 'qnn',
    title: 'Quantum neural network',
    summary: 'A feature map and layers of trained turns, read by one qubit.',
  },
  parameters: [
    {
      kind: 'member',
      id: 'featureMap',
      title: 'Feature map',
      help: 'How a row of features becomes a quantum state.',
      registry: 'feature-map',
      default: { id: 'angle-ry' },
    },
    layersParameter(2),
  ],
  qubits: (features) => features,
  kindOf({ settings, parts }) {
    const { id, ...own } = settings['featureMap'] as { readonly id: string };
    const map = partNamed(parts.featureMaps, id);
    const isEntangled = settings['entangled'] === true;
    return {
      preprocessing: [],
      scaling: map.scaling,
      qubits: (features) => features,
      model(features) {
        const encoding = map.circuit(features, {
          ...own,
          ...(isEntangled ? {} : { entanglement: 'none' }),
        });
        const weights = new Names('w');
        const layers = settings['layers'] as number;
        const trained = entanglingLayers(features, layers, weights, isEntangled);
        const names = [...encoding.parameters.map(({ name }) => name), ...weights.all];
        return {
          circuit: modelCircuit(features, [...encoding.operations, ...trained], names),
          weightCount: weights.all.length,
          inputs: (row) => row,
          start: (rng) => Float64Array.from(weights.all, () => startDeviation * rng.normal()),
        };
      },
    };
  },
});
