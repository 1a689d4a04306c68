import type { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Bindings } from '#shared/circuit/expression.ts';
import type { CompiledNoise } from '../noise/model.ts';
import { applyGate } from './branches.ts';
import { bind, type Instruction, isBound, lower, type UnitaryInstruction } from './lowering.ts';
import type { DenseRegister, UnitaryStep } from './register.ts';
import type { DenseSimulator } from './simulator.ts';
import { splitTerminal } from './terminal.ts';

/** A parametrised unitary circuit that is run again and again with other angles. */
export interface CompiledCircuit {
  readonly qubits: number;
  readonly parameterNames: readonly string[];
  readonly instructions: readonly UnitaryInstruction[];
  /** Steps of the instructions that have no parameter; null for the others. */
  readonly fixed: readonly (readonly UnitaryStep[] | null)[];
}

/**
 * Prepares a circuit for repeated runs. Terminal measurements are dropped: answers are about the
 * state before them. Dynamic circuits are refused.
 */
export function compileCircuit(circuit: Circuit): CompiledCircuit {
  const instructions = unitaryOnly(splitTerminal(lower(circuit)).before);
  return {
    qubits: qubitCountOf(circuit),
    parameterNames: circuit.parameters.map((parameter) => parameter.name),
    instructions,
    fixed: instructions.map((one) => (isBound(one) ? bind(one, {}) : null)),
  };
}

function unitaryOnly(instructions: readonly Instruction[]): UnitaryInstruction[] {
  return instructions.map((one) => {
    if (one.kind === 'unitary') return one;
    throw new AppError(
      'unsupported',
      `Repeated evaluation needs a circuit of gates; this one has a “${one.kind}” before its end.`,
    );
  });
}

/** Row `item` of a program's bindings by parameter name. */
export function bindingsOf(compiled: CompiledCircuit, rows: Float64Array, item: number): Bindings {
  return namedRow(compiled.parameterNames, rows, item);
}

export function namedRow(names: readonly string[], rows: Float64Array, item: number): Bindings {
  return Object.fromEntries(
    names.map((name, k) => [name, rows[item * names.length + k] as number]),
  );
}

/** The register after the circuit ran on |0…0⟩. */
export function runCompiled(
  compiled: CompiledCircuit,
  bindings: Bindings,
  simulator: DenseSimulator,
  noise: CompiledNoise | null,
  cancel: CancelFlag,
): DenseRegister {
  const register = simulator.prepare(compiled.qubits, 'f64');
  compiled.instructions.forEach((instruction, i) => {
    cancel.throwIfCancelled();
    const steps = compiled.fixed[i] ?? bind(instruction, bindings);
    applyGate(register, instruction, steps, noise);
  });
  return register;
}
