import type { Disposable } from '#shared/base/disposable.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Crew, LoadedModule } from '../../kernels/crew.ts';
import type { EmittedCircuit } from '../../kernels/emit/module-emitter.ts';
import { loadShots } from '../../kernels/load-kernels.ts';
import type { KernelMemory } from '../../kernels/memory.ts';
import { ParameterWriter } from '../../kernels/planning/parameter-writer.ts';
import { webAssembly } from '../../kernels/web-assembly.ts';
import { mayRelax, noteRun, ownCrew, ownMemory } from '../../kernels/workshop.ts';
import { listLimit } from '../limits.ts';
import { masksOf, partFactors } from '../pauli-expectation.ts';
import type { Run } from '../simulator.ts';
import type { Reals } from '../amplitudes.ts';
import { segmentBytes, type ShotPlan, type ShotStart } from './shot-plan.ts';

/** Byte offsets in the argument of assembly/shot-run.ts. */
const argumentAt = {
  qubits: 0,
  segmentCount: 4,
  segments: 8,
  areas: 12,
  areaBytes: 16,
  gap: 20,
  stateBytes: 24,
  tables: 28,
  kept: 32,
  every: 36,
  end: 40,
  shots: 44,
  shotCount: 48,
  blockShots: 52,
  sums: 56,
  terms: 60,
  termsEnd: 64,
  values: 68,
  valueBytes: 72,
} as const;
const argumentBytes = 76;
const shotBytes = 32;
const termBytes = 32;

/** Blocks of shots of one pass; they are added up in their order, so the number is fixed. */
const passBlocks = 16;
/** Shots of a block at most, and amplitudes that its gates may touch: some tens of milliseconds. */
const mostBlockShots = 16;
const blockWork = 5e7;
/** States on the way to the end that are kept for shots to start from, where memory has room. */
const keptStates = 16;
/** More of them would save less than they take. */
const gatesBetween = 4;
/** Addresses of a module have 32 bits, and other states of the thread may stand in the same memory. */
const mostBytes = 3 * 2 ** 30;
/** Between the real and the imaginary part of a state, so that they do not share cache lines. */
const statePadding = 2112;
/** For matrices and vectors of a few qubits. */
const workBytes = 6144;

/** A shot that is to be run. */
export interface DrawnShot extends ShotStart {
  readonly shot: number;
  readonly seed: readonly [number, number];
}

/** What a shot ends in; `values` by reading, valid until the next one. */
export interface ShotEnd {
  readonly outcome: number;
  readonly values: Float64Array;
}

function bytesPer(precision: 'f32' | 'f64'): number {
  return precision === 'f32' ? 4 : 8;
}

/** Bytes of the state of a shot: real part, gap, imaginary part. */
export function stateBytesOf(qubits: number, precision: 'f32' | 'f64'): number {
  const part = 2 ** qubits * bytesPer(precision);
  return Math.ceil((2 * part + statePadding) / 64) * 64;
}

/** What a machine's size follows from. */
type MachineOptions = Pick<Run['options'], 'qubits' | 'precision' | 'freeBytes'>;
type Sized = Pick<Run, 'program'> & { readonly options: MachineOptions };

/** Sums of the probabilities of all basis states, by block; none where these are too many to list. */
function sumBytes(qubits: number): number {
  return 2 ** qubits <= listLimit ? 8 * 2 ** qubits * passBlocks : 0;
}

/** The module of a noisy circuit, and where its tables lie. */
export class ShotMachine implements Disposable {
  /** Probability that nothing happens, by the norm of the state in which that is so. */
  readonly stayed: number;
  readonly #run: Run;
  readonly #plan: ShotPlan;
  readonly #crew: Crew = ownCrew();
  readonly #memory: KernelMemory = ownMemory();
  readonly #segments: LoadedModule;
  readonly #shots: LoadedModule;
  readonly #argument: number;
  readonly #areas: number[] = [];
  readonly #places: Readonly<Record<'end' | 'shots' | 'sums' | 'values', number>>;
  readonly #blockShots: number;
  readonly #readings: number;

