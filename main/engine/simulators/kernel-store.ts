import { assert } from '#shared/base/assert.ts';
import type { GateStep } from '../kernels/gate-step.ts';
import { KernelState, runOver } from '../kernels/kernel-state.ts';
import { farWord } from '../kernels/memory.ts';
import type { Amplitudes } from './amplitudes.ts';
import { partFactors, type PauliMasks } from './pauli-expectation.ts';
import { timesPowerOfI } from './plain-store.ts';
import type { StateStore, Transition, WeightedPauli } from './state-store.ts';

const termBytes = 24;

/** Amplitudes in a kernel memory: gates are held back and planned, sums are taken on all threads. */
export class KernelStore implements StateStore {
  readonly state: KernelState;

  constructor(state: KernelState) {
    this.state = state;
  }

  static zero(qubits: number, precision: 'f32' | 'f64'): KernelStore {
    return new KernelStore(KernelState.zero(qubits, precision));
  }

  get qubits(): number {
    return this.state.qubits;
  }

  get bytes(): number {
    return this.state.bytes;
  }

  apply(step: GateStep): void {
    this.state.apply(step);
  }

  settle(): void {
    this.state.settle();
  }

  get version(): number {
    return this.state.version;
  }

  ordered(): Amplitudes {
    return this.state.ordered();
  }

  weight(mask: number, value: number): number {
    this.state.settle();
    const [sum] = runOver(this.state, 'weigh', this.state, {
      results: 1,
      extras: this.#part(mask, value),
    });
    return sum as number;
  }

  keep(mask: number, value: number): void {
    this.state.settle();
    runOver(this.state, 'project', this.state, { extras: this.#part(mask, value) });
  }

  scale(factor: number): void {
    this.state.settle();
    runOver(this.state, 'scale', this.state, { extras: [{ at: 24, double: factor }] });
  }

  clear(): void {
    this.state.clear();
  }

  inner(other: this): { readonly re: number; readonly im: number } {
    return other.pauli({ flips: 0, signs: 0, yCount: 0 }, this);
  }

  pauli(masks: PauliMasks, other: this = this): { readonly re: number; readonly im: number } {
    align(this.state, other.state);
    const [re, im] = runOver(this.state, 'pauli', other.state, {
      results: 2,
      extras: [
        { at: 24, word: this.state.placed(masks.flips) },
        { at: 28, word: this.state.placed(masks.signs) },
      ],
    });
    return timesPowerOfI(re as number, im as number, masks.yCount);
  }

  pauliSum(terms: readonly WeightedPauli[]): number {
    if (terms.length === 0) return 0;
    this.state.settle();
    const { memory } = this.state;
    const at = memory.allocate(termBytes * terms.length);
    const view = new DataView(memory.memory.buffer, at, termBytes * terms.length);
    terms.forEach(({ masks, coefficient }, k) => {
      const base = termBytes * k;
      view.setInt32(base, this.state.placed(masks.flips), true);
      view.setInt32(base + 4, this.state.placed(masks.signs), true);
      const [re, im] = partFactors(masks, coefficient);
      view.setFloat64(base + 8, re, true);
      view.setFloat64(base + 16, im, true);
    });
    try {
      const extras = [
        { at: 24, word: terms.length },
        { at: 28, word: at },
      ];
      const [sum] = runOver(this.state, 'pauliSum', this.state, { results: 1, extras });
      return sum as number;
    } finally {
      memory.release(at);
    }
  }

  transition(qubit: number, other: this): Transition {
    assert(this.state.isAlignedWith(other.state), 'states that went through the same gates');
    return runOver(this.state, 'transition', other.state, {
      results: 8,
      halve: true,
      extras: [{ at: 24, word: this.state.placeOf(qubit) }],
    });
  }

  weighted(table: Float64Array, other: this): { readonly re: number; readonly im: number } {
    other.state.order();
    const [re, im] = this.#withTable('weighted', table, other, 2);
    return { re: re as number, im: im as number };
  }

  diagonal(table: Float64Array): number {
    const [sum] = this.#withTable('weightedSquares', table, this, 1);
    return sum as number;
  }

  #withTable(name: string, table: Float64Array, other: this, results: number): Float64Array {
    this.state.order();
    const { memory } = this.state;
    const size = 2 ** this.state.width;
    const at = memory.allocateFar(8 * size);
    const room = new Float64Array(memory.memory.buffer, at, size);
    room.set(table);
    // Amplitudes that only fill up a small state are zero; what they are multiplied by must be finite.
    room.fill(0, table.length);
    try {
      const extras = [{ at: 24, word: farWord(at) }];
      return runOver(this.state, name, other.state, { results, extras });
    } finally {
      memory.release(at);
    }
  }

  addPauli({ flips, signs, yCount }: PauliMasks, c: number, d: number, into: this): void {
    align(this.state, into.state);
    const factor = timesPowerOfI(c, d, yCount);
    runOver(this.state, 'addPauli', into.state, {
      extras: [
        { at: 24, double: factor.re },
        { at: 32, double: factor.im },
        { at: 40, word: this.state.placed(flips) },
        { at: 44, word: this.state.placed(signs) },
      ],
    });
  }

  probabilities(): Float64Array {
    return this.state.squares();
  }

  copy(): this {
    return new KernelStore(this.state.sibling('copy')) as this;
  }

  empty(): this {
    return new KernelStore(this.state.sibling('zeros')) as this;
  }

  release(): void {
    this.state.release();
  }

  #part(mask: number, value: number): { readonly at: number; readonly word: number }[] {
    return [
      { at: 24, word: this.state.placed(mask) },
      { at: 28, word: this.state.placed(value) },
    ];
  }
}

/** Both settled, with their qubits at the same places. */
export function align(a: KernelState, b: KernelState): void {
  a.settle();
  b.settle();
  if (a.isAlignedWith(b)) return;
  a.order();
  b.order();
}
