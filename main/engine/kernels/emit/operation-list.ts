import { type Pair, times, turnBy } from './complex-pair.ts';
import type { LoweredCircuit } from './lower-steps.ts';
import { isDiagonalTurn, type KernelOperation, type TwoByTwo } from './operation.ts';
import { clean, diagonalTwo, multiplyTwo, scalarOf } from './two-by-two.ts';

/** Angles closer to a multiple of π than this are that multiple. */
const angleLimit = 1e-14;

/**
 * Operations under construction. Qubits are named as the circuit names them; `where` tells the place
 * each has after the swaps so far, which is always its own unless qubits may be renamed. One-qubit matrices wait until something that does not commute comes.
 */
export class OperationList {
  readonly #qubits: number;
  readonly #mayRename: boolean;
  readonly #operations: (KernelOperation | null)[] = [];
  readonly #waiting: (TwoByTwo | null)[];
  readonly #where: number[];
  /** The last operation on each place, for merging two on the same pair. */
  readonly #last: number[];
  #factor: Pair = [1, 0];

  constructor(qubits: number, mayRename: boolean) {
    this.#qubits = qubits;
    this.#mayRename = mayRename;
    this.#waiting = Array.from({ length: qubits }, (): TwoByTwo | null => null);
    this.#where = Array.from({ length: qubits }, (_, q) => q);
    this.#last = Array.from({ length: qubits }, (): number => -1);
  }

  turn(qubit: number, matrix: TwoByTwo): void {
    this.#turnPlace(this.#placeOf(qubit), matrix);
  }

  /** exp(i·angle) where all qubits are 1. */
  phase(qubits: readonly number[], angle: number): void {
    this.#phasePlaces(
      qubits.map((qubit) => this.#placeOf(qubit)),
      angle,
    );
  }

  openTurn(axis: 'x' | 'y' | 'z', qubit: number, slot: number): void {
    const place = this.#placeOf(qubit);
    this.#settle(place, axis === 'z');
    this.#push({ kind: 'open-turn', axis, qubit: place, slot }, [place]);
  }

  openZz(first: number, second: number, slot: number): void {
    const places = [this.#placeOf(first), this.#placeOf(second)] as const;
    for (const place of places) this.#settle(place, true);
    this.#push({ kind: 'open-zz', first: places[0], second: places[1], slot }, places);
  }

  /** `inner` mixes (first, second) = (1, 0) and (0, 1). */
  cross(first: number, second: number, outer: TwoByTwo, inner: TwoByTwo): void {
    const a = this.#placeOf(first);
    const b = this.#placeOf(second);
    const isPhase = isDiagonalTurn(outer);
    if (isPhase && isDiagonalTurn(inner)) {
      return this.#fourPhases(a, b, [outer[0], inner[0], inner[3], outer[3]]);
    }
    if (this.#mayRename && isPhase && isSwapping(inner)) {
      this.#where[first] = b;
      this.#where[second] = a;
      // What is now called `second` was 1 where the state came from first = 1.
      return this.#fourPhases(a, b, [outer[0], inner[2], inner[1], outer[3]]);
    }
    for (const place of [a, b]) this.#settle(place, false);
    this.#push({ kind: 'cross', first: a, second: b, outer, inner }, [a, b]);
  }

  finish(): LoweredCircuit {
    for (let place = 0; place < this.#qubits; place++) this.#settle(place, false);
    const home = Array.from({ length: this.#qubits }, () => 0);
    this.#where.forEach((place, qubit) => {
      home[place] = qubit;
    });
    return {
      qubits: this.#qubits,
      operations: this.#operations.filter((one) => one !== null).map((one) => renamed(one, home)),
      factor: this.#factor,
    };
  }

  #placeOf(qubit: number): number {
    return this.#where[qubit] as number;
  }

  #turnPlace(place: number, matrix: TwoByTwo): void {
    const waiting = this.#waiting[place] ?? null;
    this.#waiting[place] = waiting === null ? clean(matrix) : multiplyTwo(matrix, waiting);
  }

