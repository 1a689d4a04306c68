import { AppError } from '../../base/errors.ts';
import type { Operation, Origin } from '../../circuit/circuit.ts';
import { evaluate, type Expression, parametersIn } from '../../circuit/expression.ts';
import { formulaOf } from './code.ts';
import { gateOperations, type Modifier } from './gate-operations.ts';
import type { Memory, Wires } from './memory.ts';
import type { GateStep } from './program-steps.ts';
import { floatType } from './types.ts';

/** The operations of a gate step: one round for each qubit of its registers. */
export function operationsOf(
  step: GateStep,
  memory: Memory,
  origin: Origin,
  keepsPhases = false,
): Operation[] {
  const { symbol } = step;
  const parameters = step.parameters.map((code) => finite(formulaOf(code, floatType, memory)));
  const modifiers = step.modifiers.map(({ kind, argument }): Modifier => {
    if (kind === 'ctrl' || kind === 'negctrl') return { kind };
    const exponent = argument === null ? -1 : evaluate(formulaOf(argument, floatType, memory));
    return { kind: 'pow', exponent };
  });
  const wires = step.operands.map((operand) => operand.run(memory));
  let size = 1;
  step.operands.forEach((operand, i) => {
    if (operand.isRegister) size = Math.max(size, (wires[i] as Wires).length);
  });
  const operations: Operation[] = [];
  for (let round = 0; round < size; round++) {
    const qubits = step.operands.map((operand, i) => {
      const qubit = (wires[i] as Wires)[operand.isRegister ? round : 0];
      if (qubit !== undefined) return qubit;
      throw new AppError('bad-input', 'Registers used together must have one size.');
    });
    if (qubits.length > 1 && new Set(qubits).size < qubits.length) {
      throw new AppError('bad-input', 'A qubit is used twice by one gate. Its qubits must differ.');
    }
    const { ownNames } = step;
    const call = { symbol, parameters, modifiers, qubits, keepsPhases, ownNames };
    for (const one of gateOperations(call, origin)) operations.push(one);
  }
  return operations;
}

function finite(angle: Expression): Expression {
  if (angle.kind === 'number' && Number.isFinite(angle.value)) return angle;
  if (parametersIn(angle).length > 0) return angle;
  const value = evaluate(angle);
  if (Number.isFinite(value)) return angle;
  throw new AppError(
    'bad-input',
    `This angle is not a finite number (${value}). Look for a division by zero, or a root or logarithm of a negative number.`,
  );
}
