import type { Bindings } from '#shared/circuit/expression.ts';
import type { Crew } from '../kernels/crew.ts';
import { compileCircuit, EmittedProgram } from '../kernels/emit/emitted-program.ts';
import { lowerSteps } from '../kernels/emit/lower-steps.ts';
import { KernelState } from '../kernels/kernel-state.ts';
import type { KernelMemory } from '../kernels/memory.ts';
import { mayRelax, ownCrew } from '../kernels/workshop.ts';
import { anglesOf, type OpenCircuit, openCircuitOf } from './circuit-steps.ts';
import { KernelStore } from './kernel-store.ts';
import type { UnitaryInstruction } from './lowering.ts';
import { Statevector } from './statevector.ts';

/** Smaller states are run through by plain arrays in the time that angles take to be put in. */
const leastQubits = 8;
/** More than these are for the ahead-of-time kernels, which need no table of constants. */
const mostSteps = 4096;

interface Loaded {
  readonly program: EmittedProgram;
  readonly memory: KernelMemory;
  readonly crew: Crew;
}

/**
 * A parametrised circuit as a module that only takes new angles for each run. It is made ahead of the
 * first run, as which kernels ran must not depend on how often they did.
 */
export class EmittedRuns {
  readonly #circuit: OpenCircuit;
  readonly #qubits: number;
  #program: Loaded | null = null;
  #isImpossible = false;

  private constructor(circuit: OpenCircuit, qubits: number) {
    this.#circuit = circuit;
    this.#qubits = qubits;
  }

  /** Null for circuits without parameters, small ones, and gates with open angles that have no such form. */
  static of(
    instructions: readonly UnitaryInstruction[],
    qubits: number,
    parameterCount: number,
  ): EmittedRuns | null {
    if (parameterCount === 0 || qubits < leastQubits || instructions.length > mostSteps)
      return null;
    const circuit = openCircuitOf(instructions);
    return circuit === null || circuit.angles.length === 0
      ? null
      : new EmittedRuns(circuit, qubits);
  }

  /** The state under the bindings, up to a phase of all amplitudes; null where there is no module. */
  run(bindings: Bindings): Statevector | null {
    const state = KernelState.zero(this.#qubits, 'f64');
    const program = this.#programOver(state.memory);
    if (program === null) {
      state.release();
      return null;
    }
    program.bindAngles(anglesOf(this.#circuit, bindings));
    state.runProgram(program);
    return new Statevector(new KernelStore(state));
  }

  dispose(): void {
    this.#program?.program.dispose();
    this.#program = null;
  }

  #programOver(memory: KernelMemory): EmittedProgram | null {
    if (this.#isImpossible) return null;
    const crew = ownCrew();
    if (this.#program?.memory === memory && this.#program.crew === crew) {
      return this.#program.program;
    }
    // The memory or the threads that the last program was loaded for are gone.
    this.#program = null;
    const lowered = lowerSteps(this.#circuit.steps, this.#qubits);
    const options = {
      precision: 'f64',
      isRelaxed: mayRelax(),
      isWide: memory.isWide,
    } as const;
    const compiled = lowered === null ? null : compileCircuit(lowered, options);
    if (compiled === null) {
      this.#isImpossible = true;
      return null;
    }
    const program = new EmittedProgram(compiled, 'f64', { crew, memory });
    this.#program = { program, memory, crew };
    return program;
  }
}
