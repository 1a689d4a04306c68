import { AppError } from '#shared/base/errors.ts';
import type { QuantumRegister } from './register.ts';

/** How far the ways of a program may go apart. */
export interface WayLimits {
  readonly maximumWays: number;
  /** Bytes that the states of all ways together may take. */
  readonly maximumBytes: number;
}

export const mostWays = 4096;
/** As many are followed whatever the shots: their answer is exact. */
const fewWays = 1024;
/** Of states where shots share them while they agree; following more takes longer than such shots. */
const cheapBytes = 2 ** 26;
/** Half of what the smallest kernel memory holds. */
export const mostWayBytes = 2 ** 31;

/**
 * How far ways are followed before shots are drawn instead, or, without shots, before a run is refused.
 * `isShared` = shots go together as long as their outcomes agree.
 */
export function wayLimits(
  stateBytes: number,
  freeBytes: number,
  shots: number | null,
  isShared = false,
): WayLimits {
  const bytes = shots !== null && isShared ? cheapBytes : mostWayBytes;
  return {
    maximumWays: shots === null ? mostWays : Math.min(mostWays, Math.max(fewWays, shots)),
    // A measurement that splits a state takes two.
    maximumBytes: Math.max(2 * stateBytes, Math.min(freeBytes, bytes)),
  };
}

/** Too many ways for an exact answer; the caller may sample shot by shot instead. */
export class TooManyBranches extends AppError {
  constructor(branches: number) {
    super(
      'too-large',
      `This program has more than ${branches} different measurement histories, too many for exact probabilities. Ask for shots (--shots) instead.`,
      { branches },
    );
  }
}

/** The states of all ways of a run: none is copied beyond the limits, and all go when it is given up. */
export class LiveStates {
  readonly #limits: WayLimits;
  readonly #states = new Set<QuantumRegister>();
  #bytes = 0;

  constructor(limits: WayLimits) {
    this.#limits = limits;
  }

  /** Takes a state into account that was made elsewhere. */
  add(state: QuantumRegister): void {
    this.#states.add(state);
    this.#bytes += state.bytes;
  }

  copy(state: QuantumRegister): QuantumRegister {
    if (this.#bytes + state.bytes > this.#limits.maximumBytes) {
      throw new TooManyBranches(this.#states.size);
    }
    const copy = state.copy();
    this.add(copy);
    return copy;
  }

  drop(state: QuantumRegister): void {
    this.#states.delete(state);
    this.#bytes -= state.bytes;
    state.release?.();
  }

  /** Refuses more ways than may be followed. Some states grow, so their sizes are looked at again. */
  admit(ways: number): void {
    this.#bytes = 0;
    for (const state of this.#states) this.#bytes += state.bytes;
    const { maximumWays, maximumBytes } = this.#limits;
    if (ways > maximumWays) throw new TooManyBranches(maximumWays);
    if (this.#bytes > maximumBytes) throw new TooManyBranches(ways - 1);
  }

  /** Gives the memory of all states back. */
  abandon(): void {
    for (const state of this.#states) state.release?.();
    this.#states.clear();
    this.#bytes = 0;
  }
}
