import type { Circuit, Operation, TextBlock } from '#shared/circuit/circuit.ts';
import type { Trace, TraceStep } from '#shared/qasm/trace.ts';

/** Ways to go on in a run. `at` counts the steps that have run. */
export type Move = 'into' | 'over' | 'out' | 'on' | 'back' | 'back-to';

/**
 * Where a move leads; null where the trace ends before that is known, and more of it is needed. Past
 * the last step there is the end of the program.
 */
export function targetOf(
  { steps, isWhole }: Trace,
  at: number,
  move: Move,
  breakpoints: ReadonlySet<number>,
): number | null {
  const end = isWhole ? steps.length : null;
  const firstFrom = (from: number, stops: (index: number) => boolean): number | null => {
    for (let index = from; index < steps.length; index++) if (stops(index)) return index;
    return end;
  };
  switch (move) {
    case 'into':
      return firstFrom(at + 1, () => true);
    case 'over': {
      const level = levelAt(steps, at);
      const entered = steps[at]?.blocks[level];
      return firstFrom(at + 1, (index) => !isSame(steps[index]?.blocks[level], entered));
    }
    case 'out': {
      const level = levelAt(steps, at) - 1;
      const around = level < 0 ? undefined : steps[at]?.blocks[level];
      if (around === undefined) return end;
      return firstFrom(at + 1, (index) => !isSame(steps[index]?.blocks[level], around));
    }
    case 'on':
      return firstFrom(at + 1, (index) => isHit(steps, index, breakpoints));
    case 'back':
      return Math.max(0, at - 1);
    case 'back-to': {
      for (let index = Math.min(at, steps.length) - 1; index > 0; index--) {
        if (isHit(steps, index, breakpoints)) return index;
      }
      return 0;
    }
  }
}

/** In how many blocks the place before a step stands: a block that the step enters does not count. */
function levelAt(steps: readonly TraceStep[], at: number): number {
  const [before, next] = [steps[at - 1]?.blocks ?? [], steps[at]?.blocks ?? []];
  let level = 0;
  while (level < next.length && isSame(before[level], next[level])) level += 1;
  return level;
}

/** Rounds of one loop are the same block. */
function isSame(a: TextBlock | undefined, b: TextBlock | undefined): boolean {
  return a !== undefined && b !== undefined && a.start === b.start && a.end === b.end;
}

/** Whether a breakpoint stands on the statement that runs next or on a block that it enters. */
function isHit(
  steps: readonly TraceStep[],
  index: number,
  breakpoints: ReadonlySet<number>,
): boolean {
  const step = steps[index];
  if (step === undefined) return false;
  if (breakpoints.has(step.start)) return true;
  const before = steps[index - 1];
  const isNewStatement = before?.statement.start !== step.statement.start;
  if (isNewStatement && breakpoints.has(step.statement.start)) return true;
  return step.blocks.some(
    (block, level) => breakpoints.has(block.start) && before?.blocks[level] !== block,
  );
}

/** The rounds and ways in which a step stands: "i = 2", "round 3", "else". */
export function passesOf({ blocks }: TraceStep): readonly string[] {
  return blocks
    .map(({ kind, pass }) => (kind === 'else' ? 'else' : pass))
    .filter((one) => one !== '');
}

/** Each classical register at a place of the run: its bits, the first one rightmost. */
export function bitsAt(
  circuit: Circuit,
  { steps, bits }: Trace,
  at: number,
): readonly { readonly name: string; readonly bits: string }[] {
  const all = steps[at]?.bits ?? bits;
  let end = all.length;
  return circuit.bitRegisters.map(({ name, size }) => {
    end -= size;
    return { name, bits: all.slice(end, end + size) };
  });
}

/** Where statements that act on qubits, and blocks around them, begin in the text; ascending. */
export function stopsIn(circuit: Circuit): readonly number[] {
  const stops = new Set<number>();
  const visit = (operation: Operation): void => {
    const { origin } = operation;
    if (origin !== undefined) {
      stops.add(origin.start);
      if (origin.inside !== undefined) stops.add(origin.inside.start);
      for (const { start } of origin.inside?.blocks ?? []) stops.add(start);
    }
    if (operation.kind === 'if') [...operation.body, ...operation.otherwise].forEach(visit);
    if (operation.kind === 'opaque') operation.sketch?.forEach(visit);
  };
  circuit.operations.forEach(visit);
  return [...stops].toSorted((a, b) => a - b);
}
