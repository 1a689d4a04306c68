import type { CancelFlag } from '#shared/base/cancel.ts';
import { type Bindings, evaluate, parametersIn } from '#shared/circuit/expression.ts';
import { derivativeOf } from '#shared/circuit/differentiate.ts';
import { adjoint } from '#shared/math/matrix.ts';
import { type CompiledCircuit, type CompiledStep, stepsOf } from '../simulators/evaluator.ts';
import type { UnitaryInstruction } from '../simulators/lowering.ts';
import { masksOf } from '../simulators/pauli-expectation.ts';
import type { PhaseBlock } from '../simulators/phase-block.ts';
import type { UnitaryStep } from '../simulators/register.ts';
import { newStore, type StateStore } from '../simulators/state-store.ts';
import { generatorOf } from './generator.ts';
import { pauliExpansion, underControls } from './pauli-expansion.ts';
import { Transitions } from './transitions.ts';

export interface ValueAndGradient {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** A step with its angles put in. */
interface BoundStep {
  readonly step: CompiledStep;
  readonly list: readonly UnitaryStep[];
}

/**
 * ⟨O⟩ and its gradient by one forward and one backward sweep over two states (Jones and Gacon,
 * arXiv:2009.02823). `observe` puts O|ψ⟩ into its second argument. Derivatives are read off the gates'
 * generators, so no state is changed for them.
 */
export function adjointGradient(
  compiled: CompiledCircuit,
  bindings: Bindings,
  observe: (state: StateStore, into: StateStore) => void,
  cancel: CancelFlag,
): ValueAndGradient {
  const steps = compiled.steps.map((step): BoundStep => ({ step, list: stepsOf(step, bindings) }));
  const state = newStore(compiled.qubits, 'f64');
  for (const { list } of steps) for (const one of list) state.apply(one);
  const bra = state.empty();
  observe(state, bra);
  const value = state.inner(bra).re;
  const sweep = new BackwardSweep(compiled, bindings, state, bra);
  for (const one of steps.toReversed()) {
    cancel.throwIfCancelled();
    sweep.passBack(one);
  }
  state.release();
  bra.release();
  return { value, gradient: sweep.gradient };
}

/** Goes back through the circuit with |ψ⟩ and U†…O|ψ⟩, and collects 2·Re⟨bra|∂U U†|ψ⟩ on its way. */
class BackwardSweep {
  readonly gradient: Float64Array;
  readonly #names: readonly string[];
  readonly #bindings: Bindings;
  readonly #state: StateStore;
  readonly #bra: StateStore;
  readonly #transitions: Transitions;

  constructor(compiled: CompiledCircuit, bindings: Bindings, state: StateStore, bra: StateStore) {
    this.#names = compiled.parameterNames;
    this.gradient = new Float64Array(this.#names.length);
    this.#bindings = bindings;
    this.#state = state;
    this.#bra = bra;
    this.#transitions = new Transitions(state, bra);
  }

  passBack({ step, list }: BoundStep): void {
    if (step.kind === 'phase') this.#addBlock(step);
    if (step.kind === 'open') this.#addParts(step.instruction);
    for (const one of list.toReversed()) {
      const back = { ...one, matrix: adjoint(one.matrix) };
      this.#transitions.undo(back);
      this.#state.apply(back);
      this.#bra.apply(back);
    }
  }

  #add(name: string, part: number): void {
    const k = this.#names.indexOf(name);
    this.gradient[k] = (this.gradient[k] as number) + part;
  }

  #addBlock(block: PhaseBlock): void {
    this.#add(block.parameter, 2 * this.#state.weighted(block.generator(), this.#bra).im);
  }

  /** ∂U = −i·G·U, so each angle adds 2·Im⟨bra|G|ψ⟩, the states being those behind the gate. */
  #addParts(instruction: UnitaryInstruction): void {
    const angles = instruction.parameters.map((parameter) => evaluate(parameter, this.#bindings));
    instruction.parameters.forEach((parameter, index) => {
      const names = parametersIn(parameter);
      if (names.length === 0 || instruction.gate.derivative === null) return;
      const part = 2 * this.#generatorValue(instruction, angles, index);
      for (const name of names) {
        this.#add(name, part * derivativeOf(parameter, name, this.#bindings));
      }
    });
  }

  /** Im⟨bra|G|ψ⟩; G is zero where further controls of the call do not hold. */
  #generatorValue(
    instruction: UnitaryInstruction,
    angles: readonly number[],
    index: number,
  ): number {
    const own = instruction.qubits.slice(-instruction.gate.qubitCount);
    const generator = generatorOf(instruction, angles, index);
    const controls = [
      ...instruction.controls
        .filter((qubit) => !own.includes(qubit))
        .map((qubit) => ({ qubit, value: 1 as const })),
      ...instruction.antiControls.map((qubit) => ({ qubit, value: 0 as const })),
    ];
    if (own.length === 1 && controls.length === 0) {
      return this.#transitions.value(own[0] as number, generator).im;
    }
    return underControls(pauliExpansion(generator, own), controls).reduce(
      (sum, { coefficient, factors }) =>
        sum + coefficient * this.#state.pauli(masksOf({ coefficient, factors }), this.#bra).im,
      0,
    );
  }
}

/** Whether the adjoint sweep can differentiate every gate (no powers of open angles). */
export function canDifferentiate(compiled: CompiledCircuit): boolean {
  return compiled.steps.every((one) => one.kind !== 'open' || one.instruction.power === 1);
}
