import { unreachable } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import type { Circuit, Condition, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { type Bindings, evaluate, type Expression } from '#shared/circuit/expression.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { rememberedMatrix } from '#shared/circuit/matrix-memory.ts';
import { pauliX } from '#shared/gates/define.ts';
import type { Gate } from '#shared/gates/gate.ts';
import { gateById } from '#shared/gates/registry.ts';
import { adjoint, identity, type Matrix, multiplyMatrices, zeros } from '#shared/math/matrix.ts';
import { globalPhaseGate } from '#shared/gates/phases.ts';
import { unitaryPower } from '#shared/math/unitary-power.ts';
import { matrixOn } from './matrix-on.ts';
import type { UnitaryStep } from './register.ts';

/** A circuit as simulators want it: own gates expanded, controls taken apart, angles still open. */
export type Instruction =
  | UnitaryInstruction
  | { readonly kind: 'measure'; readonly qubit: number; readonly bit: number | null }
  | { readonly kind: 'reset'; readonly qubit: number }
  | {
      readonly kind: 'if';
      readonly condition: Condition;
      readonly body: readonly Instruction[];
      readonly otherwise: readonly Instruction[];
    };

export interface UnitaryInstruction {
  readonly kind: 'unitary';
  readonly gate: Gate;
  readonly parameters: readonly Expression[];
  /** All qubits of the call as written (controls first), for noise. */
  readonly qubits: readonly number[];
  readonly targets: readonly number[];
  readonly controls: readonly number[];
  /** Controls that must be 0; X is put around the gate on these. */
  readonly antiControls: readonly number[];
  readonly power: number;
}

/** More operations than this after expansion are refused as `too-large`. */
export const operationLimit = 4_000_000;

/** Expands and checks a circuit; `unsupported` for opaque gates and what only the text can hold. */
export function lower(circuit: Circuit): Instruction[] {
  return lowerOperations(flattenOperations(circuit, operationLimit), circuit);
}

/** As `lower`, for operations of the circuit that were expanded already. */
export function lowerOperations(operations: readonly Operation[], circuit: Circuit): Instruction[] {
  const lowerOne = (operation: Operation): Instruction[] =>
    lowerOperation(operation, circuit, lowerOne);
  return operations.flatMap(lowerOne);
}

function lowerOperation(
  operation: Operation,
  circuit: Circuit,
  lowerOne: (operation: Operation) => Instruction[],
): Instruction[] {
  switch (operation.kind) {
    case 'gate':
      // A phase of everything is seen by nothing; one under controls was written as a phase gate.
      return operation.gate === 'gphase' ? [] : [lowerGate(operation, circuit)];
    case 'measure':
      return [{ kind: 'measure', qubit: operation.qubit, bit: operation.bit }];
    case 'reset':
      return [{ kind: 'reset', qubit: operation.qubit }];
    case 'barrier':
      return [];
    case 'if':
      return [
        {
          kind: 'if',
          condition: operation.condition,
          body: operation.body.flatMap(lowerOne),
          otherwise: operation.otherwise.flatMap(lowerOne),
        },
      ];
    case 'opaque':
      if (operation.isInert === true) return [];
      throw new AppError('unsupported', `“${operation.label}” cannot be simulated.`, {
        label: operation.label,
      });
    default:
      return unreachable(operation);
  }
}

function lowerGate(operation: GateOperation, circuit: Circuit): UnitaryInstruction {
  const gate = gateOfMatrix(operation, circuit) ?? gateById(operation.gate);
  if (gate === null) {
    throw new AppError(
      'unsupported',
      `Gate “${operation.gate}” has no body and cannot be simulated.`,
      {
        gate: operation.gate,
      },
    );
  }
  const extra = operation.controls ?? [];
  const own = gate.controlCount;
  return {
    kind: 'unitary',
    gate,
    parameters: operation.parameters,
    qubits: [...extra.map((control) => control.qubit), ...operation.qubits],
    targets: operation.qubits.slice(own),
    controls: [
      ...extra.filter((control) => control.value === 1).map((control) => control.qubit),
      ...operation.qubits.slice(0, own),
    ],
    antiControls: extra.filter((control) => control.value === 0).map((control) => control.qubit),
    power: operation.power ?? 1,
  };
}

/** A gate of the user's own as one matrix: what is left of it has a power that is no whole number. */
function gateOfMatrix(operation: GateOperation, circuit: Circuit): Gate | null {
  const { gate, qubits, parameters } = operation;
  if (!circuit.definitions.some(({ name }) => name === gate)) return null;
  const places = qubits.map((_, i) => i);
  const call: GateOperation = { kind: 'gate', gate, parameters, qubits: places };
  const matrix = rememberedMatrix(circuit.definitions, call, () => {
    const steps = flattenOperations({ ...circuit, operations: [call] }, operationLimit);
    return matrixOfSteps(steps, qubits.length, circuit);
  });
  return {
    ...globalPhaseGate,
    id: gate as Gate['id'],
    qubitCount: qubits.length,
    isDiagonal: false,
    matrix: () => matrix,
  };
}

function matrixOfSteps(steps: readonly Operation[], qubits: number, circuit: Circuit): Matrix {
  let phase = 0;
  for (const step of steps) {
    const [angle] = step.kind === 'gate' ? step.parameters : [];
    if (step.kind === 'gate' && step.gate === 'gphase' && angle !== undefined)
      phase += evaluate(angle);
  }
  const bound = lowerOperations(steps, circuit).flatMap((one) =>
    one.kind === 'unitary' ? bind(one, {}) : [],
  );
  const matrix = matrixOn(
    bound,
    Array.from({ length: qubits }, (_, qubit) => qubit),
  );
  const [c, d] = [Math.cos(phase), Math.sin(phase)];
  return {
    size: matrix.size,
    re: matrix.re.map((x, k) => c * x - d * (matrix.im[k] as number)),
    im: matrix.im.map((y, k) => c * y + d * (matrix.re[k] as number)),
  };
}

/** Whether every parameter is a number already. */
export function isBound(instruction: UnitaryInstruction): boolean {
  return instruction.parameters.every((parameter) => parameter.kind === 'number');
}

/** Steps that realise an instruction under the bindings (X around anti-controls). */
export function bind(instruction: UnitaryInstruction, bindings: Bindings): UnitaryStep[] {
  const angles = instruction.parameters.map((parameter) => evaluate(parameter, bindings));
  const matrix = powerOf(instruction.gate.matrix(angles), instruction.power);
  return surround(instruction, matrix);
}

function surround(instruction: UnitaryInstruction, matrix: Matrix): UnitaryStep[] {
  const { targets, controls, antiControls, gate } = instruction;
  const step: UnitaryStep = {
    // (controlled U)^p is controlled (U^p), so the block where the controls hold says it all.
    matrix: innerBlock(matrix, gate.controlCount),
    targets,
    controls: [...controls, ...antiControls],
    isDiagonal: gate.isDiagonal,
  };
  const flips = antiControls.map((qubit) => ({
    matrix: pauliX,
    targets: [qubit],
    controls: [],
    isDiagonal: false,
  }));
  return [...flips, step, ...flips];
}

/** The block where the `controlCount` least significant bits are all 1. */
export function innerBlock(matrix: Matrix, controlCount: number): Matrix {
  if (controlCount === 0) return matrix;
  const size = matrix.size >> controlCount;
  const ones = (1 << controlCount) - 1;
  const result = zeros(size);
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const index = ((r << controlCount) | ones) * matrix.size + ((c << controlCount) | ones);
      result.re[r * size + c] = matrix.re[index] as number;
      result.im[r * size + c] = matrix.im[index] as number;
    }
  }
  return result;
}

function powerOf(matrix: Matrix, power: number): Matrix {
  if (power === 1) return matrix;
  if (!Number.isInteger(power)) return unitaryPower(matrix, power);
  let result = identity(matrix.size);
  let base = power < 0 ? adjoint(matrix) : matrix;
  for (let rest = Math.abs(power); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiplyMatrices(result, base);
    base = multiplyMatrices(base, base);
  }
  return result;
}
