import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Disposable } from '#shared/base/disposable.ts';
import type { Crew, PassWatch, LoadedModule, Pass } from '../crew.ts';
import { aliasingGap, type KernelMemory, scratchBytes, type StateAddress } from '../memory.ts';
import { webAssembly, type WasmModule } from '../web-assembly.ts';
import { argumentBytes, argumentWords, emitCircuit } from './emit-circuit.ts';
import type { LoweredCircuit } from './lower-steps.ts';
import type { EmittedCircuit } from './module-emitter.ts';

export interface ProgramOptions {
  readonly precision: 'f32' | 'f64';
  readonly isRelaxed: boolean;
  /** Whether it is for a memory with addresses of 64 bits. */
  readonly isWide?: boolean;
}

/** Bytes from the real to the imaginary array of a state that a program runs on. */
export function stateGapOf(qubits: number, precision: 'f32' | 'f64'): number {
  return 2 ** qubits * (precision === 'f32' ? 4 : 8) + aliasingGap;
}

/** An emitted circuit and its compiled module, for any memory. */
export interface CompiledCircuit {
  readonly circuit: EmittedCircuit;
  readonly module: WasmModule;
}

/** Null where the circuit does not fit a module. */
export function compileCircuit(
  circuit: LoweredCircuit,
  options: ProgramOptions,
): CompiledCircuit | null {
  const stateGap = stateGapOf(circuit.qubits, options.precision);
  const emitted = emitCircuit(circuit, { ...options, stateGap });
  if (emitted === null) return null;
  return { circuit: emitted, module: new webAssembly.Module(emitted.bytes) };
}

/** An emitted circuit over one memory, ready to run again and again on states of its size. */
export class EmittedProgram implements Disposable {
  readonly circuit: EmittedCircuit;
  readonly #crew: Crew;
  readonly #memory: KernelMemory;
  readonly #module: LoadedModule;
  readonly #tables: number;
  readonly #argument: number;
  readonly #precision: 'f32' | 'f64';

  constructor(
    { circuit, module }: CompiledCircuit,
    precision: 'f32' | 'f64',
    { crew, memory }: { readonly crew: Crew; readonly memory: KernelMemory },
  ) {
    this.circuit = circuit;
    this.#crew = crew;
    this.#memory = memory;
    this.#precision = precision;
    this.#module = crew.load(module, memory);
    this.#tables = memory.allocate(circuit.tables.length);
    this.#argument = memory.allocate(argumentBytes);
    new Uint8Array(memory.memory.buffer, this.#tables).set(circuit.tables);
  }

  /**
   * Puts in the angles of the slots. A half-angle rotation is run with its angle less whole turns, each
   * of which is −1; the sign that the state is short of is returned.
   */
  bindAngles(angles: ArrayLike<number>): 1 | -1 {
    const { buffer } = this.#memory.memory;
    const table =
      this.#precision === 'f32'
        ? new Float32Array(buffer, this.#tables, this.circuit.tables.length >> 2)
        : new Float64Array(buffer, this.#tables, this.circuit.tables.length >> 3);
    for (const { at, slot, values } of this.circuit.slots) {
      table.set(values(angles[slot] as number), at);
    }
    const turns = this.circuit.halfAngleSlots.reduce(
      (sum, slot) => sum + Math.round((angles[slot] as number) / (2 * Math.PI)),
      0,
    );
    return turns % 2 === 0 ? 1 : -1;
  }

  /** Applies the circuit to a state, which has to be |0…0⟩ for circuits that rename qubits. */
  run(
    state: StateAddress,
    cancel: CancelFlag | null,
    threads = this.#crew.threads,
    passed: PassWatch | null = null,
  ): void {
    const words = new BigUint64Array(this.#memory.memory.buffer, this.#argument, 4);
    words[argumentWords.state] = BigInt(state.re);
    words[argumentWords.tables] = BigInt(this.#tables);
    words[argumentWords.scratch] = BigInt(this.#memory.scratchOf(0));
    words[argumentWords.scratchStep] = BigInt(scratchBytes);
    const passes = this.circuit.passes.map(
      ({ name, blocks }): Pass => ({
        module: this.#module,
        name,
        blocks,
        argument: this.#argument,
      }),
    );
    this.#crew.run(passes, cancel, threads, passed);
  }

  dispose(): void {
    this.#module.dispose();
    this.#memory.release(this.#tables);
    this.#memory.release(this.#argument);
  }
}
