import { assert } from '#shared/base/assert.ts';
import type { LoadedModule, Pass } from './crew.ts';
import { runEmitted } from './emit/emission.ts';
import type { EmittedProgram } from './emit/emitted-program.ts';
import type { CircuitStep, GateStep } from './gate-step.ts';
import type { Precision } from './load-kernels.ts';
import { farWord, type KernelMemory, type StateAddress } from './memory.ts';
import { mergePairs } from './merge-pairs.ts';
import { mergeParityPhases } from './parity-phases.ts';
import type { Operation } from './planning/operation.ts';
import type { EncodeTarget } from './planning/encode.ts';
import {
  placedOn,
  type PlacedPlan,
  placePlan,
  type Plan,
  planFor,
  shapeFor,
} from './planning/plan.ts';
import { maskAt, TakeApart } from './planning/take-apart.ts';
import { numbersOf, StepCache } from './step-cache.ts';
import {
  currentCancel,
  isScoped,
  leaveScope,
  mayRelax,
  noteRun,
  ownCrew,
  ownKernels,
  ownMemory,
  prepareThreads,
  passWatch,
  runPasses,
  threadsFor,
} from './workshop.ts';

/** Numbers of a state: double precision, or single where the user chose it. */
export type Reals = Float64Array | Float32Array;

/** States are at least this wide in memory, so that kernels need no case for less; what is above is zero. */
const leastQubits = 4;
/** Gates that are held back at most. */
const queueLimit = 8192;
/** Squares that are handed over at a time: 8 MiB. */
const squaresBits = 20;

/** What was planned for gates on qubits in given places. */
interface KeptPlan {
  /** Null: the gates only move qubits. */
  readonly plan: Plan | null;
  readonly places: readonly number[];
}

const keptPlans = 8;
/** Plans name places of the memory that they were made for. */
const plans = new WeakMap<KernelMemory, StepCache<KeptPlan>>();

function plansFor(memory: KernelMemory): StepCache<KeptPlan> {
  const known = plans.get(memory) ?? new StepCache<KeptPlan>(keptPlans);
  plans.set(memory, known);
  return known;
}

/** What no one released is released when it is collected. */
const collected = new FinalizationRegistry<{ readonly memory: KernelMemory; readonly re: number }>(
  ({ memory, re }) => memory.release(re),
);

/**
 * 2^n amplitudes in a kernel memory. Gates are held back until something is asked, then planned and
 * applied together. SWAPs only exchange the places of qubits until amplitudes are read in order.
 */
export class KernelState {
  readonly qubits: number;
  readonly precision: Precision;
  readonly memory: KernelMemory;
  /** Where the amplitudes are; `settle` first, to have all gates applied. */
  readonly address: StateAddress;
  readonly #view: { readonly qubits: number; readonly re: Reals; readonly im: Reals };
  #queue: GateStep[] = [];
  /** Which bit of an amplitude's index each qubit is. */
  #places: number[];
  /** No gate is held back and every qubit is at its own place. */
  #isOrdered = true;
  #isReleased = false;
  #version = 0;
  /** Whether it is |0…0⟩ still, as nobody has read or changed it. */
  #isFresh = false;

  private constructor(qubits: number, precision: Precision, memory: KernelMemory) {
    this.qubits = qubits;
    this.precision = precision;
    this.memory = memory;
    this.#places = Array.from({ length: Math.max(qubits, leastQubits) }, (_, q) => q);
    this.address = memory.allocateState(2 ** this.width, this.bytesPer);
    const { buffer } = memory.memory;
    const view = (at: number): Reals =>
      precision === 'f64'
        ? new Float64Array(buffer, at, 2 ** qubits)
        : new Float32Array(buffer, at, 2 ** qubits);
    this.#view = { qubits, re: view(this.address.re), im: view(this.address.im) };
    if (!isScoped(this)) collected.register(this, { memory, re: this.address.re }, this);
  }

  /** |0…0⟩. */
  static zero(qubits: number, precision: Precision): KernelState {
    const bytes = 2 ** (qubits + 1) * (precision === 'f64' ? 8 : 4);
    const state = new KernelState(qubits, precision, ownMemory(bytes));
    prepareThreads(qubits);
    if (!state.address.isZero) state.clear();
    state.#view.re[0] = 1;
    state.#isFresh = true;
    return state;
  }

  /** The same state, or one of zeros, in the same memory. */
  sibling(content: 'copy' | 'zeros'): KernelState {
    if (content === 'copy') this.settle();
    const other = new KernelState(this.qubits, this.precision, this.memory);
    if (content === 'zeros') {
      if (!other.address.isZero) other.clear();
      return other;
    }
    other.#places = [...this.#places];
    other.#isOrdered = this.#isOrdered;
    runOver(this, 'copy', other);
    return other;
  }

