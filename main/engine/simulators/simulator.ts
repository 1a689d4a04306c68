import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { Bindings } from '#shared/circuit/expression.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import type { ViewRequest } from '#shared/jobs/simulation-view.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { CompiledNoise } from '../noise/model.ts';
import type { DenseRegister, QuantumRegister } from './register.ts';
import type { ShotSink } from './shot-rows.ts';
import type { SplitProgram } from './terminal.ts';

/** Somebody who waits for a run and wants to know of it. */
export interface SimulationWatch {
  /** The method, as an id, and why it was taken; again where it could not do the work. */
  chosen(method: string, reason: string): void;
  /** So much of the work is done, after each pass over a state or block of shots; not told where nobody can know. */
  done(part: number, all: number): void;
}

/** What a simulation is asked for. */
export interface SimulationOptions {
  readonly qubits: number;
  /** `auto`, or one of `simulators` by its id. */
  readonly method: string;
  /** Methods that can be asked for; absent: the built-in ones. */
  readonly simulators?: readonly Simulator[];
  readonly precision: 'f32' | 'f64';
  readonly shots: number | null;
  readonly seed: number;
  readonly noise: NoiseModel | null;
  readonly bindings: Bindings;
  readonly probabilities: boolean;
  readonly state: boolean;
  readonly bloch: boolean;
  readonly observables: readonly string[];
  readonly view?: ViewRequest | undefined;
  /** Follows one run, its outcomes drawn with the seed. */
  readonly path?: boolean | undefined;
  /** Methods that estimate stop where every standard error is this small; `shots` is then the most. */
  readonly targetError?: number | undefined;
  /** Null or absent: as many as there are cores. */
  readonly threads?: number | null;
  /** Leaves out instructions whose rounding differs between machines. */
  readonly isPortable?: boolean;
  /** Is handed every shot; counts may be left out then. */
  readonly sink?: ShotSink | undefined;
  /** Is told how the run goes. */
  readonly watch?: SimulationWatch | undefined;
  readonly cancel: CancelFlag;
  readonly freeBytes: number;
  readonly now: () => number;
  /** When the work began, on the same clock. */
  readonly started: number;
}

/** A program ready to be run by a method. */
export interface Run {
  readonly program: SplitProgram;
  /** Size of the classical memory. */
  readonly bits: number;
  readonly noise: CompiledNoise | null;
  readonly observables: readonly PauliSum[];
  readonly options: SimulationOptions;
}

/** What a method finds out; the rest of a result is the same for all. */
export type Execution = Omit<
  SimulationResult,
  'qubits' | 'registers' | 'method' | 'methodReason' | 'precision' | 'measured'
> & {
  /** The precision it computed in, where that is not the asked one. */
  readonly precision?: SimulationResult['precision'];
  /** What it measured of itself, e.g. the bond dimension that was reached. */
  readonly measured?: Partial<SimulationResult['measured']>;
};

/** A way to simulate circuits. One file or folder and one line in the registry each. */
export interface Simulator {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Which channels it takes: none, Pauli channels only, or every channel. */
  readonly channels: 'none' | 'pauli' | 'all';
  /** Whether it follows channels exactly, as a mixed state does. */
  readonly isMixed: boolean;
  /** Which gates it takes. */
  readonly gates: 'all' | 'clifford';
  /** What it gives: everything, only what a number of shots shows, or only expectations. */
  readonly gives: 'all' | 'shots' | 'expectations';
  /** Most qubits that it addresses, whatever the memory. */
  readonly maximumQubits: number;
  /** Predicted peak in bytes. */
  peakBytes(run: Run): number;
  simulate(run: Run): Execution;
  /** Registers for programs that no circuit holds; left out where a method has none. */
  readonly stepwise?: Stepwise;
}

/** Registers that are led through a program step by step. */
export interface Stepwise {
  /** Whether channels are drawn shot by shot; otherwise registers hold them, or refuse them. */
  readonly drawsNoise: boolean;
  /** Bytes that one register may reach. */
  bytesFor(options: SimulationOptions): number;
  begin(options: SimulationOptions): StepwiseRun;
}

/** The registers of one run. */
export interface StepwiseRun {
  /** |0…0⟩; `rng` draws the noise of one shot, and is null where every way is followed. */
  prepare(rng: Rng | null): QuantumRegister;
  /** What the method has to say at the end. */
  report?(): Pick<Execution, 'measured' | 'precision' | 'warnings'>;
}

/** A simulator whose registers hold a number for every basis state; programs are answered from them. */
export interface DenseSimulator extends Simulator {
  /** Bytes of one register; a run needs a second one to measure mid-circuit. */
  bytesFor(qubits: number, precision: 'f32' | 'f64'): number;
  /** |0…0⟩. */
  prepare(qubits: number, precision: 'f32' | 'f64'): DenseRegister;
}
