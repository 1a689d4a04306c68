import { circuitOf, gate, scaled } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type Expression, numberOf, parameterOf, substitute } from '#shared/circuit/expression.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';

/** A circuit of whose ⟨Z⟩ a learner says a sum of a row, each with a factor, and an offset. */
export interface CircuitModel {
  /** Its parameters are the inputs, then the weights. */
  readonly circuit: Circuit;
  readonly weightCount: number;
  /** Values of the inputs for a row of features, or what is given to the front where there is one. */
  readonly inputs: (row: Float64Array) => Float64Array;
  readonly front?: Front;
  /** Qubits whose ⟨Z⟩ is read, from the first one on; absent: that one alone. */
  readonly reads?: number;
  /** Weights that training starts with, then those of the front. */
  readonly start: (rng: Rng) => Float64Array;
}

/** A trained classical layer before a circuit. */
export interface Front {
  readonly weightCount: number;
  readonly inputs: (given: Float64Array, weights: Float64Array) => Float64Array;
  /** Adds to the gradient by the weights what the slopes by the inputs make of it. */
  readonly addGradient: (
    given: Float64Array,
    weights: Float64Array,
    slopes: Float64Array,
    gradient: Float64Array,
  ) => void;
}

/** How a kind of model is made for so many features. */
export interface ModelKind {
  readonly preprocessing: readonly Step[];
  readonly scaling?: Step;
  readonly qubits: (features: number) => number;
  readonly model: (features: number) => CircuitModel;
}

/** Names that stand for the inputs or weights of a model, in the order in which they are taken. */
export class Names {
  readonly #prefix: string;
  #count = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(): Expression {
    return parameterOf(`${this.#prefix}_${this.#count++}`);
  }

  get all(): string[] {
    return Array.from({ length: this.#count }, (_, k) => `${this.#prefix}_${k}`);
  }
}

/** The circuit of a model with its parameters in order: inputs, then weights. */
export function modelCircuit(
  qubits: number,
  operations: readonly Operation[],
  names: readonly string[],
): Circuit {
  const parameters = names.map((name) => ({ name, value: null }));
  return { ...circuitOf(qubits, operations), parameters };
}

/** RY(π·x) of a feature on a qubit each. */
export function uploaded(features: number, inputs: Names): Operation[] {
  return Array.from({ length: features }, (_, q) =>
    gate('ry', [q], [scaled(Math.PI, inputs.next())]),
  );
}

/** The circuit of a model with its last parameters, the weights, given as numbers. */
export function withWeights(circuit: Circuit, weights: Float64Array): Circuit {
  const inputs = circuit.parameters.length - weights.length;
  const values = new Map(
    circuit.parameters.slice(inputs).map(({ name }, k) => [name, numberOf(weights[k] as number)]),
  );
  const operations = circuit.operations.map((operation) =>
    operation.kind === 'gate'
      ? {
          ...operation,
          parameters: operation.parameters.map((angle) =>
            substitute(angle, (name) => values.get(name) ?? null),
          ),
        }
      : operation,
  );
  return { ...circuit, parameters: circuit.parameters.slice(0, inputs), operations };
}

/** RZ, RY and RZ on a qubit: any turn of it. */
export function turnOf(
  qubit: number,
  angles: readonly [Expression, Expression, Expression],
): Operation[] {
  const [first, second, third] = angles;
  return [
    gate('rz', [qubit], [first]),
    gate('ry', [qubit], [second]),
    gate('rz', [qubit], [third]),
  ];
}

/**
 * Layers of any turn of every qubit and, where entangled, a ring of CX whose reach grows from layer to layer
 * (Schuld, Bocharov, Svore and Wiebe 2020, arXiv:1804.00633).
 */
export function entanglingLayers(
  qubits: number,
  layers: number,
  weights: Names,
  isEntangled: boolean,
): Operation[] {
  return Array.from({ length: layers }, (_, layer) => {
    const turns = Array.from({ length: qubits }, (_q, q) =>
      turnOf(q, [weights.next(), weights.next(), weights.next()]),
    ).flat();
    if (!isEntangled || qubits < 2) return turns;
    const reach = 1 + (layer % (qubits - 1));
    const ring = Array.from({ length: qubits }, (_q, q) => gate('cx', [q, (q + reach) % qubits]));
    return [...turns, ...ring];
  }).flat();
}
