import { AppError } from '../base/errors.ts';
import { embed } from '../gates/product.ts';
import { gateById } from '../gates/registry.ts';
import {
  controlled,
  distanceUpToPhase,
  identity,
  type Matrix,
  multiplyMatrices,
  zeros,
} from '../math/matrix.ts';
import { unitaryPower } from '../math/unitary-power.ts';
import { type Bindings, evaluate, numberOf } from './expression.ts';
import { rememberedMatrix } from './matrix-memory.ts';
import { type Circuit, type GateDefinition, type GateOperation, qubitCountOf } from './circuit.ts';
import { flattenOperations } from './expand.ts';

/** Larger matrices are not made: 4^n entries. */
const maximumQubits = 10;
const maximumOperations = 100_000;

/**
 * The matrix of a circuit of gates on at most 10 qubits, qubit 0 on the least significant bit,
 * global phases of definitions included. Barriers and delays pass; anything that measures, resets or
 * asks is `unsupported`. O(gates · 8^n).
 */
export function unitaryOf(circuit: Circuit, bindings: Bindings = {}): Matrix {
  const qubits = qubitCountOf(circuit);
  if (qubits > maximumQubits) {
    const message = `The matrix of a circuit of ${qubits} qubits is too large; at most ${maximumQubits} qubits can have one.`;
    throw new AppError('too-large', message, { qubits });
  }
  const definitions = new Map(circuit.definitions.map((one) => [one.name, one]));
  let product = identity(2 ** qubits);
  for (const operation of flattenOperations(circuit, maximumOperations)) {
    const isIdle =
      operation.kind === 'barrier' || (operation.kind === 'opaque' && operation.isInert === true);
    if (isIdle) continue;
    if (operation.kind !== 'gate') {
      const message = `A circuit with a ${operation.kind} has no matrix: only gates have one. Leave it out.`;
      throw new AppError('unsupported', message, { kind: operation.kind });
    }
    const definition = definitions.get(operation.gate);
    const matrix =
      definition === undefined
        ? matrixOfCall(operation, bindings)
        : powered(ownMatrix(operation, definition, circuit, bindings), operation.power ?? 1);
    product = multiplyMatrices(embedCall(matrix, operation, qubits), product);
  }
  return product;
}

/** The matrix of a gate of the circuit's own with the angles of a call. */
function ownMatrix(
  { gate, parameters }: GateOperation,
  { qubitNames }: GateDefinition,
  circuit: Circuit,
  bindings: Bindings,
): Matrix {
  const angles = parameters.map((one) => numberOf(evaluate(one, bindings)));
  const qubits = qubitNames.map((_, i) => i);
  const call: GateOperation = { kind: 'gate', gate, parameters: angles, qubits };
  const qubitRegisters = [{ name: 'q', size: qubits.length }];
  return rememberedMatrix(circuit.definitions, call, () =>
    unitaryOf({ ...circuit, qubitRegisters, bitRegisters: [], operations: [call] }, bindings),
  );
}

/** The matrix of a call of a registry gate on its own qubits, its power taken and its controls left out. */
export function matrixOfCall(call: GateOperation, bindings: Bindings = {}): Matrix {
  const gate = gateById(call.gate);
  if (gate === null) {
    const message = `There is no gate “${call.gate}”. Declare it or correct its name.`;
    throw new AppError('bad-input', message, { gate: call.gate });
  }
  const values = call.parameters.map((one) => evaluate(one, bindings));
  return powered(gate.matrix(values), call.power ?? 1);
}

function powered(matrix: Matrix, power: number): Matrix {
  return power === 1 ? matrix : unitaryPower(matrix, power);
}

function embedCall(matrix: Matrix, { controls, qubits }: GateOperation, count: number): Matrix {
  const all = controls ?? [];
  if (all.length === 0 && qubits.length === 0) return scaled(identity(2 ** count), matrix);
  const wires = [...all.map(({ qubit }) => qubit), ...qubits];
  const wide = embed(controlled(matrix, all.length), wires, count);
  const flips = all.filter(({ value }) => value === 0).map(({ qubit }) => qubit);
  return flips.length === 0 ? wide : flipped(wide, flips);
}

/** e^{iγ} times the matrix, for a gate on no qubit. */
function scaled(matrix: Matrix, factor: Matrix): Matrix {
  const [x, y] = [factor.re[0] as number, factor.im[0] as number];
  const result = zeros(matrix.size);
  for (let k = 0; k < matrix.re.length; k++) {
    const [re, im] = [matrix.re[k] as number, matrix.im[k] as number];
    result.re[k] = re * x - im * y;
    result.im[k] = re * y + im * x;
  }
  return result;
}

/** Rows and columns with these bits of the index turned round: X before and after. */
function flipped(matrix: Matrix, bits: readonly number[]): Matrix {
  const mask = bits.reduce((sum, bit) => sum | (1 << bit), 0);
  const result = zeros(matrix.size);
  for (let r = 0; r < matrix.size; r++) {
    for (let c = 0; c < matrix.size; c++) {
      const from = (r ^ mask) * matrix.size + (c ^ mask);
      result.re[r * matrix.size + c] = matrix.re[from] as number;
      result.im[r * matrix.size + c] = matrix.im[from] as number;
    }
  }
  return result;
}

/** Whether two circuits of gates have the same matrix up to a global phase, entry by entry. */
export function areEqualUpToPhase(
  a: Circuit,
  b: Circuit,
  bindings: Bindings = {},
  tolerance = 1e-9,
): boolean {
  if (qubitCountOf(a) !== qubitCountOf(b)) return false;
  return distanceUpToPhase(unitaryOf(a, bindings), unitaryOf(b, bindings)) <= tolerance;
}
