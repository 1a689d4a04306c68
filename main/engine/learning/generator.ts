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

/** A distribution and its derivative by every weight. */
export interface Sloped {
  readonly values: Float64Array;
  /** Empty where none was asked for. */
  readonly slopes: readonly Float64Array[];
}

/**
 * The distribution of a generator at a point, and by the shift rule its slopes: every weight turns one qubit once, so
 * ∂p/∂θ = (p(θ + π/2) − p(θ − π/2))/2 (Schuld et al. 2019, arXiv:1811.11184).
 */
export function* slopedDistribution(
  key: string,
  point: Float64Array,
  {
    qubits,
    shots,
    needsGradient,
  }: { qubits: number; shots: number | null; needsGradient: boolean },
): Generator<Ask, Sloped, Answer> {
  const size = point.length;
  const items = needsGradient ? 1 + 2 * size : 1;
  const bindings = new Float64Array(items * size);
  for (let item = 0; item < items; item++) bindings.set(point, item * size);
  for (let k = 0; item(k) < items; k++) {
    bindings[item(k) * size + k] = (point[k] as number) + Math.PI / 2;
    bindings[(item(k) + 1) * size + k] = (point[k] as number) - Math.PI / 2;
  }
  const [values, ...shifted] = yield* outcomesOf({ key, items, bindings }, qubits, shots);
  return {
    values: values as Float64Array,
    slopes: Array.from({ length: needsGradient ? size : 0 }, (_, k) => {
      const behind = shifted[2 * k + 1] as Float64Array;
      return (shifted[2 * k] as Float64Array).map((p, i) => (p - (behind[i] as number)) / 2);
    }),
  };
}

/** Where the two shifted rows of a weight begin. */
function item(weight: number): number {
  return 1 + 2 * weight;
}
