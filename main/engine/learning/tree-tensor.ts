import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { type CircuitModel, modelCircuit, Names, uploaded } from './circuit-model.ts';
import { unitRange } from './feature-maps.ts';
import { defineVariational } from './variational-learner.ts';

/**
 * A feature a qubit, and a binary tree of blocks, RY on both and CX, each of which hands on one qubit; the last turn is on
 * the root (Grant et al. 2018, npj Quantum Information 4, 65). A qubit without a partner goes up as it is.
 */
function treeModel(features: number, isEntangled: boolean): CircuitModel {
  const inputs = new Names('x');
  const weights = new Names('w');
  const operations: Operation[] = uploaded(features, inputs);
  const turned = (q: number): Operation => gate('ry', [q], [weights.next()]);
  for (let reach = 1; reach < features; reach *= 2) {
    for (let q = 0; q + reach < features; q += 2 * reach) {
      operations.push(turned(q), turned(q + reach));
      if (isEntangled) operations.push(gate('cx', [q + reach, q]));
    }
  }
  operations.push(turned(0));
  return {
    circuit: modelCircuit(features, operations, [...inputs.all, ...weights.all]),
    weightCount: weights.all.length,
    inputs: (row) => row,
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
  parameters: [],
  qubits: (features) => features,
  kindOf: ({ settings }) => ({
    preprocessing: [],
    scaling: unitRange,
    qubits: (features) => features,
    model: (features) => treeModel(features, settings['entangled'] === true),
  }),
});
