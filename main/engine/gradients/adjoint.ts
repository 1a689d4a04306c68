import type { CancelFlag } from '#shared/base/cancel.ts';
import { type Bindings, evaluate, parametersIn } from '#shared/circuit/expression.ts';
import { derivativeOf } from '#shared/circuit/differentiate.ts';
import { adjoint } from '#shared/math/matrix.ts';
import {
  type Amplitudes,
  applyDense,
  applyMatrix,
  copyOf,
  innerProduct,
  zeroState,
} from '../simulators/amplitudes.ts';
import { type CompiledCircuit, stepsOf } from '../simulators/evaluator.ts';
import type { UnitaryInstruction } from '../simulators/lowering.ts';
import { applyPhases, type PhaseBlock, phaseOverlap } from '../simulators/phase-block.ts';
import type { UnitaryStep } from '../simulators/register.ts';
import { maskOf } from '../simulators/statevector.ts';

export interface ValueAndGradient {
  readonly value: number;
  readonly gradient: Float64Array;
}

/**
 * ⟨O⟩ and its gradient by one forward and one backward sweep with three states in memory (Jones and
 * Gacon, arXiv:2009.02823). `observe` puts O|ψ⟩ into its second argument.
 */
export function adjointGradient(
  compiled: CompiledCircuit,
  bindings: Bindings,
  observe: (state: Amplitudes, into: Amplitudes) => void,
  cancel: CancelFlag,
): ValueAndGradient {
  const steps = compiled.steps.map((one) =>
    one.kind === 'phase'
      ? one
      : { kind: one.kind, instruction: one.instruction, list: stepsOf(one, bindings) },
  );
  const angleOf = (block: PhaseBlock): number => bindings[block.parameter] as number;
  const state = zeroState(compiled.qubits);
  for (const one of steps) {
    cancel.throwIfCancelled();
    if (one.kind === 'phase') applyPhases(state, one.generator, angleOf(one));
    else for (const step of one.list) applyStep(state, step);
  }
  const bra = copyOf(state);
  observe(state, bra);
  const value = innerProduct(state, bra).re;
  const gradient = new Float64Array(compiled.parameterNames.length);
  for (const one of steps.toReversed()) {
    cancel.throwIfCancelled();
    if (one.kind === 'phase') {
      const k = compiled.parameterNames.indexOf(one.parameter);
      const part = 2 * phaseOverlap(bra, state, one.generator);
      gradient[k] = (gradient[k] as number) + part;
      applyPhases(state, one.generator, -angleOf(one));
      applyPhases(bra, one.generator, -angleOf(one));
      continue;
    }
    const back = one.list.toReversed();
    for (const step of back) undoStep(state, step);
    if (one.kind === 'open') addParts(compiled, one.instruction, bindings, state, bra, gradient);
    for (const step of back) undoStep(bra, step);
  }
  return { value, gradient };
}

/** Adds 2·Re⟨bra|∂U|state⟩ for every parameter that the instruction's angles depend on. */
function addParts(
  compiled: CompiledCircuit,
  instruction: UnitaryInstruction,
  bindings: Bindings,
  state: Amplitudes,
  bra: Amplitudes,
  gradient: Float64Array,
): void {
  const angles = instruction.parameters.map((parameter) => evaluate(parameter, bindings));
  instruction.parameters.forEach((parameter, angleIndex) => {
    const names = parametersIn(parameter);
    if (names.length === 0) return;
    const matrix = instruction.gate.derivative?.(angles, angleIndex);
    if (matrix === undefined) return;
    const changed = copyOf(state);
    // The whole gate's derivative, its own controls included: it is zero where they do not hold.
    applyDense(changed, instruction.qubits.slice(-instruction.gate.qubitCount), matrix);
    keepControlled(changed, instruction);
    const part = 2 * innerProduct(bra, changed).re;
    for (const name of names) {
      const k = compiled.parameterNames.indexOf(name);
      gradient[k] = (gradient[k] as number) + part * derivativeOf(parameter, name, bindings);
    }
  });
}

/** Clears the part where further controls of the call do not hold: the gate does not act there. */
function keepControlled(state: Amplitudes, instruction: UnitaryInstruction): void {
  const own = instruction.qubits.slice(-instruction.gate.qubitCount);
  const ones = maskOf(instruction.controls.filter((qubit) => !own.includes(qubit)));
  const zeros = maskOf(instruction.antiControls);
  if (ones === 0 && zeros === 0) return;
  for (let i = 0; i < state.re.length; i++) {
    if ((i & ones) === ones && (i & zeros) === 0) continue;
    state.re[i] = 0;
    state.im[i] = 0;
  }
}

/** Whether the adjoint sweep can differentiate every gate (no powers of open angles). */
export function canDifferentiate(compiled: CompiledCircuit): boolean {
  return compiled.steps.every((one) => one.kind !== 'open' || one.instruction.power === 1);
}

function applyStep(state: Amplitudes, step: UnitaryStep): void {
  applyMatrix(state, step.targets, step.matrix, step.isDiagonal, maskOf(step.controls));
}

function undoStep(state: Amplitudes, step: UnitaryStep): void {
  applyMatrix(state, step.targets, adjoint(step.matrix), step.isDiagonal, maskOf(step.controls));
}
