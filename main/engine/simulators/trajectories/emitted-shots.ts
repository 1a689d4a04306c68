import type { Disposable } from '#shared/base/disposable.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { lowerSteps, type LoweredCircuit } from '../../kernels/emit/lower-steps.ts';
import { emitSegments } from '../../kernels/emit/segment-module.ts';
import { maximumThreads } from '../../kernels/memory.ts';
import { magnitude } from '../../kernels/emit/complex-pair.ts';
import { mayRelax, ownCrew } from '../../kernels/workshop.ts';
import { keyOfBits } from '../outcomes.ts';
import { misread } from '../shots.ts';
import type { Run } from '../simulator.ts';
import { Statevector } from '../statevector.ts';
import { jumpPlan } from './jump-plan.ts';
import { pauliPlan } from './pauli-plan.ts';
import { addInPlace, addShared, type BlockSums, noShots, type ShotSums } from './shot-block.ts';
import { type DrawnShot, ShotMachine, stateBytesOf } from './shot-machine.ts';
import type { ShotPlan } from './shot-plan.ts';
import { readingsOf } from './shot-readings.ts';

/** Amplitudes that all gates of all shots touch, from which on a module is worth its making. */
const leastWork = 3e7;
/** Narrower states fill no vectors; of wider ones too few fit beside each other. */
const leastQubits = 4;
const mostStateBytes = 2 ** 28 + 2 ** 13;
/** Emitting takes about a tenth of a millisecond a gate, in which nothing looks at the cancel flag. */
const mostGates = 3000;
/** With more terms the plain walk, which shares states, is faster. */
const mostTerms = 128;

/** Whether a run is of a size for shots in emitted code. */
function isOfSize({ options, noise, program }: Run): boolean {
  const { qubits, shots, precision } = options;
  if (noise === null || shots === null || program.isDynamic || qubits < leastQubits) return false;
  if (stateBytesOf(qubits, precision) > mostStateBytes || program.before.length > mostGates) {
    return false;
  }
  return (
    shots * program.before.length * 2 ** qubits >= leastWork &&
    machineBytes({ options, program }) !== null
  );
}

/** Bytes of the states that a machine holds, as many of those on the way as fit; null: they do not. */
function machineBytes(run: Pick<Run, 'options' | 'program'>): number | null {
  const { options } = run;
  const threads = Math.min(options.threads ?? ownCrew().threads, maximumThreads);
  const kept = ShotMachine.keptFor(run, threads);
  return kept === 0 ? null : ShotMachine.bytesFor(options, threads, kept);
}

/** Bytes at the peak of shots in emitted code; 0 where a run is none for them. */
export function emittedBytes(run: Run): number {
  return isOfSize(run) ? (machineBytes(run) ?? 0) : 0;
}

/**
 * Shots of a circuit with channels behind its gates, run by a module made for it, each thread on a
 * state of its own; null where it measures before its end, has operators that no module takes, or is
 * too wide or too little work.
 */
export function emittedShots(run: Run): EmittedShots | null {
  if (!isOfSize(run)) return null;
  const readings = readingsOf(run);
  if (readings.reduce((sum, { terms }) => sum + terms.length, 0) > mostTerms) return null;
  const plan = pauliPlan(run) ?? jumpPlan(run);
  if (plan === null) return null;
  const { qubits, precision } = run.options;
  const lowered = plan.segments.map((steps) => lowerSteps(steps, qubits, false));
  if (!lowered.every((one) => one !== null && !isBareFactor(one))) return null;
  const stateGap = ShotMachine.gapFor(qubits, precision);
  const options = { precision, isRelaxed: mayRelax(), stateGap };
  const module = emitSegments(lowered as LoweredCircuit[], qubits, options);
  return module === null
    ? null
    : new EmittedShots(run, plan, new ShotMachine(run, plan, module, readings));
}

/** A factor without any operation has no place where it could be multiplied in. */
function isBareFactor({ operations, factor }: LoweredCircuit): boolean {
  return operations.length === 0 && Math.abs(magnitude(factor) - 1) > 1e-12;
}

/** Blocks of shots on a machine; shot k draws from the stream (seed, 1, k). */
export class EmittedShots implements Disposable {
  readonly #run: Run;
  readonly #plan: ShotPlan;
  readonly #machine: ShotMachine;

  constructor(run: Run, plan: ShotPlan, machine: ShotMachine) {
    this.#run = run;
    this.#plan = plan;
    this.#machine = machine;
  }

  /** Shots first, …, first + count − 1. */
  runBlock(first: number, count: number): ShotSums {
    const run = this.#run;
    const sums: BlockSums = { ...noShots(run), shots: count, counts: new Map() };
    const rngs = new Map<number, Rng>();
    const drawn: DrawnShot[] = [];
    const alike: number[] = [];
    for (let shot = first; shot < first + count; shot++) {
      const rng = rngOf(run.options.seed, 1, shot);
      rngs.set(shot, rng);
      const start = this.#plan.draw(rng, this.#machine.stayed);
      if (start === null) alike.push(shot);
      else drawn.push({ ...start, shot, seed: [rng.uint32(), rng.uint32()] });
    }
    if (alike.length > 0) this.#addAlike(alike, rngs, sums);
    const { counts, table } = sums;
    this.#machine.run(
      drawn,
      ({ shot }, { outcome, values }) => {
        const key = this.#keyOf(outcome, rngs.get(shot) as Rng);
        counts.set(key, (counts.get(key) ?? 0) + 1);
        this.#addValues(values, sums);
      },
      (probabilities) => {
        if (table !== null) addInPlace(table, probabilities);
      },
    );
    return sums;
  }

  dispose(): void {
    this.#machine.dispose();
  }

  /** Shots in which nothing happens end in one state. */
  #addAlike(shots: readonly number[], rngs: ReadonlyMap<number, Rng>, sums: BlockSums): void {
    const { qubits, precision } = this.#run.options;
    const register = Statevector.zero(qubits, precision);
    const { re, im } = register.state;
    this.#machine.readEnd(re, im);
    register.scale(1 / register.weight());
    addShared(this.#run, { register, bits: new Uint8Array(this.#run.bits), shots }, rngs, sums);
    register.release();
  }

  #keyOf(outcome: number, rng: Rng): string {
    const { noise, program, bits } = this.#run;
    const memory = new Uint8Array(bits);
    for (const { qubit, bit } of program.terminal) {
      memory[bit] = misread(((outcome >> qubit) & 1) as 0 | 1, noise?.readout.get(qubit), rng);
    }
    return keyOfBits(memory);
  }

  #addValues(values: Float64Array, { values: sums, squares, bloch }: ShotSums): void {
    values.forEach((value, i) => {
      if (i < sums.length) {
        sums[i] = (sums[i] as number) + value;
        squares[i] = (squares[i] as number) + value * value;
      } else if (bloch !== null) {
        const k = i - sums.length;
        bloch[k] = (bloch[k] as number) + value;
      }
    });
  }
}
