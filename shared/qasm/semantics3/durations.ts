import { AppError } from '../../base/errors.ts';
import { parseTree } from '../syntax/tree.ts';
import { Reporter } from '../semantics/reporter.ts';
import type { Expression3, Stretch } from '../syntax3/nodes.ts';
import { codeOf, compileScalar, convertCode } from './code.ts';
import { type Content, Memory, UnknownRead } from './memory.ts';
import type { Code, Step, WireCode } from './program-steps.ts';
import { type Context, inside, Scope } from './scope.ts';
import { durationType } from './types.ts';

/** Statements whose time depends on the machine, or on the run. */
const unknownKinds: ReadonlySet<string> = new Set([
  'gate',
  'gates',
  'measure',
  'reset',
  'if',
  'for',
  'while',
  'switch',
]);

/** `durationof({ … })`: the longest chain of delays; what a machine takes for gates is not known. */
export function compileDurationOf(
  context: Context,
  syntax: Expression3 & { readonly kind: 'durationof' },
): Code {
  const { block } = syntax;
  const steps = stepsOf(context, block.text.slice(1, -1), block.start + 1, syntax);
  if (hasUnknown(steps)) {
    context.reporter.note(
      'unknown-duration',
      'How long gates, measurements and branches take is known to a machine only; here they count as 0.',
      syntax,
    );
  }
  const length = lengthOf(steps, new NothingKnown([]));
  if (length !== null) return codeOf(syntax, durationType, () => length, []);
  // The block is only timed: what it would change stays as it is.
  return codeOf(syntax, durationType, (memory) => lengthOf(steps, memory.fork()) ?? 0);
}

/** What a program knows before it runs: only what the timed steps themselves have set. */
class NothingKnown extends Memory {
  override read(slot: number): Content {
    const content = super.read(slot);
    if (content === undefined) throw new UnknownRead(slot, null);
    return content;
  }

  override readBit(slot: number, bit: number): bigint {
    if (this.slots[slot] === undefined) throw new UnknownRead(slot, bit);
    return super.readBit(slot, bit);
  }
}

/** The block's own steps, which never run; its faults stand where they are in the text. */
function stepsOf(context: Context, text: string, base: number, place: Stretch): readonly Step[] {
  const tree = parseTree(text, 3);
  const pending: Step[] = [];
  const scope = new Scope(context.scope);
  tree.statements.forEach(({ syntax, problems }, i) => {
    const start = base + (tree.starts[i] as number);
    const reporter = new Reporter({ start: place.start, end: place.end });
    if (syntax.kind === 'modern') {
      const inner = inside(context, { reporter, pending, scope, isGlobal: false });
      inner.compile.statement(inner, syntax.statement);
    }
    for (const problem of [...problems, ...reporter.problems]) {
      const { fix: _, ...facts } = problem;
      context.reporter.add({ ...facts, start: start + problem.start, end: start + problem.end });
    }
  });
  return pending;
}

function hasUnknown(steps: readonly Step[], seen = new Set<readonly Step[]>()): boolean {
  if (seen.has(steps)) return false;
  seen.add(steps);
  return steps.some(
    (step) => unknownKinds.has(step.kind) || (step.kind === 'block' && hasUnknown(step.body, seen)),
  );
}

/** Seconds that the steps take at least; null where a duration is not known without the memory. */
export function lengthOf(steps: readonly Step[], memory: Memory): number | null {
  try {
    const clock = new Clock(memory);
    clock.run(steps);
    return clock.latest;
  } catch {
    // A duration or an operand reads a variable that is not known yet.
    return null;
  }
}

/** Longer blocks have no length: calls in them may double at every level. */
const mostSteps = 100_000;
const tooManySteps = `A block of more than ${mostSteps} steps is not timed.`;

/** When each qubit is free again, as soon as possible. */
class Clock {
  readonly #memory: Memory;
  readonly #times = new Map<number, number>();
  #steps = 0;
  /** Of qubits that nothing was done to by itself. */
  #others = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get latest(): number {
    return Math.max(this.#others, ...this.#times.values());
  }

