import { AppError } from '../../base/errors.ts';
import type { Operation } from '../../circuit/circuit.ts';
import { operationsOf } from './gate-step.ts';
import { type Memory, Unknown, UnknownRead } from './memory.ts';
import { caseOf, passOf, type Places } from './places.ts';
import type { Step, WireCode } from './program-steps.ts';
import { knownBits } from './writer-memory.ts';

/** More is not written down: a run may be long, a sketch is only looked at. */
const limits = {
  run: { operations: 20_000, steps: 200_000 },
  sketch: { operations: 1000, steps: 10_000 },
} as const;

/** Bits of all moments together: a long register at every one of many steps would fill the memory. */
export const mostWritten = 20_000_000;

type Jump = 'next' | 'break' | 'continue' | 'return' | 'end';

/** Thrown where the walk cannot go on; what was walked stays. */
export class WalkStopped extends Error {}

export interface WalkOptions {
  readonly memory: Memory;
  readonly places: Places;
  readonly qubitCount: number;
  /** The circuit's bits, by the slot of their register. */
  readonly registers: ReadonlyMap<number, { readonly first: number; readonly size: number }>;
  /** Outcomes of the measurements in the order in which they run; those beyond are unknown. */
  readonly outcomes: readonly (0 | 1)[];
  /** Whether each way and each loop is walked once where what decides is unknown. */
  readonly isSketch: boolean;
}

