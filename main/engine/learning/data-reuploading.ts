import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import type { Expression } from '#shared/circuit/expression.ts';
import { type CircuitModel, modelCircuit, Names, turnOf } from './circuit-model.ts';
import { halfTurn, plus, times } from './feature-maps.ts';
import { layersParameter } from './parameters.ts';
import { defineVariational } from './variational-learner.ts';

type Turn = [Expression, Expression, Expression];

/**
 * Three features a qubit, uploaded again in every layer with trained factors between trained turns, and once more
 * at the end (Pérez-Salinas et al. 2020, arXiv:1907.02085).
 */
function reuploading(features: number, layers: number, isEntangled: boolean): CircuitModel {
  const qubits = Math.ceil(features / 3);
  const inputs = new Names('x');
  const weights = new Names('w');
  const x = Array.from({ length: 3 * qubits }, () => inputs.next());
  const triple = (of: (k: number) => Expression): Turn => [of(0), of(1), of(2)];
  const upload = (q: number): Turn =>
    triple((k) => times(x[3 * q + k] as Expression, weights.next()));
  const operations: Operation[] = [];
  for (let layer = 0; layer < layers; layer++) {
    for (let q = 0; q < qubits; q++) {
      operations.push(
        ...turnOf(q, upload(q)),
        ...turnOf(
          q,
          triple(() => weights.next()),
        ),
      );
    }
    if (!isEntangled) continue;
    for (let q = layer % 2; q + 1 < qubits; q += 2) operations.push(gate('cz', [q, q + 1]));
  }
  for (let q = 0; q < qubits; q++) {
    const last = upload(q);
    operations.push(
      ...turnOf(
        q,
        triple((k) => plus(last[k] as Expression, weights.next())),
      ),
    );
  }
  return {
    circuit: modelCircuit(qubits, operations, [...inputs.all, ...weights.all]),
    weightCount: weights.all.length,
    inputs(row) {
      const padded = new Float64Array(3 * qubits);
      padded.set(row);
      return padded;
    },
    start: (rng) => Float64Array.from(weights.all, () => rng.uniform()),
  };
}

export const dataReuploading = defineVariational({
  head: {
    id: 'data-reuploading',
    title: 'Data re-uploading',
    summary: 'Features that come again in every layer with trained factors, three on a qubit.',
  },
  parameters: [layersParameter(4)],
  qubits: (features) => Math.ceil(features / 3),
  kindOf: ({ settings }) => ({
    preprocessing: [],
    scaling: halfTurn,
    qubits: (features) => Math.ceil(features / 3),
    model: (features) =>
      reuploading(features, settings['layers'] as number, settings['entangled'] === true),
  }),
});
