import { registerValue } from '../../circuit/condition.ts';
import { AppError } from '../../base/errors.ts';
import type { Condition, Operation, Origin } from '../../circuit/circuit.ts';
import { checkTime } from './durations.ts';
import { mostWasted, stepLimit, unrollLimit } from './budget.ts';
import { conditionWhere, outcomesOf } from './conditions.ts';
import { hasQuantum, isCompound, wiresIn } from './footprint.ts';
import { operationsOf } from './gate-step.ts';
import { type Content, type Memory, Unknown, UnknownRead, type Wires } from './memory.ts';
import { type CalleeBase, caseOf, passOf, Places } from './places.ts';
import { type Code, type GateStep, type Step, writesOf } from './program-steps.ts';
import type { BitRegister3 } from './scope.ts';
import { isStop, Walker } from './walk.ts';
import {
  copied,
  differingBits,
  knownBits,
  type Register,
  same,
  type Saved,
} from './writer-memory.ts';

/** Thrown where a circuit cannot say what the program does; the statement becomes opaque. */
class NotRepresentable extends Error {}

type Outcome = 'next' | 'break' | 'continue' | 'return' | 'end';

/**
 * Runs a program as far as it can be known before it runs, and writes down what it does to qubits.
 * Bits that the circuit writes are unknown to the memory; what depends on them becomes a condition.
 */
export class CircuitWriter {
  readonly memory: Memory;
  readonly operations: Operation[] = [];
  /** False as soon as something is opaque: the circuit alone cannot be simulated. */
  isWhole = true;
  hasEnded = false;
  /** Places in the lists of wires of what was written: they take memory as operations do. */
  weight = 0;
  readonly #registers: ReadonlyMap<number, Register>;
  readonly #lists = new Map<string, readonly number[]>();
  /** Steps that made hardly any operations, or none that a circuit says. */
  #wasted = 0;
  /** Bits that operations wrote: the circuit's bit may be other than 0. */
  #touched: Uint8Array;
  readonly #keepsPhases: boolean;
  #allQubits: Wires = [];
  #steps = 0;
  #most = 0;
  readonly #places: Places;
  #place: { start: number; end: number } = { start: 0, end: 0 };

  /** `keepsPhases`: inside a gate, whose phase a control on it would see. */
  constructor(
    memory: Memory,
    registers: readonly BitRegister3[],
    keepsPhases = false,
    calleeBase?: CalleeBase,
  ) {
    this.#keepsPhases = keepsPhases;
    this.#places = new Places(calleeBase);
    this.memory = memory;
    let first = 0;
    const bySlot = new Map<number, Register>();
    for (const { slot, size } of registers) {
      bySlot.set(slot, { first, size, unknown: new Unknown(0n, (1n << BigInt(size)) - 1n) });
      first += size;
    }
    this.#registers = bySlot;
    this.#touched = new Uint8Array(first);
  }

