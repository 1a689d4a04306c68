import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { amplitudeGates, paddedAngles, qubitsOfAmplitudes } from './amplitude-encoding.ts';
import { type CircuitModel, modelCircuit, Names, uploaded } from './circuit-model.ts';
import { unitRange } from './feature-maps.ts';
import { standardised } from './learner.ts';
import { defineVariational } from './variational-learner.ts';

interface Encoding {
  readonly qubits: number;
  readonly operations: readonly Operation[];
  readonly inputs: CircuitModel['inputs'];
}

const areAmplitudes = (settings: Settings): boolean => settings['encoding'] === 'amplitude';

/** RY(π·x) on a qubit each, or all features as amplitudes, with a constant in those that are left over. */
function encoded(features: number, asAmplitudes: boolean, names: Names): Encoding {
  if (!asAmplitudes) {
    return { qubits: features, operations: uploaded(features, names), inputs: (row) => row };
  }
  const qubits = qubitsOfAmplitudes(features);
  const angles = Array.from({ length: 2 ** qubits - 1 }, () => names.next());
  return {
    qubits,
    operations: amplitudeGates(qubits, 0, angles),
    inputs: (row) => paddedAngles(row, qubits),
  };
}

/**
 * Features on qubits, and a binary tree of blocks, RY on both and CX, each of which hands on one qubit; the last turn is on
 * the root (Grant et al. 2018, npj Quantum Information 4, 65). A qubit without a partner goes up as it is.
 */
function treeModel(features: number, asAmplitudes: boolean, isEntangled: boolean): CircuitModel {
  const names = new Names('x');
  const weights = new Names('w');
  const { qubits, operations: state, inputs } = encoded(features, asAmplitudes, names);
  const operations: Operation[] = [...state];
  const turned = (q: number): Operation => gate('ry', [q], [weights.next()]);
  for (let reach = 1; reach < qubits; reach *= 2) {
    for (let q = 0; q + reach < qubits; q += 2 * reach) {
      operations.push(turned(q), turned(q + reach));
      if (isEntangled) operations.push(gate('cx', [q + reach, q]));
    }
  }
  operations.push(turned(0));
  return {
    circuit: modelCircuit(qubits, operations, [...names.all, ...weights.all]),
    weightCount: weights.all.length,
    inputs,
    start: (rng) => Float64Array.from(weights.all, () => Math.PI * (2 * rng.uniform() - 1)),
  };
}

export const treeTensor = defineVariational({
  head: {
    id: 'tree-tensor',
    title: 'Tree tensor network',
    summary: 'A feature a qubit, and a tree of trained blocks, each of which hands on one of two.',
    source: 'Grant et al. 2018, doi:10.1038/s41534-018-0116-9',
  },
  parameters: [
    {
      kind: 'choice',
      id: 'encoding',
      title: 'Encoding',
      help: 'A qubit a feature, or features as amplitudes of as few qubits as hold them.',
      default: 'angle',
      options: [
        { value: 'angle', title: 'Angles' },
        { value: 'amplitude', title: 'Amplitudes' },
      ],
    },
  ],
  qubits: (features, settings) =>
    areAmplitudes(settings) ? qubitsOfAmplitudes(features) : features,
  kindOf({ settings }) {
    const asAmplitudes = areAmplitudes(settings);
    const isEntangled = settings['entangled'] === true;
    return {
      preprocessing: asAmplitudes ? standardised : [],
      ...(asAmplitudes ? {} : { scaling: unitRange }),
      qubits: (features) => (asAmplitudes ? qubitsOfAmplitudes(features) : features),
      model: (features) => treeModel(features, asAmplitudes, isEntangled),
    };
  },
});
