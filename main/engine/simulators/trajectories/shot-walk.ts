import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import { flipOf, holds } from '../branches.ts';
import type { UnitaryStep } from '../register.ts';
import { misread } from '../shots.ts';
import { Statevector } from '../statevector.ts';
import { type ChannelDraw, drawJump, stepOf } from './channel-draws.ts';
import type { NoisyBlock, ProgramNode, Stretch } from './noisy-program.ts';
import { reducedState, weightOf } from '../reduced-state.ts';

export interface WalkOptions {
  readonly qubits: number;
  readonly precision: 'f32' | 'f64';
  /** Size of the classical memory. */
  readonly bits: number;
  readonly readout: ReadonlyMap<number, ReadoutError>;
  readonly cancel: CancelFlag;
  /** States that may be held at once, at least one. */
  readonly maximumStates: number;
}

/** Shots that had the same history to the end, with the state before their last measurements. */
export interface SharedEnd {
  readonly register: Statevector;
  readonly bits: Uint8Array;
  readonly shots: readonly number[];
}

/** Where shots of one history stand. */
interface Cursor {
  /** In the order of their thresholds. */
  shots: readonly number[];
  bits: Uint8Array;
  node: number;
  /** Operation of the block to start at, where a jump happened inside it. */
  operation: number;
  /** −log of the probability that no mixture jumped since the last draw. */
  hazard: number;
  /** Squared norm of the state: what the channels that read it have left. */
  norm: number;
  readonly level: number;
}

/**
 * Runs shots of a noisy program on pure states, each along the channels' draws of its own stream.
 * A shot jumps where its probability of having stayed falls below a number drawn beforehand (Dalibard,
 * Castin and Mølmer, PRL 68, 580), so shots share one state as long as their histories agree, and only
 * blocks in which one jumps are run operation by operation.
 */
export class ShotWalk {
  readonly #nodes: readonly ProgramNode[];
  readonly #options: WalkOptions;
  readonly #states: Statevector[] = [];
  readonly #thresholds = new Map<number, number>();
  #rngs: ReadonlyMap<number, Rng> = new Map();
  #visit: (end: SharedEnd) => void = () => undefined;

  constructor(nodes: readonly ProgramNode[], options: WalkOptions) {
    this.#nodes = nodes;
    this.#options = options;
  }

