import { indexAt } from '#shared/base/packed-bits.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { entanglingLayers, modelCircuit, Names } from './circuit-model.ts';

export interface GeneratorCircuit {
  readonly circuit: Circuit;
  readonly weightCount: number;
}

/** Trained layers on |0…0⟩, whose outcomes are the cells; each weight is the angle of one turn. */
export function generatorCircuit(
  qubits: number,
  layers: number,
  isEntangled: boolean,
): GeneratorCircuit {
  const weights = new Names('w');
  const operations = entanglingLayers(qubits, layers, weights, isEntangled);
  return {
    circuit: modelCircuit(qubits, operations, weights.all),
    weightCount: weights.all.length,
  };
}

export interface Rows {
  readonly key: string;
  readonly items: number;
  readonly bindings: Float64Array;
}

/** Probabilities of the outcomes of every row, or how often each was seen; of the first `qubits` qubits. */
export function* outcomesOf(
  asked: Rows,
  qubits: number,
  shots: number | null,
): Generator<Ask, Float64Array[], Answer> {
  const size = 2 ** qubits;
  const tables = Array.from({ length: asked.items }, () => new Float64Array(size));
  const add = (item: number, outcome: number, weight: number): void => {
    const table = tables[item] as Float64Array;
    table[outcome % size] = (table[outcome % size] as number) + weight;
  };
  if (shots === null) {
    const { values } = yield* ask({ kind: 'probabilities', ...asked });
    const width = values.length / asked.items;
    values.forEach((p, k) => add(Math.floor(k / width), k % width, p));
    return tables;
  }
  const { counts } = yield* ask({ kind: 'samples', ...asked, shots });
  counts.forEach((found, item) =>
    found.counts.forEach((count, k) => add(item, indexAt(found.outcomes, k), count / shots)),
  );
  return tables;
}

/**
 * ∂/∂θ of Σ_i slope_i·p_i(θ): the gradient of a diagonal observable, of which the chain rule makes that of any loss of
 * the distribution. The circuit is sent anew with it, as each step has its own.
 */
export function* gradientAlong(
  circuit: Circuit,
  point: Float64Array,
  slope: Float64Array,
): Generator<Ask, Float64Array, Answer> {
  const key = 'slope';
  const observables = [{ kind: 'diagonal' as const, values: slope }];
  yield { kind: 'define', key, circuit, observables };
  const asked = { key, items: 1, bindings: point, observable: 0 };
  const { gradients } = yield* ask({ kind: 'gradients', ...asked });
  yield { kind: 'forget', key };
  return gradients;
}