  /** Another number whenever gates were applied to the amplitudes. */
  get version(): number {
    return this.#version;
  }

  /** Qubits of the index in memory. */
  get width(): number {
    return this.#places.length;
  }

  get bytesPer(): 4 | 8 {
    return this.precision === 'f64' ? 8 : 4;
  }

  get bytes(): number {
    return 2 * 2 ** this.qubits * this.bytesPer;
  }

  /** Live views in the order of the qubits, with all gates applied that were asked for so far. */
  ordered(): { readonly qubits: number; readonly re: Reals; readonly im: Reals } {
    if (!this.#isOrdered) this.order();
    this.#isFresh = false;
    return this.#view;
  }

  /** Holds a gate back. */
  apply(step: GateStep): void {
    this.#isOrdered = false;
    this.#queue.push(step);
    if (this.#queue.length >= queueLimit) this.settle();
  }

  /** Applies what was held back. */
  settle(): void {
    assert(!this.#isReleased, 'a state that was released is not used');
    const wasFresh = this.#isFresh;
    this.#isFresh = false;
    if (this.#queue.length === 0) return;
    const queue = this.#queue;
    this.#queue = [];
    if (wasFresh && this.#runEmitted(queue)) return;
    const before = numbersOf(queue, [this.width, this.bytesPer, ...this.#places]);
    const { plan, places } = plansFor(this.memory).of(before, () => this.#planned(queue));
    this.#places = [...places];
    this.#version++;
    if (plan !== null) this.#runPlaced(placedOn(plan, this.memory, this.address));
  }

  /** The passes of gates, and where they leave the qubits. */
  #planned(queue: readonly GateStep[]): KeptPlan {
    const places = [...this.#places];
    const apart = new TakeApart(places);
    const gates = queue.map((step): CircuitStep => ({ kind: 'fixed', step }));
    const steps = mergePairs(mergeParityPhases(gates));
    for (const one of steps) if (one.kind === 'fixed') apart.add(one.step);
    const operations = apart.finish();
    const plan =
      operations.length === 0 ? null : planFor(operations, this.precision, this.#target());
    return { plan, places };
  }

  #target(): EncodeTarget {
    return {
      memory: this.memory,
      shape: shapeFor(this.width, this.precision),
      laneBits: this.precision === 'f64' ? 1 : 2,
    };
  }

  /** Applies what was held back and puts every qubit at its own place. */
  order(): void {
    this.settle();
    const swaps: Operation[] = [];
    for (let qubit = 0; qubit < this.#places.length; qubit++) {
      const place = this.#places[qubit] as number;
      if (place === qubit) continue;
      const other = this.#places.indexOf(qubit);
      const flip = (1 << place) | (1 << qubit);
      swaps.push({ kind: 'pair', flip, select: flip, value: 1 << place, matrix: [0, 1, 1, 0] });
      this.#places[other] = place;
      this.#places[qubit] = qubit;
    }
    if (swaps.length > 0) this.#run(swaps);
    this.#isOrdered = true;
  }

  /** |amplitude|² of every basis state, in the order of the qubits. */
  squares(): Float64Array {
    this.order();
    const result = new Float64Array(2 ** this.width);
    const bits = Math.min(squaresBits, this.width);
    const size = 2 ** bits;
    const room = this.memory.allocate(8 * size);
    try {
      for (let from = 0; from < result.length; from += size) {
        runOver(this, 'squares', this, { from, bits, room });
        result.set(new Float64Array(this.memory.memory.buffer, room, size), from);
      }
    } finally {
      this.memory.release(room);
    }
    return this.width === this.qubits ? result : result.slice(0, 2 ** this.qubits);
  }

  /** A mask over qubits as one over the bits of indices. */
  placed(mask: number): number {
    return maskAt(this.#places.filter((_, qubit) => ((mask >>> qubit) & 1) === 1));
  }

  /** Which bit of an amplitude's index a qubit is at present. */
  placeOf(qubit: number): number {
    return this.#places[qubit] as number;
  }

  /** Whether the qubits of both lie at the same places. */
  isAlignedWith(other: KernelState): boolean {
    return this.#places.every((place, qubit) => other.#places[qubit] === place);
  }

  /** All zeros. */
  clear(): void {
    this.#queue = [];
    this.#isOrdered = true;
    this.#isFresh = false;
    this.#places = this.#places.map((_, qubit) => qubit);
    runOver(this, 'clear');
  }

  /** Gives the memory back; the state is not used afterwards. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#queue = [];
    leaveScope(this);
    collected.unregister(this);
    this.memory.release(this.address.re);
  }

  /** Runs a module on this state, which must be |0…0⟩ still. */
  runProgram(program: EmittedProgram): void {
    assert(this.#isFresh && this.#queue.length === 0, 'a program starts in |0…0⟩');
    this.#isFresh = false;
    this.#version++;
    program.run(this.address, currentCancel(), threadsFor(this.width));
    noteRun();
  }

  /** Runs gates on |0…0⟩ by a module of their own, where that pays. */
  #runEmitted(gates: readonly GateStep[]): boolean {
    const isDone = runEmitted(gates, this.width, this.address, {
      crew: ownCrew(),
      memory: this.memory,
      precision: this.precision,
      isRelaxed: mayRelax(),
      threads: threadsFor(this.width),
      cancel: currentCancel(),
      passed: passWatch(),
    });
    if (isDone) {
      this.#version++;
      noteRun();
    }
    return isDone;
  }

  #run(operations: readonly Operation[]): void {
    this.#version++;
    if (operations.length === 0) return;
    const state = this.address;
    this.#runPlaced(placePlan(operations, this.precision, { ...this.#target(), state }));
  }

  #runPlaced(plan: PlacedPlan): void {
    const module = ownKernels(this.memory, this.precision);
    try {
      const passes = plan.passes.map((pass): Pass => ({ module, ...pass }));
      runPasses(passes, this.width);
    } finally {
      plan.release();
    }
  }
}

/** Amplitudes that a function of assembly/block-argument.ts works on at a time. */
const reductionBits = 13;
/** A reduction is done in an eighth of the time of a pass, so it takes a state so many qubits wider for threads to pay. */
const reductionShare = 3;
const argumentBytes = 128;

/** What a reduction is told beside the states: 32-bit words, or doubles. */
export type Extra = { readonly at: number } & (
  | { readonly word: number }
  | { readonly double: number }
);

interface OverOptions {
  /** Doubles that each block leaves. */
  readonly results?: number;
  readonly extras?: readonly Extra[];
  /** Blocks count pairs of amplitudes. */
  readonly halve?: boolean;
  /** Only 2^bits amplitudes from this one on, into the room given for results. */
  readonly from?: number;
  readonly bits?: number;
  readonly room?: number;
}

/**
 * Runs a function of assembly/block-argument.ts over all blocks of `a` (and of `b`, in the same order of
 * qubits). What the blocks leave is added up in a fixed tree.
 */
export function runOver(
  a: KernelState,
  name: string,
  b: KernelState = a,
  options: OverOptions = {},
): Float64Array {
  const { results = 0, extras = [], halve = false, from = 0, room } = options;
  assert(a.memory === b.memory && a.width === b.width, 'states of one memory and size');
  const width = (options.bits ?? a.width) - (halve ? 1 : 0);
  const bits = Math.min(reductionBits, width);
  const blocks = 2 ** (width - bits);
  const base = a.memory.allocate(argumentBytes + 8 * results * blocks);
  const out = base + argumentBytes;
  const view = new DataView(a.memory.memory.buffer, base, argumentBytes);
  const start = from * a.bytesPer;
  const states = [a.address.re, a.address.im, b.address.re, b.address.im].map((at) =>
    farWord(at + start),
  );
  [...states, bits, room ?? out].forEach((one, k) => view.setInt32(4 * k, one | 0, true));
  for (const extra of extras) {
    if ('word' in extra) view.setInt32(extra.at, extra.word | 0, true);
    else view.setFloat64(extra.at, extra.double, true);
  }
  try {
    const module: LoadedModule = ownKernels(a.memory, a.precision);
    runPasses([{ module, name, blocks, argument: base }], width - reductionShare);
    const parts = new Float64Array(a.memory.memory.buffer, out, results * blocks);
    return Float64Array.from({ length: results }, (_, k) => treeSum(parts, k, results, blocks));
  } finally {
    a.memory.release(base);
  }
}

/** Adds entries k, k + stride, … pairwise, pairs pairwise, and so on; `count` is a power of two. */
function treeSum(parts: Float64Array, k: number, stride: number, count: number): number {
  const sums = Float64Array.from({ length: count }, (_, i) => parts[k + stride * i] as number);
  for (let left = count >> 1; left > 0; left >>= 1) {
    for (let i = 0; i < left; i++) {
      sums[i] = (sums[2 * i] as number) + (sums[2 * i + 1] as number);
    }
  }
  return sums[0] ?? 0;
}