  constructor(run: Run, plan: ShotPlan, emitted: EmittedCircuit, readings: readonly PauliSum[]) {
    const { qubits, precision } = run.options;
    const memory = this.#memory;
    this.#run = run;
    this.#plan = plan;
    this.#readings = readings.length;
    this.#segments = this.#crew.load(new webAssembly.Module(emitted.bytes), memory);
    const build = { precision, isRelaxed: mayRelax() };
    this.#shots = loadShots(this.#crew, memory, this.#segments, build);
    const work = Math.max(1, plan.gateCount) * 2 ** qubits;
    this.#blockShots = Math.max(1, Math.min(mostBlockShots, Math.floor(blockWork / work)));
    this.#argument = this.#allocate(argumentBytes);
    const stateBytes = stateBytesOf(qubits, precision);
    const areaBytes = 2 * stateBytes + workBytes;
    const count = plan.segments.length;
    const kept = Math.max(1, ShotMachine.keptFor(run, this.#crew.threads));
    const every = Math.max(1, Math.ceil(count / kept));
    const hasTable = 2 ** qubits <= listLimit;
    const writer = new ParameterWriter(precision);
    const segmentsAt = plan.writeSegments(writer);
    const base = writer.place(memory);
    this.#areas.push(base);
    const tables = this.#allocate(emitted.tables.length);
    new Uint8Array(memory.memory.buffer, tables).set(emitted.tables);
    const shots = passBlocks * this.#blockShots;
    const valueBytes = 8 * readings.length;
    this.#places = {
      end: this.#allocate(stateBytes),
      shots: this.#allocate(shotBytes * shots),
      // 0: nobody asks for the probabilities of all basis states.
      sums: hasTable ? this.#allocate(sumBytes(qubits)) : 0,
      values: this.#allocate(Math.max(8, valueBytes * shots)),
    };
    this.#set({
      qubits,
      segmentCount: count,
      segments: base + segmentsAt,
      areas: this.#allocate(areaBytes * this.#crew.threads),
      areaBytes,
      gap: ShotMachine.gapFor(qubits, precision),
      stateBytes,
      tables,
      kept: this.#allocate(stateBytes * Math.max(1, Math.floor(count / every))),
      every,
      blockShots: this.#blockShots,
      valueBytes,
      ...this.#places,
      ...this.#writeTerms(readings),
    });
    this.#pass('prepare', 1);
    const last = base + segmentsAt + segmentBytes * (count - 1) + 24;
    this.stayed = new DataView(memory.memory.buffer).getFloat64(last, true);
  }

  /** Bytes from the real to the imaginary part of a state. */
  static gapFor(qubits: number, precision: 'f32' | 'f64'): number {
    return 2 ** qubits * bytesPer(precision) + statePadding;
  }

  /** States on the way that fit beside those of the threads; 0: not even these do. */
  static keptFor({ options, program }: Sized, threads: number): number {
    const room = Math.min(options.freeBytes, mostBytes) - ShotMachine.bytesFor(options, threads, 0);
    const fitting = Math.floor(room / stateBytesOf(options.qubits, options.precision));
    const useful = Math.ceil(program.before.length / gatesBetween);
    return Math.max(0, Math.min(keptStates, useful, fitting));
  }

  /** Bytes of states and tables at the peak: one at the end, one for what shots share, two a thread. */
  static bytesFor({ qubits, precision }: MachineOptions, threads: number, kept: number): number {
    const states = kept + 2 + 2 * threads;
    return stateBytesOf(qubits, precision) * states + sumBytes(qubits);
  }

  /** Copies the state in which nothing happened; it is not normalised. */
  readEnd(re: Reals, im: Reals): void {
    const { precision, qubits } = this.#run.options;
    const { buffer } = this.#memory.memory;
    const at = this.#places.end;
    const part = (from: number): Reals =>
      precision === 'f32'
        ? new Float32Array(buffer, from, re.length)
        : new Float64Array(buffer, from, re.length);
    re.set(part(at));
    im.set(part(at + ShotMachine.gapFor(qubits, precision)));
  }

  /** Runs shots on all threads; each is visited in its order, and probabilities are added up by block. */
  run(
    drawn: readonly DrawnShot[],
    visit: (shot: DrawnShot, end: ShotEnd) => void,
    visitProbabilities: (sums: Float64Array) => void,
  ): void {
    const most = passBlocks * this.#blockShots;
    for (let from = 0; from < drawn.length; from += most) {
      this.#runSome(drawn.slice(from, from + most), visit, visitProbabilities);
    }
  }

  dispose(): void {
    this.#shots.dispose();
    this.#segments.dispose();
    for (const area of this.#areas) this.#memory.release(area);
  }

  #runSome(
    drawn: readonly DrawnShot[],
    visit: (shot: DrawnShot, end: ShotEnd) => void,
    visitProbabilities: (sums: Float64Array) => void,
  ): void {
    const size = 2 ** this.#run.options.qubits;
    const blocks = Math.ceil(drawn.length / this.#blockShots);
    const memory = this.#memory;
    const events = memory.allocate(4 * drawn.reduce((sum, one) => sum + one.events.length, 1));
    const { buffer } = memory.memory;
    const view = new DataView(buffer, this.#places.shots, shotBytes * drawn.length);
    const words = new Uint32Array(buffer, events);
    let next = 0;
    drawn.forEach(({ seed, limit, events: own }, k) => {
      const at = shotBytes * k;
      view.setUint32(at, seed[0], true);
      view.setUint32(at + 4, seed[1], true);
      view.setFloat64(at + 8, limit, true);
      words.set(own, next);
      view.setUint32(at + 20, events + 4 * next, true);
      next += own.length;
      view.setUint32(at + 24, events + 4 * next, true);
    });
    const sums =
      this.#places.sums === 0
        ? null
        : new Float64Array(buffer, this.#places.sums, size * blocks).fill(0);
    const readings = this.#readings;
    const values = new Float64Array(buffer, this.#places.values, readings * drawn.length).fill(0);
    this.#set({ shotCount: drawn.length });
    try {
      this.#pass(this.#plan.pass, blocks);
    } finally {
      memory.release(events);
    }
    drawn.forEach((shot, k) => {
      const outcome = view.getInt32(shotBytes * k + 16, true);
      visit(shot, { outcome, values: values.subarray(readings * k, readings * (k + 1)) });
    });
    for (let block = 0; sums !== null && block < blocks; block++) {
      visitProbabilities(sums.subarray(size * block, size * (block + 1)));
    }
  }

  #allocate(bytes: number): number {
    const area = this.#memory.allocate(bytes);
    this.#areas.push(area);
    return area;
  }

  #set(values: Partial<Record<keyof typeof argumentAt, number>>): void {
    const view = new DataView(this.#memory.memory.buffer, this.#argument, argumentBytes);
    for (const [name, at] of Object.entries(argumentAt)) {
      const value = values[name as keyof typeof argumentAt];
      if (value !== undefined) view.setUint32(at, value, true);
    }
  }

  #pass(name: string, blocks: number): void {
    const pass = { module: this.#shots, name, blocks, argument: this.#argument };
    this.#crew.run([pass], this.#run.options.cancel);
    noteRun();
  }

  #writeTerms(readings: readonly PauliSum[]): {
    readonly terms: number;
    readonly termsEnd: number;
  } {
    const list = readings.flatMap(({ terms }, index) => terms.map((term) => ({ index, term })));
    const at = this.#allocate(Math.max(1, list.length) * termBytes);
    const view = new DataView(this.#memory.memory.buffer, at, list.length * termBytes);
    list.forEach(({ index, term }, k) => {
      const masks = masksOf(term);
      const [re, im] = partFactors(masks, term.coefficient);
      view.setUint32(termBytes * k, masks.flips, true);
      view.setUint32(termBytes * k + 4, masks.signs, true);
      view.setFloat64(termBytes * k + 8, re, true);
      view.setFloat64(termBytes * k + 16, im, true);
      view.setUint32(termBytes * k + 24, 8 * index, true);
    });
    return { terms: at, termsEnd: at + termBytes * list.length };
  }
}