  run(steps: readonly Step[]): void {
    for (const step of steps) {
      if (++this.#steps > mostSteps) throw new AppError('limit', tooManySteps);
      this.#step(step);
    }
  }

  #step(step: Step): void {
    switch (step.kind) {
      case 'delay':
        this.#wait(step.wires, step.duration.run(this.#memory) as number);
        break;
      case 'barrier':
        this.#meet(step.wires);
        break;
      case 'gate':
        this.#meet(step.operands);
        break;
      case 'gates':
        for (const { qubits } of step.operations) this.#meetAt(qubits);
        break;
      case 'block': {
        const start = this.latest;
        this.run(step.body);
        const given = step.duration?.run(this.#memory) as number | undefined;
        if (given !== undefined) this.#setAll(Math.max(this.latest, start + given));
        break;
      }
      case 'run':
        step.run(this.#memory);
        break;
      default:
    }
  }

  #wires(wires: readonly WireCode[]): number[] {
    return wires.flatMap((one) => one.run(this.#memory));
  }

  #timeOf(qubit: number): number {
    return this.#times.get(qubit) ?? this.#others;
  }

  #wait(wires: readonly WireCode[] | null, seconds: number): void {
    if (wires === null) {
      this.#others += seconds;
      for (const [qubit, time] of this.#times) this.#times.set(qubit, time + seconds);
      return;
    }
    for (const qubit of this.#wires(wires)) this.#times.set(qubit, this.#timeOf(qubit) + seconds);
  }

  #meet(wires: readonly WireCode[] | null): void {
    if (wires === null) this.#setAll(this.latest);
    else this.#meetAt(this.#wires(wires));
  }

  #meetAt(qubits: readonly number[]): void {
    const latest = Math.max(0, ...qubits.map((qubit) => this.#timeOf(qubit)));
    for (const qubit of qubits) this.#times.set(qubit, latest);
  }

  #setAll(time: number): void {
    this.#others = time;
    for (const qubit of this.#times.keys()) this.#times.set(qubit, time);
  }
}

/** A time that is given to a delay or a box; below zero is refused where it is known. */
export function compileDuration(context: Context, syntax: Expression3): Code | null {
  const given = compileScalar(context, syntax);
  const duration = given === null ? null : convertCode(context, given, durationType);
  if (duration === null) return null;
  if (typeof duration.constant === 'number' && duration.constant < 0) {
    const message = `A time cannot be negative; this one is ${duration.constant} s.`;
    return context.reporter.error('negative-duration', message, syntax);
  }
  return duration;
}

/** Refuses a box that is shorter than what stands in it. */
export function checkBox(
  context: Context,
  duration: Code,
  body: readonly Step[],
  place: Stretch,
): void {
  const length = lengthOf(body, new NothingKnown([]));
  if (typeof duration.constant !== 'number' || length === null) return;
  const message = faultOfBox(duration.constant, length);
  if (message !== null) context.reporter.error('box-too-short', message, place);
}

function faultOfBox(given: number, length: number): string | null {
  if (length <= given * (1 + 1e-12)) return null;
  return `The box has ${given} s, but its delays take ${length} s. Make it longer.`;
}

/** Null where it depends on what is not known. */
function valueOf(duration: Code, memory: Memory): number | null {
  try {
    const value = duration.run(memory) as number;
    return Number.isFinite(value) ? value : null;
  } catch (fault) {
    if (fault instanceof UnknownRead) return null;
    throw fault;
  }
}

/** Refuses, when the program runs, the times that were not known when it was read. */
export function checkTime(step: Step, memory: Memory): void {
  if ((step.kind !== 'delay' && step.kind !== 'block') || step.duration === undefined) return;
  const { duration } = step;
  if (step.kind === 'delay' && duration.constant !== undefined) return;
  const given = valueOf(duration, memory);
  if (given === null) return;
  if (given < 0) {
    throw new AppError('bad-input', `A time cannot be negative; this one is ${given} s.`);
  }
  if (step.kind === 'delay') return;
  const length = lengthOf(step.body, memory.fork());
  const message = length === null ? null : faultOfBox(given, length);
  if (message !== null) throw new AppError('bad-input', message);
}
