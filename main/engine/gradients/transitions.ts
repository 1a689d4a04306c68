import { type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';
import type { UnitaryStep } from '../simulators/register.ts';
import type { StateStore, Transition } from '../simulators/state-store.ts';

/**
 * ⟨bra|G|ψ⟩ for operators of single qubits while gates are undone on both states. Gates on other qubits
 * leave such a value as it is, and one-qubit gates turn it: so between two gates of several qubits one
 * look at the states, one qubit at a time, gives the values for all gates of that qubit.
 */
export class Transitions {
  readonly #state: StateStore;
  readonly #bra: StateStore;
  /** What was seen of a qubit, and what was undone on it since. */
  readonly #seen = new Map<number, Transition>();
  readonly #turned = new Map<number, Matrix>();
  /** Qubits on which gates of several qubits wait to be applied. */
  #entangled = 0;
  #version = -1;

  constructor(state: StateStore, bra: StateStore) {
    this.#state = state;
    this.#bra = bra;
  }

  /** Tells of a step that both states are going to be handed. */
  undo({ targets, controls, matrix }: UnitaryStep): void {
    this.#forgetOld();
    const [qubit] = targets;
    if (targets.length === 1 && controls.length === 0 && qubit !== undefined) {
      const before = this.#turned.get(qubit);
      this.#turned.set(qubit, before === undefined ? matrix : multiplyMatrices(matrix, before));
      return;
    }
    for (const one of [...targets, ...controls]) this.#entangled |= 1 << one;
  }

  /** ⟨bra|G|ψ⟩ of a 2 × 2 matrix on a qubit. */
  value(qubit: number, generator: Matrix): { readonly re: number; readonly im: number } {
    if (((this.#entangled >>> qubit) & 1) === 1) {
      this.#state.settle();
      this.#bra.settle();
    }
    this.#forgetOld();
    let seen = this.#seen.get(qubit);
    if (seen === undefined) {
      seen = this.#state.transition(qubit, this.#bra);
      this.#seen.set(qubit, seen);
    }
    return traceOf(conjugated(generator, this.#turned.get(qubit)), seen);
  }

  /** The states were changed: what was held back is in them now. */
  #forgetOld(): void {
    const version = this.#state.version + this.#bra.version;
    if (version === this.#version) return;
    this.#version = version;
    this.#seen.clear();
    this.#turned.clear();
    this.#entangled = 0;
  }
}

/** W†·G·W: ψ = W ψ_seen for both states. */
function conjugated(generator: Matrix, turn: Matrix | undefined): Matrix {
  if (turn === undefined) return generator;
  const { size, re, im } = turn;
  const dagger: Matrix = {
    size,
    re: re.map((_, k) => re[(k % 2) * 2 + (k >> 1)] as number),
    im: im.map((_, k) => -(im[(k % 2) * 2 + (k >> 1)] as number)),
  };
  return multiplyMatrices(multiplyMatrices(dagger, generator), turn);
}

/** Σ G[r][c]·T[r][c], where T[r][c] = Σ conj(bra[r])·ψ[c]. */
function traceOf(
  { re, im }: Matrix,
  seen: Transition,
): { readonly re: number; readonly im: number } {
  let sumRe = 0;
  let sumIm = 0;
  for (let k = 0; k < 4; k++) {
    const a = re[k] as number;
    const b = im[k] as number;
    const c = seen[2 * k] as number;
    const d = seen[2 * k + 1] as number;
    sumRe += a * c - b * d;
    sumIm += a * d + b * c;
  }
  return { re: sumRe, im: sumIm };
}
