import type { GateStep } from '../kernels/gate-step.ts';
import {
  type Amplitudes,
  applyMatrix,
  copyOf,
  innerProduct,
  squaredNorms,
  zeroState,
} from './amplitudes.ts';
import { paritySign, type PauliMasks } from './pauli-expectation.ts';
import type { StateStore, Transition, WeightedPauli } from './state-store.ts';

/** Amplitudes in plain arrays, every gate applied at once. */
export class PlainStore implements StateStore {
  readonly #state: Amplitudes;
  #version = 0;

  private constructor(state: Amplitudes) {
    this.#state = state;
  }

  static zero(qubits: number, precision: 'f32' | 'f64'): PlainStore {
    return new PlainStore(zeroState(qubits, precision));
  }

  get qubits(): number {
    return this.#state.qubits;
  }

  get bytes(): number {
    return this.#state.re.byteLength * 2;
  }

  apply({ targets, matrix, isDiagonal, controls }: GateStep): void {
    const mask = controls.reduce((all, qubit) => all | (1 << qubit), 0);
    applyMatrix(this.#state, targets, matrix, isDiagonal, mask);
    this.#version++;
  }

  /** Nothing is held back. */
  settle(): void {
    return;
  }

  get version(): number {
    return this.#version;
  }

  ordered(): Amplitudes {
    return this.#state;
  }

  weight(mask: number, value: number): number {
    const { re, im } = this.#state;
    let sum = 0;
    for (let i = 0; i < re.length; i++) {
      if ((i & mask) === value) sum += (re[i] as number) ** 2 + (im[i] as number) ** 2;
    }
    return sum;
  }

  keep(mask: number, value: number): void {
    const { re, im } = this.#state;
    for (let i = 0; i < re.length; i++) {
      if ((i & mask) === value) continue;
      re[i] = 0;
      im[i] = 0;
    }
  }

  scale(factor: number): void {
    const { re, im } = this.#state;
    for (let i = 0; i < re.length; i++) {
      re[i] = (re[i] as number) * factor;
      im[i] = (im[i] as number) * factor;
    }
  }

  clear(): void {
    this.#state.re.fill(0);
    this.#state.im.fill(0);
  }

  inner(other: this): { readonly re: number; readonly im: number } {
    return innerProduct(this.#state, other.#state);
  }

  pauli(masks: PauliMasks, other: this = this): { readonly re: number; readonly im: number } {
    const { flips, signs, yCount } = masks;
    const { re: ar, im: ai } = this.#state;
    const { re: br, im: bi } = other.#state;
    let re = 0;
    let im = 0;
    for (let i = 0; i < ar.length; i++) {
      const sign = paritySign(i & signs);
      const xr = sign * (ar[i] as number);
      const xi = sign * (ai[i] as number);
      const yr = br[i ^ flips] as number;
      const yi = bi[i ^ flips] as number;
      re += yr * xr + yi * xi;
      im += yr * xi - yi * xr;
    }
    return timesPowerOfI(re, im, yCount);
  }

  pauliSum(terms: readonly WeightedPauli[]): number {
    let sum = 0;
    for (const { masks, coefficient } of terms) sum += coefficient * this.pauli(masks).re;
    return sum;
  }

  transition(qubit: number, other: this): Transition {
    const { re: ar, im: ai } = this.#state;
    const { re: br, im: bi } = other.#state;
    const result = new Float64Array(8);
    const stride = 1 << qubit;
    for (let i = 0; i < ar.length; i++) {
      if ((i & stride) !== 0) continue;
      for (let entry = 0; entry < 4; entry++) {
        const r = entry < 2 ? i : i + stride;
        const c = entry % 2 === 0 ? i : i + stride;
        const x = br[r] as number;
        const y = bi[r] as number;
        const a = ar[c] as number;
        const b = ai[c] as number;
        result[2 * entry] = (result[2 * entry] as number) + x * a + y * b;
        result[2 * entry + 1] = (result[2 * entry + 1] as number) + x * b - y * a;
      }
    }
    return result;
  }

  weighted(table: Float64Array, other: this): { readonly re: number; readonly im: number } {
    const { re: ar, im: ai } = this.#state;
    const { re: br, im: bi } = other.#state;
    let re = 0;
    let im = 0;
    for (let i = 0; i < table.length; i++) {
      const w = table[i] as number;
      const a = ar[i] as number;
      const b = ai[i] as number;
      const x = br[i] as number;
      const y = bi[i] as number;
      re += w * (x * a + y * b);
      im += w * (x * b - y * a);
    }
    return { re, im };
  }

  diagonal(table: Float64Array): number {
    const { re, im } = this.#state;
    let sum = 0;
    for (let i = 0; i < table.length; i++) {
      const a = re[i] as number;
      const b = im[i] as number;
      sum += (table[i] as number) * (a * a + b * b);
    }
    return sum;
  }

  addPauli({ flips, signs, yCount }: PauliMasks, c: number, d: number, into: this): void {
    const factor = timesPowerOfI(c, d, yCount);
    const { re, im } = this.#state;
    const target = into.#state;
    for (let i = 0; i < re.length; i++) {
      const sign = paritySign(i & signs);
      const a = sign * (re[i] as number);
      const b = sign * (im[i] as number);
      const j = i ^ flips;
      target.re[j] = (target.re[j] as number) + factor.re * a - factor.im * b;
      target.im[j] = (target.im[j] as number) + factor.re * b + factor.im * a;
    }
  }

  probabilities(): Float64Array {
    return squaredNorms(this.#state);
  }

  copy(): this {
    return new PlainStore(copyOf(this.#state)) as this;
  }

  empty(): this {
    const copy = this.copy();
    copy.clear();
    return copy;
  }

  /** Arrays are collected. */
  release(): void {
    return;
  }
}

/** (re + i·im)·i^power. */
export function timesPowerOfI(
  re: number,
  im: number,
  power: number,
): { readonly re: number; readonly im: number } {
  switch (power % 4) {
    case 0:
      return { re, im };
    case 1:
      return { re: -im, im: re };
    case 2:
      return { re: -re, im: -im };
    default:
      return { re: im, im: -re };
  }
}