  /** Bits whose value at the end is known although the circuit may say otherwise. */
  knownBits(): Map<number, 0 | 1> {
    const known = new Map<number, 0 | 1>();
    for (const [slot, { first, size, unknown }] of this.#registers) {
      const content = this.memory.slots[slot];
      if (content === unknown) continue;
      const bitAt = knownBits(content);
      for (let bit = 0; bit < size; bit++) {
        const value = bitAt(bit);
        if (value === null || (value === 0 && this.#touched[first + bit] === 0)) continue;
        known.set(first + bit, value);
      }
    }
    return known;
  }

  /**
   * Adds a statement; a fault that is sure to happen when it runs is given back. `base` is what the
   * places of its steps count from, null where they lie in another file.
   */
  add(
    steps: readonly Step[],
    { origin, base }: { readonly origin: Origin; readonly base: number | null },
    qubitCount: number,
    label: () => string,
  ): { readonly message: string; readonly start: number; readonly end: number } | null {
    if (this.hasEnded) return null;
    this.#places.begin(origin, base);
    if (this.#allQubits.length !== qubitCount) {
      this.#allQubits = Array.from({ length: qubitCount }, (_, i) => i);
    }
    this.#steps = 0;
    this.#most = this.operations.length + Math.max(unrollLimit, qubitCount);
    const isSimple = !steps.some(isCompound);
    const before = isSimple ? null : this.#save(writesOf(steps));
    const count = this.operations.length;
    try {
      // Too much was followed for few operations: the rest runs step by step.
      if (!isSimple && this.#wasted > mostWasted) throw new NotRepresentable();
      if (this.#run(steps) === 'end') this.hasEnded = true;
      this.#wasted += Math.max(0, this.#steps - 10 * (this.operations.length - count));
      return null;
    } catch (fault) {
      if (fault instanceof AppError) {
        // What it was to set is not known; what follows is still read, for its own faults.
        for (const slot of writesOf(steps)) this.memory.slots[slot] = new Unknown();
        return { message: fault.message, ...this.#place };
      }
      if (!(fault instanceof NotRepresentable || fault instanceof UnknownRead)) throw fault;
      this.#wasted += this.#steps;
      this.operations.length = count;
      if (before !== null) this.#restore(before);
      this.#places.begin(origin, base);
      this.#addOpaque(steps, label(), origin);
      return null;
    }
  }

  /** What the slots hold now; a program has many that a statement has nothing to do with. */
  #save(slots: Iterable<number>): Saved {
    const contents = new Map<number, Content>();
    for (const slot of slots) contents.set(slot, copied(this.memory.slots[slot]));
    return { contents, touched: this.#touched.slice() };
  }

  #restore({ contents, touched }: Saved): void {
    for (const [slot, content] of contents) this.memory.slots[slot] = copied(content);
    this.#touched = touched.slice();
  }

  #addOpaque(steps: readonly Step[], label: string, origin: Origin): void {
    const touchesQubits = hasQuantum(steps);
    const writes = writesOf(steps);
    for (const slot of writes) {
      const register = this.#registers.get(slot);
      this.memory.slots[slot] = register?.unknown ?? new Unknown();
      if (register === undefined) continue;
      this.#touched.fill(1, register.first, register.first + register.size);
    }
    const bits = this.#bitsOf(writes);
    if (!touchesQubits && bits.length === 0) return;
    this.isWhole = false;
    const qubits = touchesQubits ? wiresIn(steps, this.#allQubits) : [];
    if (qubits !== this.#allQubits) this.weight += qubits.length;
    const sketch = touchesQubits ? this.#sketchOf(steps) : null;
    const more = sketch === null ? {} : { sketch };
    this.operations.push({ kind: 'opaque', label, qubits, bits, ...more, origin });
  }

  /** The circuit's bits of these variables; one list for all statements that change the same ones. */
  #bitsOf(slots: ReadonlySet<number>): readonly number[] {
    const registers = [...slots].filter((slot) => this.#registers.has(slot)).sort((a, b) => a - b);
    const key = registers.join();
    let bits = this.#lists.get(key);
    if (bits === undefined) {
      bits = registers.flatMap((slot) => {
        const { first, size } = this.#registers.get(slot) as Register;
        return Array.from({ length: size }, (_, i) => first + i);
      });
      this.#lists.set(key, bits);
      this.weight += bits.length;
    }
    return bits;
  }

  /** What the steps do in one pass; null where not even that is known. */
  #sketchOf(steps: readonly Step[]): readonly Operation[] | null {
    const walker = new Walker({
      memory: this.memory.fork(),
      places: this.#places,
      qubitCount: this.#allQubits.length,
      registers: this.#registers,
      outcomes: [],
      isSketch: true,
    });
    try {
      walker.run(steps);
    } catch (fault) {
      if (!isStop(fault)) throw fault;
      return null;
    }
    return walker.operations.length === 0 ? null : walker.operations;
  }

  #run(steps: readonly Step[]): Outcome {
    for (const step of steps) {
      if (++this.#steps > stepLimit || this.operations.length > this.#most)
        throw new NotRepresentable();
      const outcome = this.#step(step);
      if (outcome !== 'next') return outcome;
    }
    return 'next';
  }

  #step(step: Step): Outcome {
    this.#place = { start: step.start, end: step.end };
    switch (step.kind) {
      case 'gate':
        this.#gate(step);
        return 'next';
      case 'gates': {
        const origin = this.#places.originOf(step);
        // Spelled out, because copying through a spread costs ten times as much.
        for (const { gate, parameters, qubits } of step.operations) {
          this.operations.push({ kind: 'gate', gate, parameters, qubits, origin });
        }
        return 'next';
      }
      case 'run':
        step.run(this.memory);
        if (step.isBareDeclaration === true) this.#declareBits(step.writes);
        return 'next';
      case 'measure':
        this.#measure(step);
        return 'next';
      case 'reset': {
        const origin = this.#places.originOf(step);
        for (const qubit of step.wires.run(this.memory)) {
          this.operations.push({ kind: 'reset', qubit, origin });
        }
        return 'next';
      }
      case 'barrier':
      case 'delay':
        this.#idle(step);
        return 'next';
      case 'block':
        return this.#block(step);
      case 'if':
      case 'switch':
        return this.#choose(step);
      case 'for':
        return this.#loop(step);
      case 'while':
        return this.#while(step);
      case 'refuse':
        throw new NotRepresentable();
      default:
        return step.kind;
    }
  }

  /** The circuit's bits are 0 at the start, and what depends on them stays a condition. */
  #declareBits(slots: readonly number[]): void {
    for (const slot of slots) {
      const register = this.#registers.get(slot);
      if (register !== undefined) this.memory.slots[slot] = register.unknown;
    }
  }

  /** A comparison of a whole register needs no look at its outcomes one by one. */
  #compared({ comparison }: Code): Condition | null {
    const register = comparison === undefined ? undefined : this.#registers.get(comparison.slot);
    if (comparison === undefined || register === undefined) return null;
    const { first, size } = register;
    const content = this.memory.slots[comparison.slot];
    const all = (1n << BigInt(size)) - 1n;
    const { value, isNegated } = comparison;
    const isFree = content instanceof Unknown && (content.mask & all) === all;
    if (!isFree || value < 0n || value > all) return null;
    const bits = Array.from({ length: size }, (_, i) => first + i);
    return { bits, value: registerValue(value), ...(isNegated ? { negated: true } : {}) };
  }

  #gate(step: GateStep): void {
    const origin = this.#places.originOf(step);
    for (const operation of operationsOf(step, this.memory, origin, this.#keepsPhases)) {
      this.operations.push(operation);
    }
  }

  #measure(step: Step & { kind: 'measure' }): void {
    const qubits = step.wires.run(this.memory);
    const cells = step.cells?.(this.memory) ?? null;
    const origin = this.#places.originOf(step);
    if (cells !== null && cells.length !== qubits.length) {
      throw new AppError(
        'bad-input',
        `${qubits.length} qubits are measured into ${cells.length} bits.`,
      );
    }
    qubits.forEach((qubit, i) => {
      const cell = cells?.[i];
      const register = cell === undefined ? undefined : this.#registers.get(cell.slot);
      if (cell !== undefined && register === undefined) throw new NotRepresentable();
      const bit =
        cell === undefined || register === undefined
          ? null
          : register.first + Math.max(cell.bit, 0);
      if (cell !== undefined) this.memory.writeBit(cell.slot, cell.bit, null);
      if (bit !== null) this.#touched[bit] = 1;
      this.operations.push({ kind: 'measure', qubit, bit, origin });
    });
  }

