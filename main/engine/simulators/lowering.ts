import { unreachable } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import type { Circuit, Condition, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { type Bindings, evaluate, type Expression } from '#shared/circuit/expression.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { pauliX } from '#shared/gates/define.ts';
import type { Gate } from '#shared/gates/gate.ts';
import { gateById } from '#shared/gates/registry.ts';
import { adjoint, identity, type Matrix, multiplyMatrices, zeros } from '#shared/math/matrix.ts';
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
export const operationLimit = 20_000_000;

/** Expands and checks a circuit; `unsupported` for opaque gates and what only the text can hold. */
export function lower(circuit: Circuit): Instruction[] {
  return flattenOperations(circuit, operationLimit).flatMap(lowerOperation);
}

function lowerOperation(operation: Operation): Instruction[] {
  switch (operation.kind) {
    case 'gate':
      return [lowerGate(operation)];
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
          body: operation.body.flatMap(lowerOperation),
          otherwise: operation.otherwise.flatMap(lowerOperation),
        },
      ];
    case 'opaque':
      throw new AppError('unsupported', `“${operation.label}” cannot be simulated.`, {
        label: operation.label,
      });
    default:
      return unreachable(operation);
  }
}

function lowerGate(operation: GateOperation): UnitaryInstruction {
  const gate = gateById(operation.gate);
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

/** Whether every parameter is a number already. */
export function isBound(instruction: UnitaryInstruction): boolean {
  return instruction.parameters.every((parameter) => parameter.kind === 'number');
}

/** Steps that realise an instruction under the bindings (X around anti-controls). */
export function bind(instruction: UnitaryInstruction, bindings: Bindings): UnitaryStep[] {
  const angles = instruction.parameters.map((parameter) => evaluate(parameter, bindings));
  const matrix = powerOf(instruction.gate.matrix(angles), instruction.power, instruction.gate.id);
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

function powerOf(matrix: Matrix, power: number, gate: string): Matrix {
  if (power === 1) return matrix;
  if (!Number.isInteger(power)) {
    throw new AppError(
      'unsupported',
      `Gate ${gate} to the power ${power}: only whole powers can be simulated.`,
      { power },
    );
  }
  let result = identity(matrix.size);
  let base = power < 0 ? adjoint(matrix) : matrix;
  for (let rest = Math.abs(power); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiplyMatrices(result, base);
    base = multiplyMatrices(base, base);
  }
  return result;
}