/** Walks through a program along given outcomes and writes down, in a straight line, what it does. */
export class Walker {
  readonly operations: Operation[] = [];
  /** Before each step that acts on qubits: how many operations there were, and the circuit's bits. */
  readonly moments: { readonly first: number; readonly bits: string }[] = [];
  readonly #options: WalkOptions;
  #measured = 0;
  #written = 0;
  #steps = 0;
  readonly #limit: { readonly operations: number; readonly steps: number };

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#limit = options.isSketch ? limits.sketch : limits.run;
  }

  run(steps: readonly Step[]): Jump {
    for (const step of steps) {
      this.#count();
      const jump = this.#step(step);
      // In a sketch what follows a jump may still run in another round.
      if (jump !== 'next' && !this.#options.isSketch) return jump;
    }
    return 'next';
  }

  #count(): void {
    const { operations, steps } = this.#limit;
    const isTooLong = ++this.#steps > steps || this.operations.length > operations;
    if (isTooLong) throw new WalkStopped();
  }

  /** The circuit's bits, the first one rightmost; "·" where one is not known or not written yet. */
  bits(): string {
    const { memory, registers } = this.#options;
    const all: string[] = [];
    for (const [slot, { size }] of registers) {
      const content = memory.slots[slot];
      const bitAt = knownBits(content);
      for (let bit = 0; bit < size; bit++) {
        all.push(content === undefined ? '·' : String(bitAt(bit) ?? '·'));
      }
    }
    return all.reverse().join('');
  }

  #step(step: Step): Jump {
    const { memory, places, isSketch } = this.#options;
    if (!isSketch && acting.has(step.kind)) {
      const bits = this.bits();
      this.#written += bits.length;
      if (this.#written > mostWritten) throw new WalkStopped();
      this.moments.push({ first: this.operations.length, bits });
    }
    switch (step.kind) {
      case 'gate':
        this.operations.push(...operationsOf(step, memory, places.originOf(step)));
        return 'next';
      case 'gates': {
        const origin = places.originOf(step);
        for (const one of step.operations) this.operations.push({ ...one, origin });
        return 'next';
      }
      case 'run':
        if (this.#known(() => step.run(memory)) === null) {
          for (const slot of step.writes) memory.slots[slot] = new Unknown();
        }
        return 'next';
      case 'measure':
        this.#measure(step);
        return 'next';
      case 'reset': {
        const origin = places.originOf(step);
        for (const qubit of step.wires.run(memory)) {
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
        return this.#for(step);
      case 'while':
        return this.#while(step);
      case 'refuse':
        throw new WalkStopped();
      default:
        return step.kind;
    }
  }

  #measure(step: Step & { kind: 'measure' }): void {
    const { memory, places, outcomes, registers } = this.#options;
    const origin = places.originOf(step);
    const cells = step.cells?.(memory) ?? null;
    step.wires.run(memory).forEach((qubit, i) => {
      const outcome = outcomes[this.#measured++];
      const cell = cells?.[i];
      if (cell !== undefined) {
        memory.writeBit(cell.slot, cell.bit, outcome === undefined ? null : BigInt(outcome));
      }
      const first = cell === undefined ? undefined : registers.get(cell.slot)?.first;
      const bit = first === undefined ? null : first + Math.max(cell?.bit ?? 0, 0);
      this.operations.push({ kind: 'measure', qubit, bit, origin });
    });
  }

  #idle(step: Step & { kind: 'barrier' | 'delay' }): void {
    const { memory, places, qubitCount, isSketch } = this.#options;
    const origin = places.originOf(step);
    const wires = (all: readonly WireCode[]): number[] => all.flatMap((one) => one.run(memory));
    const qubits =
      step.wires === null
        ? Array.from({ length: qubitCount }, (_, i) => i)
        : [...new Set(wires(step.wires))];
    this.operations.push(
      step.kind === 'delay' && isSketch
        ? { kind: 'opaque', label: 'delay', qubits, bits: [], isInert: true, origin }
        : { kind: 'barrier', qubits, origin },
    );
  }

  #block(step: Step & { kind: 'block' }): Jump {
    const { memory, places } = this.#options;
    const work = (): Jump => this.run(step.body);
    const { callee, isBox } = step;
    const jump =
      callee !== undefined
        ? places.withinCall(step, callee, work)
        : isBox === true
          ? places.within('box', step, '', work)
          : work();
    for (const slot of step.locals) memory.slots[slot] = undefined;
    return step.isCall && jump === 'return' ? 'next' : jump;
  }

  #choose(step: Step & { kind: 'if' | 'switch' }): Jump {
    const { memory, places } = this.#options;
    const ways = waysOf(step);
    const walk = ({ kind, pass, body }: Way): Jump =>
      body.length === 0 ? 'next' : places.within(kind, step, pass, () => this.run(body));
    const value = this.#known(() =>
      step.kind === 'if' ? step.condition.run(memory) : step.subject.run(memory),
    );
    if (value === null) {
      for (const way of ways) walk(way);
      return 'next';
    }
    const taken = ways.find(({ isTaken }) => isTaken(value.content));
    return taken === undefined ? 'next' : walk(taken);
  }

  /** Null, in a sketch, where it depends on what is not known. */
  #known<T>(ask: () => T): { readonly content: T } | null {
    try {
      return { content: ask() };
    } catch (fault) {
      if (fault instanceof UnknownRead && this.#options.isSketch) return null;
      throw fault;
    }
  }

  #for(step: Step & { kind: 'for' }): Jump {
    const { memory, places } = this.#options;
    const values = this.#known(() => step.values(memory))?.content ?? [new Unknown()];
    for (const value of values) {
      memory.slots[step.slot] = value;
      const pass = value instanceof Unknown ? '' : passOf(step.name, value);
      const jump = places.within('for', step, pass, () => this.run(step.body));
      if (jump === 'break') break;
      if (jump === 'return' || jump === 'end') return jump;
      this.#count();
    }
    return 'next';
  }

  #while(step: Step & { kind: 'while' }): Jump {
    const { memory, places, isSketch } = this.#options;
    if (isSketch) {
      places.within('while', step, '', () => this.run([...step.before, ...step.body]));
      return 'next';
    }
    for (let round = 1; ; round++) {
      const pass = `round ${round}`;
      const before = places.within('while', step, pass, () => this.run(step.before));
      if (before !== 'next') return before;
      if (step.condition.run(memory) !== true) return 'next';
      const jump = places.within('while', step, pass, () => this.run(step.body));
      if (jump === 'break') return 'next';
      if (jump === 'return' || jump === 'end') return jump;
      this.#count();
    }
  }
}

const acting: ReadonlySet<string> = new Set([
  'gate',
  'gates',
  'measure',
  'reset',
  'barrier',
  'delay',
]);

interface Way {
  readonly kind: 'if' | 'else' | 'switch';
  readonly pass: string;
  readonly body: readonly Step[];
  readonly isTaken: (value: unknown) => boolean;
}

function waysOf(step: Step & { kind: 'if' | 'switch' }): readonly Way[] {
  const last = { body: step.otherwise, isTaken: () => true };
  if (step.kind === 'if') {
    const first = { body: step.body, isTaken: (value: unknown) => value === true };
    return [
      { kind: 'if', pass: '', ...first },
      { kind: 'else', pass: '', ...last },
    ];
  }
  const cases = step.cases.map(
    ({ labels, body }): Way => ({
      kind: 'switch',
      pass: caseOf(labels),
      body,
      isTaken: (value) => labels.includes(value as bigint),
    }),
  );
  return [...cases, { kind: 'switch', pass: 'default', ...last }];
}

/** Whether a fault only says that something is not known or too long, not that it is wrong. */
export function isStop(fault: unknown): boolean {
  return fault instanceof WalkStopped || fault instanceof UnknownRead || fault instanceof AppError;
}
