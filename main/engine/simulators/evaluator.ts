import { assert } from '#shared/base/assert.ts';
import type { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Bindings } from '#shared/circuit/expression.ts';
import type { CompiledNoise } from '../noise/model.ts';
import { applyGate } from './branches.ts';
import { EmittedRuns } from './emitted-runs.ts';
import { bind, type Instruction, isBound, lower, type UnitaryInstruction } from './lowering.ts';
import { applyPhases, mergePhases, type PhaseBlock } from './phase-block.ts';
import type { DenseRegister, UnitaryStep } from './register.ts';
import type { DenseSimulator } from './simulator.ts';
import { isPlain } from './state-store.ts';
import { Statevector } from './statevector.ts';
import { splitTerminal } from './terminal.ts';

/** What a compiled circuit does next. */
export type CompiledStep =
  /** A gate without open angles, ready to be applied. */
  | {
      readonly kind: 'fixed';
      readonly instruction: UnitaryInstruction;
      readonly steps: readonly UnitaryStep[];
    }
  | { readonly kind: 'open'; readonly instruction: UnitaryInstruction }
  | PhaseBlock;

/** A parametrised unitary circuit that is run again and again with other angles. */
export interface CompiledCircuit {
  readonly qubits: number;
  readonly parameterNames: readonly string[];
  readonly steps: readonly CompiledStep[];
  /** A module that only takes new angles, for pure states. */
  readonly emitted: EmittedRuns | null;
}

/**
 * Prepares a circuit for repeated runs. Terminal measurements are dropped: answers are about the
 * state before them. Dynamic circuits are refused. Under noise every gate stays by itself, because
 * channels follow it.
 */
export function compileCircuit(circuit: Circuit, isNoisy: boolean): CompiledCircuit {
  const instructions = unitaryOnly(splitTerminal(lower(circuit)).before);
  const qubits = qubitCountOf(circuit);
  const merged = isNoisy ? instructions : mergePhases(instructions, qubits);
  return {
    qubits,
    emitted: isNoisy ? null : EmittedRuns.of(instructions, qubits, circuit.parameters.length),
    parameterNames: circuit.parameters.map((parameter) => parameter.name),
    steps: merged.map((one): CompiledStep => {
      if (one.kind === 'phase') return one;
      return isBound(one)
        ? { kind: 'fixed', instruction: one, steps: bind(one, {}) }
        : { kind: 'open', instruction: one };
    }),
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

/** The register after the circuit ran on |0…0⟩; a pure one up to a phase of all amplitudes. */
export function runCompiled(
  compiled: CompiledCircuit,
  bindings: Bindings,
  simulator: DenseSimulator,
  noise: CompiledNoise | null,
  cancel: CancelFlag,
): DenseRegister {
  const emitted = noise === null ? (compiled.emitted?.run(bindings) ?? null) : null;
  if (emitted !== null) return emitted;
  const register = simulator.prepare(compiled.qubits, 'f64');
  for (const step of compiled.steps) {
    cancel.throwIfCancelled();
    if (step.kind === 'phase') applyBlock(register, step, bindings);
    else applyGate(register, step.instruction, stepsOf(step, bindings), noise);
  }
  return register;
}

/** The unitary steps of a gate, or of the gates of a block, under the bindings. */
export function stepsOf(step: CompiledStep, bindings: Bindings): readonly UnitaryStep[] {
  switch (step.kind) {
    case 'fixed':
      return step.steps;
    case 'open':
      return bind(step.instruction, bindings);
    case 'phase':
      return step.instructions.flatMap((instruction) => bind(instruction, bindings));
  }
}

/** A small state is multiplied by a table; for a larger one the gates are merged when it is planned. */
function applyBlock(register: DenseRegister, block: PhaseBlock, bindings: Bindings): void {
  assert(register instanceof Statevector, 'phases are merged for pure states only');
  if (isPlain(register.qubits)) {
    applyPhases(register.state, block.generator(), bindings[block.parameter] as number);
  } else for (const step of stepsOf(block, bindings)) register.applyUnitary(step);
}
