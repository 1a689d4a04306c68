import type { Stretch } from '../syntax3/nodes.ts';
import type { Step } from './program-steps.ts';
import type { Context } from './scope.ts';

/**
 * Places that the statements of a program may name one by one: items of arrays, bits of aliases,
 * qubits of slices and broadcasts, operations of gate bodies. A file of a few lines can ask for many.
 */
export const maximumPlaces = 4_000_000;

/** Counts what a statement lists; false with a problem, told once, where the program lists too much. */
export function spend(context: Context, places: number, place: Stretch): boolean {
  const { state } = context;
  state.places += places;
  if (state.places <= maximumPlaces) return true;
  if (!state.isSpent) {
    state.isSpent = true;
    const message = `The program lists more than ${maximumPlaces.toLocaleString('en-US')} qubits, bits and items of arrays one by one up to here; the rest was not read. Use shorter arrays and registers, or fewer statements on all of them.`;
    context.reporter.error('program-too-large', message, place);
  }
  return false;
}

/** Blocks inside blocks, those of called subroutines included, that every later walk can follow. */
export const maximumHeight = 500;

const heights = new WeakMap<readonly Step[], number>();

/** How deep steps stand inside each other. */
export function heightOf(steps: readonly Step[]): number {
  let height = heights.get(steps);
  if (height !== undefined) return height;
  height = 0;
  for (const step of steps) {
    const inner = 'body' in step ? [step.body] : [];
    if ('otherwise' in step) inner.push(step.otherwise);
    if ('before' in step) inner.push(step.before);
    if (step.kind === 'switch') for (const { body } of step.cases) inner.push(body);
    for (const one of inner) height = Math.max(height, 1 + heightOf(one));
  }
  heights.set(steps, height);
  return height;
}

/** False with a problem where calls and blocks stand inside each other too deep. */
export function checkHeight(context: Context, steps: readonly Step[], place: Stretch): boolean {
  if (heightOf(steps) <= maximumHeight) return true;
  const message = `Calls and blocks are nested more than ${maximumHeight} deep here, those of the subroutines that are called included. Let fewer subroutines call each other.`;
  context.reporter.error('nested-too-deep', message, place);
  return false;
}

/** More operations or steps of one statement are not written out. */
export const unrollLimit = 20_000;
export const stepLimit = 200_000;

/** Beyond this many steps for nothing the statements that are left are not followed any more. */
export const mostWasted = 1_000_000;
