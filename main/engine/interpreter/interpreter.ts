import type { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import { checkTime } from '#shared/qasm/semantics3/durations.ts';
import { operationsOf } from '#shared/qasm/semantics3/gate-step.ts';
import type { Cell } from '#shared/qasm/semantics3/memory.ts';
import type { Step } from '#shared/qasm/semantics3/program-steps.ts';
import type { CompiledNoise } from '../noise/model.ts';
import { applyGate } from '../simulators/branches.ts';
import type { LiveStates } from '../simulators/live-states.ts';
import type { UnitaryStep } from '../simulators/register.ts';
import type { GateBinder } from './gates.ts';
import { going, mergeThreads, takeJumps, type Thread, type Threads } from './thread.ts';

export interface InterpreterOptions {
  readonly gates: GateBinder;
  readonly noise: CompiledNoise | null;
  readonly cancel: CancelFlag;
  /** Holds the states of all ways. */
  readonly live: LiveStates;
  /** Steps that all threads together may take. */
  readonly maximumSteps: number;
  /** Draws one outcome where given, instead of following both. */
  readonly draw: (() => number) | null;
}

/** Below this probability a way is rounding noise. */
const negligible = 1e-15;
/** A loop is left where less than this weight is still in it. */
const unresolvedLimit = 1e-12;

const origin = { start: 0, end: 0 };

/** Follows a program along all outcomes of its measurements (or one, where they are drawn). */
export class Interpreter {
  readonly #options: InterpreterOptions;
  #steps = 0;
  /** Weight of ways that were given up because hardly anything takes them. */
  unresolved = 0;

  constructor(options: InterpreterOptions) {
    this.#options = options;
  }

  /** All threads at the end of a program, however they came there. */
  runAll(thread: Thread, steps: readonly Step[]): Thread[] {
    const { next, jumped } = this.run([thread], steps);
    return this.#merge([...next, ...jumped.flatMap(({ threads }) => threads)]);
  }

  run(threads: Thread[], steps: readonly Step[]): Threads {
    let current = threads;
    const jumped: Threads['jumped'] = [];
    for (const step of steps) {
      if (current.length === 0) break;
      this.#count(current.length);
      const after = this.#step(current, step);
      jumped.push(...after.jumped);
      current = after.next;
    }
    return { next: current, jumped };
  }

  #count(steps: number): void {
    this.#options.cancel.throwIfCancelled();
    this.#steps += steps;
    if (this.#steps <= this.#options.maximumSteps) return;
    throw new AppError(
      'limit',
      `The program takes more than ${this.#options.maximumSteps} steps. Look for a loop that never ends.`,
      { steps: this.#options.maximumSteps },
    );
  }

  #step(threads: Thread[], step: Step): Threads {
    switch (step.kind) {
      case 'gate':
        for (const thread of threads) {
          this.#apply(thread, operationsOf(step, thread.memory, origin) as GateOperation[]);
        }
        return going(threads);
      case 'gates':
        for (const thread of threads) this.#apply(thread, step.operations);
        return going(threads);
      case 'run':
        for (const { memory } of threads) step.run(memory);
        return going(threads);
      case 'measure':
        return going(this.#admit(threads.flatMap((thread) => this.#measure(thread, step))));
      case 'reset':
        return going(
          this.#admit(
            threads.flatMap((thread) =>
              step.wires
                .run(thread.memory)
                .reduce(
                  (all, qubit) => this.#merge(all.flatMap((one) => this.#reset(one, qubit))),
                  [thread],
                ),
            ),
          ),
        );
      case 'delay':
        for (const { memory } of threads) checkTime(step, memory);
        return going(threads);
      case 'barrier':
        return going(threads);
      case 'block':
        return this.#block(threads, step);
      case 'if':
        return this.#split(threads, (thread) =>
          step.condition.run(thread.memory) === true ? step.body : step.otherwise,
        );
      case 'switch':
        return this.#split(threads, ({ memory }) => {
          const value = step.subject.run(memory) as bigint;
          return step.cases.find(({ labels }) => labels.includes(value))?.body ?? step.otherwise;
        });
      case 'for':
        return this.#for(threads, step);
      case 'while':
        return this.#while(threads, step);
      case 'refuse':
        throw new AppError('unsupported', step.message);
      default:
        return { next: [], jumped: [{ outcome: step.kind, threads }] };
    }
  }

  #apply({ register }: Thread, operations: readonly GateOperation[]): void {
    this.#options.cancel.throwIfCancelled();
    for (const operation of operations) {
      for (const { instruction, steps } of this.#options.gates.bind(operation)) {
        applyGate(register, instruction, steps, this.#options.noise);
      }
    }
  }

  #block(threads: Thread[], step: Step & { kind: 'block' }): Threads {
    for (const { memory } of threads) checkTime(step, memory);
    const after = this.run(threads, step.body);
    const all = [...after.next, ...after.jumped.flatMap((jump) => jump.threads)];
    for (const { memory } of all) {
      for (const slot of step.locals) memory.slots[slot] = undefined;
    }
    if (!step.isCall) return after;
    const { taken, rest } = takeJumps(after, ['return']);
    return { next: this.#merge([...after.next, ...taken]), jumped: rest };
  }

  /** Each thread takes the steps that its memory chooses. */
  #split(threads: Thread[], choose: (thread: Thread) => readonly Step[]): Threads {
    const ways = new Map<readonly Step[], Thread[]>();
    for (const thread of threads) {
      const steps = choose(thread);
      ways.set(steps, [...(ways.get(steps) ?? []), thread]);
    }
    const next: Thread[] = [];
    const jumped: Threads['jumped'] = [];
    for (const [steps, group] of ways) {
      const after = this.run(group, steps);
      next.push(...after.next);
      jumped.push(...after.jumped);
    }
    return { next: ways.size > 1 ? this.#merge(next) : next, jumped };
  }

  /** Every thread has its own values: they may depend on what was measured. */
  #for(threads: Thread[], step: Step & { kind: 'for' }): Threads {
    const groups = new Map<string, Thread[]>();
    for (const thread of threads) {
      const key = threads.length === 1 ? '' : thread.memory.key();
      groups.set(key, [...(groups.get(key) ?? []), thread]);
    }
    const left: Thread[] = [];
    const jumped: Threads['jumped'] = [];
    for (const group of groups.values()) {
      const after = this.#forGroup(group, step);
      left.push(...after.next);
      jumped.push(...after.jumped);
    }
    return { next: this.#merge(left), jumped };
  }

  #forGroup(group: Thread[], step: Step & { kind: 'for' }): Threads {
    const [first] = group;
    if (first === undefined) return going([]);
    let inside = group;
    const left: Thread[] = [];
    const jumped: Threads['jumped'] = [];
    for (const value of step.values(first.memory)) {
      if (inside.length === 0) break;
      this.#count(inside.length);
      for (const { memory } of inside) memory.slots[step.slot] = value;
      const after = this.run(inside, step.body);
      const broken = takeJumps(after, ['break']);
      const going = takeJumps({ next: [], jumped: broken.rest }, ['continue']);
      left.push(...broken.taken);
      jumped.push(...going.rest);
      inside = this.#merge([...after.next, ...going.taken]);
    }
    for (const { memory } of [...left, ...inside]) memory.slots[step.slot] = undefined;
    return { next: [...left, ...inside], jumped };
  }

  #while(threads: Thread[], step: Step & { kind: 'while' }): Threads {
    let inside = threads;
    let left: Thread[] = [];
    const jumped: Threads['jumped'] = [];
    while (inside.length > 0) {
      this.#count(inside.length);
      const ready = this.run(inside, step.before);
      jumped.push(...ready.jumped);
      const staying: Thread[] = [];
      for (const thread of ready.next) {
        (step.condition.run(thread.memory) === true ? staying : left).push(thread);
      }
      left = this.#merge(left);
      const weight = staying.reduce((sum, { register }) => sum + register.weight(), 0);
      if (staying.length > 0 && weight < unresolvedLimit && this.#options.draw === null) {
        this.unresolved += weight;
        for (const { register } of staying) this.#options.live.drop(register);
        break;
      }
      const after = this.run(staying, step.body);
      const broken = takeJumps(after, ['break']);
      const going = takeJumps({ next: [], jumped: broken.rest }, ['continue']);
      left.push(...broken.taken);
      jumped.push(...going.rest);
      inside = this.#merge([...after.next, ...going.taken]);
    }
    return { next: this.#merge(left), jumped };
  }

  #measure(thread: Thread, step: Step & { kind: 'measure' }): Thread[] {
    const qubits = step.wires.run(thread.memory);
    const cells = step.cells?.(thread.memory) ?? null;
    if (cells !== null && cells.length !== qubits.length) {
      throw new AppError(
        'bad-input',
        `${qubits.length} qubits are measured into ${cells.length} bits.`,
      );
    }
    return qubits.reduce(
      (all, qubit, i) =>
        this.#merge(all.flatMap((one) => this.#measureOne(one, qubit, cells?.[i] ?? null))),
      [thread],
    );
  }

  #measureOne(thread: Thread, qubit: number, cell: Cell | null): Thread[] {
    const error = this.#options.noise?.readout.get(qubit);
    return this.#collapse(thread, qubit).flatMap(({ thread: after, value }) => {
      if (cell === null) return [after];
      const wrong =
        error === undefined ? 0 : value === 0 ? error.p_read1_given0 : error.p_read0_given1;
      if (wrong === 0) return [written(after, cell, value)];
      if (this.#options.draw !== null) {
        return [written(after, cell, this.#options.draw() < wrong ? 1 - value : value)];
      }
      const mistaken = {
        memory: after.memory.fork(),
        register: this.#options.live.copy(after.register),
      };
      mistaken.register.scale(wrong);
      after.register.scale(1 - wrong);
      return [written(after, cell, value), written(mistaken, cell, 1 - value)];
    });
  }

  #reset(thread: Thread, qubit: number): Thread[] {
    return this.#collapse(thread, qubit).map(({ thread: after, value }) => {
      if (value === 1) after.register.applyUnitary(flipOf(qubit));
      return after;
    });
  }

  /** The parts where the qubit is 0 and 1, without parts of no weight; one of them where it is drawn. */
  #collapse(thread: Thread, qubit: number): { thread: Thread; value: 0 | 1 }[] {
    const { register, memory } = thread;
    this.#options.cancel.throwIfCancelled();
    const one = register.weightOfOne(qubit);
    const zero = register.weight() - one;
    if (this.#options.draw !== null) {
      const value = this.#options.draw() * (zero + one) < one ? 1 : 0;
      register.scale(1 / register.project(qubit, value));
      return [{ thread, value }];
    }
    if (one <= negligible || zero <= negligible) {
      const value = one <= negligible ? 0 : 1;
      register.project(qubit, value);
      return [{ thread, value }];
    }
    const other = { memory: memory.fork(), register: this.#options.live.copy(register) };
    register.project(qubit, 0);
    other.register.project(qubit, 1);
    return [
      { thread, value: 0 },
      { thread: other, value: 1 },
    ];
  }

  #admit(threads: Thread[]): Thread[] {
    const merged = this.#merge(threads);
    this.#options.live.admit(merged.length);
    return merged;
  }

  #merge(threads: Thread[]): Thread[] {
    const { live, cancel } = this.#options;
    return mergeThreads(threads, live, cancel);
  }
}

function written(thread: Thread, { slot, bit }: Cell, value: number): Thread {
  thread.memory.writeBit(slot, bit, BigInt(value));
  return thread;
}

function flipOf(qubit: number): UnitaryStep {
  return {
    matrix: { size: 2, re: Float64Array.of(0, 1, 1, 0), im: new Float64Array(4) },
    targets: [qubit],
    controls: [],
    isDiagonal: false,
  };
}