  #idle(step: Step & { kind: 'barrier' | 'delay' }): void {
    checkTime(step, this.memory);
    const { kind, wires } = step;
    const origin = this.#places.originOf(step);
    const [first, second] = wires ?? [];
    // The list of one operand has nothing twice; a register's is the same for all statements.
    const qubits =
      wires === null
        ? this.#allQubits
        : first !== undefined && second === undefined
          ? first.run(this.memory)
          : [...new Set(wires.flatMap((one) => one.run(this.memory)))];
    if (wires !== null && (second !== undefined || first?.fixed === undefined)) {
      this.weight += qubits.length;
    }
    if (kind === 'barrier') this.operations.push({ kind, qubits, origin });
    else {
      const facts = { label: 'delay', qubits, bits: [], isInert: true } as const;
      this.operations.push({ kind: 'opaque', ...facts, origin });
    }
  }

  #block(step: Step & { kind: 'block' }): Outcome {
    checkTime(step, this.memory);
    const outcome = this.#runBlock(step);
    for (const slot of step.locals) {
      if (!this.#registers.has(slot)) this.memory.slots[slot] = undefined;
    }
    return step.isCall && outcome === 'return' ? 'next' : outcome;
  }

  #runBlock(step: Step & { kind: 'block' }): Outcome {
    const run = (): Outcome => this.#run(step.body);
    if (step.callee !== undefined) return this.#places.withinCall(step, step.callee, run);
    return step.isBox === true ? this.#places.within('box', step, '', run) : run();
  }

  #loop(step: Step & { kind: 'for' }): Outcome {
    for (const value of step.values(this.memory)) {
      this.memory.slots[step.slot] = value;
      const pass = passOf(step.name, value);
      const outcome = this.#places.within('for', step, pass, () => this.#run(step.body));
      if (outcome === 'break') break;
      if (outcome === 'return' || outcome === 'end') return outcome;
      if (++this.#steps > stepLimit) throw new NotRepresentable();
    }
    return 'next';
  }

  #while(step: Step & { kind: 'while' }): Outcome {
    for (let round = 1; ; round++) {
      const outcome = this.#run(step.before);
      if (outcome !== 'next') return outcome;
      if (step.condition.run(this.memory) !== true) return 'next';
      const pass = `round ${round}`;
      const inner = this.#places.within('while', step, pass, () => this.#run(step.body));
      if (inner === 'break') return 'next';
      if (inner === 'return' || inner === 'end') return inner;
      if (++this.#steps > stepLimit) throw new NotRepresentable();
    }
  }

  /** Both ways of a condition that depends on outcomes; a chain of them for a switch. */
  #choose(step: Step & { kind: 'if' | 'switch' }): Outcome {
    const subject = step.kind === 'if' ? step.condition : step.subject;
    const whole = this.#compared(subject);
    const table =
      whole === null ? outcomesOf(subject, this.memory, this.#registers, this.#touched) : null;
    if (table === null && whole === null) throw new NotRepresentable();
    const ways =
      step.kind === 'if'
        ? [{ isWanted: (value: Content) => value === true, pass: '', body: step.body }]
        : step.cases.map(({ labels, body }) => ({
            isWanted: (value: Content) => labels.includes(value as bigint),
            pass: caseOf(labels),
            body,
          }));
    const origin = this.#places.originOf(step);
    const within = (pass: string, body: readonly Step[]): Outcome =>
      this.#places.within(step.kind, step, pass, () => this.#run(body));
    const otherwise = (): Outcome =>
      step.kind === 'switch'
        ? within('default', step.otherwise)
        : this.#places.within('else', step, '', () => this.#run(step.otherwise));
    const choose = (at: number): Outcome => {
      const way = ways[at];
      if (way === undefined) return otherwise();
      const condition = table === null ? whole : conditionWhere(table, way.isWanted);
      if (condition === null) throw new NotRepresentable();
      if (typeof condition === 'boolean') {
        return condition ? within(way.pass, way.body) : choose(at + 1);
      }
      const before = this.operations.length;
      const slots = writesOf([step]);
      const start = this.#save(slots);
      this.#expectNext(within(way.pass, way.body));
      const body = this.operations.splice(before);
      const after = this.#save(slots);
      this.#restore(start);
      this.#expectNext(choose(at + 1));
      const other = this.operations.splice(before);
      this.#meet(after);
      if (body.length > 0 || other.length > 0) {
        this.operations.push({ kind: 'if', condition, body, otherwise: other, origin });
      }
      return 'next';
    };
    return choose(0);
  }

  #expectNext(outcome: Outcome): void {
    if (outcome !== 'next') throw new NotRepresentable();
  }

  /** What is known after either of two ways. */
  #meet(other: Saved): void {
    const { slots } = this.memory;
    for (const slot of other.contents.keys()) {
      const register = this.#registers.get(slot);
      if (register === undefined) continue;
      const { first, size } = register;
      const [a, b] = [slots[slot], other.contents.get(slot)];
      if (a === b) continue;
      const [atA, atB] = [knownBits(a), knownBits(b)];
      for (const bit of differingBits(a, b)) {
        if (bit >= size) continue;
        const [x, y] = [atA(bit), atB(bit)];
        const at = first + bit;
        // The circuit's bit must be what the program's is, whichever way was taken.
        const agrees = (value: 0 | 1 | null, touched: Uint8Array): boolean =>
          value === null || (value === 0 && touched[at] === 0);
        if (!agrees(x, this.#touched) || !agrees(y, other.touched)) throw new NotRepresentable();
        this.memory.writeBit(slot, bit, null);
      }
    }
    for (const [slot, content] of other.contents) {
      if (this.#registers.has(slot) || same(slots[slot], content)) continue;
      slots[slot] = new Unknown();
    }
    for (let i = 0; i < this.#touched.length; i++) {
      if (other.touched[i] === 1) this.#touched[i] = 1;
    }
  }
}