  /** Every shot of `rngs` is visited once, together with those that share its history. */
  run(rngs: ReadonlyMap<number, Rng>, visit: (end: SharedEnd) => void): void {
    this.#rngs = rngs;
    this.#visit = visit;
    const shots = [...rngs.keys()];
    const groups = this.#options.maximumStates === 1 ? shots.map((shot) => [shot]) : [shots];
    for (const group of groups) {
      const { state } = this.#state(0);
      state.re.fill(0);
      state.im.fill(0);
      state.re[0] = 1;
      this.#follow({
        shots: this.#redrawn(group),
        bits: new Uint8Array(this.#options.bits),
        node: 0,
        operation: 0,
        hazard: 0,
        norm: 1,
        level: 0,
      });
    }
  }

  #state(level: number): Statevector {
    const { qubits, precision } = this.#options;
    return (this.#states[level] ??= Statevector.zero(qubits, precision));
  }

  #rng(shot: number): Rng {
    return this.#rngs.get(shot) as Rng;
  }

  /** New thresholds for these shots, in whose order they come back. */
  #redrawn(shots: readonly number[]): number[] {
    for (const shot of shots) {
      this.#thresholds.set(shot, -Math.log(1 - this.#rng(shot).uniform()));
    }
    return shots.toSorted((a, b) => this.#threshold(a) - this.#threshold(b) || a - b);
  }

  #threshold(shot: number | undefined): number {
    return shot === undefined ? Infinity : (this.#thresholds.get(shot) as number);
  }

  #follow(cursor: Cursor): void {
    while (cursor.shots.length > 0) {
      const node = this.#nodes[cursor.node];
      if (node === undefined) return this.#finish(cursor);
      this.#options.cancel.throwIfCancelled();
      switch (node.kind) {
        case 'block':
          this.#block(cursor, node);
          cursor.node++;
          break;
        case 'measure':
        case 'reset':
          this.#collapse(cursor, node);
          break;
        case 'choose':
          cursor.node = holds(node.condition, cursor.bits) ? cursor.node + 1 : node.otherwise;
          break;
        case 'jump':
          cursor.node = node.to;
      }
    }
  }

  #finish({ level, norm, bits, shots }: Cursor): void {
    const register = this.#state(level);
    if (norm !== 1) register.scale(1 / norm);
    this.#visit({ register, bits, shots });
  }

  /** The whole block where nobody jumps in it, else part by part, else operation by operation. */
  #block(cursor: Cursor, block: NoisyBlock): void {
    if (cursor.operation === 0 && this.#allStay(cursor, block)) return;
    for (const part of block.parts) {
      if (cursor.operation >= part.end) continue;
      if (cursor.operation === part.start && this.#allStay(cursor, part)) {
        cursor.operation = part.end;
        continue;
      }
      this.#singly(cursor, block.operations, part.end);
      if (cursor.shots.length === 0) return;
    }
    cursor.operation = 0;
  }

  /** Runs a stretch as if no channel jumped; where a shot does jump in it, nothing is changed. */
  #allStay(cursor: Cursor, stretch: Stretch): boolean {
    const state = this.#state(cursor.level);
    const first = this.#threshold(cursor.shots[0]);
    const hazard = cursor.hazard + stretch.hazard;
    if (first <= hazard - Math.log(cursor.norm)) return false;
    if (!stretch.readsState) {
      applyAll(state, stretch.fused);
      cursor.hazard = hazard;
      return true;
    }
    const before = state.copy();
    applyAll(state, stretch.fused);
    const norm = state.weight();
    if (first <= hazard - Math.log(norm)) {
      state.release();
      this.#states[cursor.level] = before;
      return false;
    }
    before.release();
    cursor.hazard = hazard;
    cursor.norm = norm;
    return true;
  }

  /** Up to `end`, so that each shot jumps where it should. */
  #singly(cursor: Cursor, operations: NoisyBlock['operations'], end: number): void {
    const register = this.#state(cursor.level);
    for (let at = cursor.operation; at < end; at++) {
      const operation = operations[at] as NoisyBlock['operations'][number];
      cursor.operation = at + 1;
      const stays =
        operation.kind === 'gate' ||
        (operation.kind === 'mixture'
          ? this.#mixture(cursor, operation)
          : this.#kraus(cursor, operation));
      if (cursor.shots.length === 0) return;
      if (stays) applyAll(register, operation.kind === 'gate' ? operation.steps : operation.stay);
    }
  }

  /** Whether the shots of the cursor stay without a jump. */
  #mixture(cursor: Cursor, { hazard, rates, jumps }: ChannelDraw & { kind: 'mixture' }): boolean {
    cursor.hazard += hazard;
    return this.#jump(cursor, cursor.hazard - Math.log(cursor.norm), rates, (which) => ({
      steps: jumps[which] as readonly UnitaryStep[],
      norm: cursor.norm,
    }));
  }

  #kraus(cursor: Cursor, draw: ChannelDraw & { kind: 'kraus' }): boolean {
    const { qubits, jumps } = draw;
    const { norm, weights } = this.#weigh(cursor, draw);
    // A state that no jump can leave stays, whatever rounding says.
    const canJump = weights.some((weight) => weight > 1e-15 * cursor.norm);
    const reached = canJump ? cursor.hazard - Math.log(norm) : -1;
    const stays = this.#jump(cursor, reached, weights, (which) => {
      const { size, re, im } = jumps[which] as (typeof jumps)[number];
      const factor = 1 / Math.sqrt(weights[which] as number);
      const scaled = { size, re: re.map((x) => x * factor), im: im.map((x) => x * factor) };
      return { steps: [stepOf(qubits, scaled)], norm: 1 };
    });
    if (stays) cursor.norm = norm;
    return stays;
  }

  /** Squared norm behind the operator that stays, and behind each jump. */
  #weigh(
    { level, norm }: Cursor,
    { qubits, stay, jumps, onPopulations }: ChannelDraw & { kind: 'kraus' },
  ): { readonly norm: number; readonly weights: Float64Array } {
    const register = this.#state(level);
    if (onPopulations !== null) {
      const one = register.weightOfOne(qubits[0] as number);
      const all = onPopulations.map(([a, b]) => Math.max(0, a * (norm - one) + b * one));
      return { norm: all[0] as number, weights: Float64Array.from(all.slice(1)) };
    }
    const reduced = reducedState(register.state, qubits);
    return {
      norm: weightOf(stay[0].matrix, reduced),
      weights: Float64Array.from(jumps, (jump) => weightOf(jump, reduced)),
    };
  }

  /** Lets the shots jump whose threshold is reached. False: all did, and the cursor went with the last. */
  #jump(
    cursor: Cursor,
    reached: number,
    weights: Float64Array,
    effectOf: (which: number) => { readonly steps: readonly UnitaryStep[]; readonly norm: number },
  ): boolean {
    let count = 0;
    while (count < cursor.shots.length && this.#threshold(cursor.shots[count]) <= reached) count++;
    if (count === 0) return true;
    const byJump = groupBy(cursor.shots.slice(0, count), (shot) =>
      drawJump(weights, this.#rng(shot)),
    );
    cursor.shots = cursor.shots.slice(count);
    const parts = [...byJump].map(([which, members]): Part => {
      const { steps, norm } = effectOf(which);
      return {
        change: (register) => applyAll(register, steps),
        // What was survived so far is forgotten: the new threshold counts from here.
        next: { shots: this.#redrawn(members), hazard: Math.log(norm), norm },
      };
    });
    const stays = cursor.shots.length > 0;
    this.#spread(cursor, parts, !stays);
    return stays;
  }

  #collapse(cursor: Cursor, node: ProgramNode & { kind: 'measure' | 'reset' }): void {
    const register = this.#state(cursor.level);
    const one = register.weightOfOne(node.qubit) / cursor.norm;
    const hazard = cursor.hazard - Math.log(cursor.norm);
    const error = node.kind === 'measure' ? this.#options.readout.get(node.qubit) : undefined;
    // 2·value + what is read of it.
    const outcomes = groupBy(cursor.shots, (shot) => {
      const rng = this.#rng(shot);
      const value = rng.uniform() < one ? 1 : 0;
      return 2 * value + misread(value, error, rng);
    });
    cursor.node++;
    const parts = [...outcomes].map(([outcome, shots]): Part => {
      const value = outcome < 2 ? 0 : 1;
      const bits = cursor.bits.slice();
      if (node.kind === 'measure' && node.bit !== null) bits[node.bit] = outcome % 2;
      return {
        change: (state) => {
          state.scale(1 / state.project(node.qubit, value));
          if (node.kind === 'reset' && value === 1) state.applyUnitary(flipOf(node.qubit));
        },
        next: { shots, hazard, norm: 1, bits },
      };
    });
    this.#spread(cursor, parts, true);
  }

  /** Follows each part on a copy of the state; where nobody stays the cursor itself goes with the last. */
  #spread(cursor: Cursor, parts: readonly Part[], nobodyStays: boolean): void {
    const copied = nobodyStays ? parts.slice(0, -1) : parts;
    const level = cursor.level + 1;
    const isDeepest = level === this.#options.maximumStates - 1;
    for (const { change, next } of copied) {
      for (const shots of isDeepest ? next.shots.map((shot) => [shot]) : [next.shots]) {
        this.#states[level]?.release();
        this.#states[level] = this.#state(cursor.level).copy();
        change(this.#state(level));
        this.#follow({ ...cursor, ...next, shots, level });
      }
    }
    const last = nobodyStays ? parts.at(-1) : undefined;
    if (last === undefined) return;
    last.change(this.#state(cursor.level));
    Object.assign(cursor, last.next);
  }
}

/** Shots that go on together from a fork, and what happens to the state there. */
interface Part {
  readonly change: (register: Statevector) => void;
  readonly next: Partial<Cursor> & { readonly shots: readonly number[] };
}

function applyAll(register: Statevector, steps: readonly UnitaryStep[]): void {
  for (const step of steps) register.applyUnitary(step);
}

/** Members by key, in the order in which keys first come. */
function groupBy(
  members: readonly number[],
  keyOf: (member: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return groups;
}
