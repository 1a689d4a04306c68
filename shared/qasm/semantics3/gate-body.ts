import type { Operation } from '../../circuit/circuit.ts';
import { CircuitWriter } from './circuit.ts';
import { Unknown } from './memory.ts';
import type { Step } from './program-steps.ts';
import type { Context } from './scope.ts';

/** The body of a gate of the program's own, over its parameters. */
export function operationsOfGate(
  context: Context,
  steps: readonly Step[],
  parameterSlots: readonly number[],
  place: { readonly start: number; readonly end: number },
): readonly Operation[] {
  // A gate's body knows its own parameters only, however much the program has declared.
  const writer = new CircuitWriter(0, [], true);
  for (const slot of parameterSlots) writer.memory.slots[slot] = new Unknown();
  const fault = writer.add(steps, { origin: place, base: null }, 0, () => 'gate');
  const isSound = fault === null && writer.isWhole;
  if (!isSound) {
    const message =
      fault?.message ??
      'The body of a gate must be known when the gate is declared: loops with constant bounds, angles that are formulas over its parameters.';
    context.reporter.error('not-in-gate', message, fault ?? place);
  }
  return writer.operations.map((operation) => {
    const { origin: _, ...rest } = operation;
    return rest;
  });
}