  /** Puts a waiting matrix on the list, unless what comes commutes with it. */
  #settle(place: number, commutesWithDiagonals: boolean): void {
    const waiting = this.#waiting[place] ?? null;
    if (waiting === null) return;
    if (commutesWithDiagonals && isDiagonalTurn(waiting)) return;
    this.#waiting[place] = null;
    const scalar = scalarOf(waiting);
    if (scalar !== null) this.#factor = times(this.#factor, scalar);
    else this.#push({ kind: 'turn', qubit: place, matrix: waiting }, [place]);
  }

  #push(operation: KernelOperation, places: readonly number[]): void {
    for (const place of places) this.#last[place] = this.#operations.length;
    this.#operations.push(operation);
  }

  #phasePlaces(places: readonly number[], angle: number): void {
    const turn = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
    if (Math.abs(turn) < angleLimit) return;
    const [first, second] = places;
    if (first === undefined) {
      this.#factor = times(this.#factor, turnBy(turn));
    } else if (second === undefined) {
      this.#turnPlace(first, diagonalTwo([1, 0], turnBy(turn)));
    } else if (Math.abs(Math.abs(turn) - Math.PI) < angleLimit) {
      for (const place of places) this.#settle(place, true);
      this.#push({ kind: 'sign', qubits: places }, places);
    } else if (places.length === 2) {
      // n·n = (1 − Z − Z + Z·Z)/4.
      this.#zz(first, second, -turn / 2);
      this.#turnPlace(first, diagonalTwo([1, 0], turnBy(turn / 2)));
      this.#turnPlace(second, diagonalTwo([1, 0], turnBy(turn / 2)));
      this.#factor = times(this.#factor, turnBy(-turn / 4));
    } else {
      for (const place of places) this.#settle(place, true);
      this.#push({ kind: 'phase', qubits: places, angle: turn }, places);
    }
  }

  /** exp(−i·angle/2·ZZ) with |angle| brought below π/2: a multiple of π is Z on both up to a factor. */
  #zz(first: number, second: number, angle: number): void {
    const halves = Math.round(angle / Math.PI);
    const rest = angle - halves * Math.PI;
    if (halves % 2 !== 0) {
      const z = diagonalTwo([1, 0], [-1, 0]);
      this.#turnPlace(first, z);
      this.#turnPlace(second, z);
    }
    this.#factor = times(this.#factor, turnBy((-halves * Math.PI) / 2));
    if (Math.abs(rest) < angleLimit) return;
    for (const place of [first, second]) this.#settle(place, true);
    const at = this.#last[first] as number;
    const before = this.#operations[at];
    if (before?.kind === 'zz' && this.#last[second] === at) {
      this.#operations[at] = null;
      return this.#zz(first, second, before.angle + rest);
    }
    this.#push({ kind: 'zz', first, second, angle: rest }, [first, second]);
  }

  /** Phases by the values (00, first only, second only, 11) of two places. */
  #fourPhases(first: number, second: number, entries: readonly [Pair, Pair, Pair, Pair]): void {
    const [none, one, two, both] = entries.map(([re, im]) => Math.atan2(im, re)) as [
      number,
      number,
      number,
      number,
    ];
    this.#phasePlaces([], none);
    this.#phasePlaces([first], one - none);
    this.#phasePlaces([second], two - none);
    this.#phasePlaces([first, second], both - one - two + none);
  }
}

function isSwapping([a, , , d]: TwoByTwo): boolean {
  return a[0] === 0 && a[1] === 0 && d[0] === 0 && d[1] === 0;
}

function renamed(operation: KernelOperation, home: readonly number[]): KernelOperation {
  const name = (place: number): number => home[place] as number;
  switch (operation.kind) {
    case 'turn':
    case 'open-turn':
      return { ...operation, qubit: name(operation.qubit) };
    case 'sign':
    case 'phase':
      return { ...operation, qubits: operation.qubits.map(name) };
    case 'zz':
    case 'open-zz':
    case 'cross':
      return { ...operation, first: name(operation.first), second: name(operation.second) };
  }
}
