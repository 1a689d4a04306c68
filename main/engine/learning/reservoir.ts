import { rngOf } from '#shared/base/rng.ts';
import { gate, scaled } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { modelCircuit, Names } from './circuit-model.ts';

export interface ReservoirShape {
  readonly qubits: number;
  /** Evolution between two inputs, in units of 1/coupling, by so many product steps. */
  readonly time: number;
  readonly trotterSteps: number;
  readonly isEntangled: boolean;
  /** Names the drawn couplings and fields. */
  readonly seed: number;
}

/**
 * Features one after the other, each as RY(π·x) of the first qubit, with an evolution between them that is drawn and never
 * trained: couplings J_ij X_i X_j and fields h_i Z_i, J and h uniform in [−1, 1] (after Fujii and Nakajima 2017, whose
 * first qubit is also reset).
 */
export function reservoirCircuit(features: number, shape: ReservoirShape): Circuit {
  const { qubits, time, trotterSteps, isEntangled, seed } = shape;
  const rng = rngOf(seed, 320);
  const draw = (): number => 2 * rng.uniform() - 1;
  const wires = Array.from({ length: qubits }, (_, q) => q);
  const pairs = wires.flatMap((i) => wires.slice(i + 1).map((j) => [i, j] as const));
  const couplings = pairs.map(draw);
  const fields = wires.map(draw);
  const step = time / trotterSteps;
  const evolution = Array.from({ length: trotterSteps }, (): Operation[] => [
    ...(isEntangled ? pairs : []).map(([i, j], k) =>
      gate('rxx', [i, j], [2 * step * (couplings[k] as number)]),
    ),
    ...wires.map((q) => gate('rz', [q], [2 * step * (fields[q] as number)])),
    // Without a field across both axes an uncoupled qubit would only turn about Z.
    ...wires.map((q) => gate('rx', [q], [step])),
  ]).flat();
  const inputs = new Names('x');
  const operations = Array.from({ length: features }, (): Operation[] => [
    gate('ry', [0], [scaled(Math.PI, inputs.next())]),
    ...evolution,
  ]).flat();
  return modelCircuit(qubits, operations, inputs.all);
}

/** Z of every qubit, and of every two. */
export function readouts(qubits: number): readonly Observable[] {
  const wires = Array.from({ length: qubits }, (_, q) => q);
  const pairs = wires.flatMap((i) => wires.slice(i + 1).map((j) => [i, j]));
  return [...wires.map((q) => [q]), ...pairs].map((subset) => ({
    kind: 'pauli',
    sum: {
      terms: [
        { coefficient: 1, factors: subset.map((qubit) => ({ qubit, letter: 'Z' as const })) },
      ],
    },
  }));
}
