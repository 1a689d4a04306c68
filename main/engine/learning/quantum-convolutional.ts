import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import type { Expression } from '#shared/circuit/expression.ts';
import { type CircuitModel, modelCircuit, Names, turnOf, uploaded } from './circuit-model.ts';
import { unitRange } from './feature-maps.ts';
import { defineVariational } from './variational-learner.ts';

type Pair = readonly [number, number];

/** Any turn of both qubits and XX, YY and ZZ between them: nine angles, the same for every pair of a layer. */
function convolution(weights: Names, isEntangled: boolean): (pair: Pair) => Operation[] {
  const take = (): [Expression, Expression, Expression] => [
    weights.next(),
    weights.next(),
    weights.next(),
  ];
  const [first, second] = [take(), take()];
  const coupling = isEntangled ? take() : [];
  return ([a, b]) => [
    ...turnOf(a, first),
    ...turnOf(b, second),
    ...coupling.map((angle, k) => gate(['rxx', 'ryy', 'rzz'][k] as string, [a, b], [angle])),
  ];
}

/** What the qubit that is left behind says turns the other one: about Z where it is 1, about X where it is 0. */
function pooling(weights: Names): (pair: Pair) => Operation[] {
  const [one, zero] = [weights.next(), weights.next()];
  return ([kept, left]) => [
    gate('crz', [left, kept], [one]),
    gate('x', [left]),
    gate('crx', [left, kept], [zero]),
  ];
}

/**
 * Layers of convolutions, shared by all neighbours, and poolings that leave half of the qubits behind, down to one (Cong,
 * Choi and Lukin 2019; with the blocks of Hur, Kim and Park 2022).
 */
function convolutionalModel(features: number, isEntangled: boolean): CircuitModel {
  const inputs = new Names('x');
  const weights = new Names('w');
  const operations = uploaded(features, inputs);
  let wires = Array.from({ length: features }, (_, q) => q);
  while (wires.length > 1) {
    const pairAt = (k: number): Pair => [wires[k] as number, wires[k + 1] as number];
    const places = wires.slice(1).map((_, k) => k);
    const even = places.filter((k) => k % 2 === 0).map(pairAt);
    const odd = places.filter((k) => k % 2 === 1).map(pairAt);
    operations.push(...[...even, ...odd].flatMap(convolution(weights, isEntangled)));
    if (isEntangled) operations.push(...even.flatMap(pooling(weights)));
    wires = wires.filter((_, k) => k % 2 === 0);
  }
  operations.push(...turnOf(0, [weights.next(), weights.next(), weights.next()]));
  return {
    circuit: modelCircuit(features, operations, [...inputs.all, ...weights.all]),
    weightCount: weights.all.length,
    inputs: (row) => row,
    start: (rng) => Float64Array.from(weights.all, () => Math.PI * (2 * rng.uniform() - 1)),
  };
}

export const quantumConvolutional = defineVariational({
  head: {
    id: 'quantum-convolutional',
    title: 'Quantum convolutional network',
    summary:
      'Neighbouring features are combined by the same trained gates, and half of the qubits are left behind, down to one.',
    source: 'Cong, Choi and Lukin 2019, arXiv:1810.03787; Hur, Kim and Park 2022, arXiv:2108.00661',
  },
  parameters: [],
  qubits: (features) => features,
  kindOf: ({ settings }) => ({
    preprocessing: [],
    scaling: unitRange,
    qubits: (features) => features,
    model: (features) => convolutionalModel(features, settings['entangled'] === true),
  }),
});
