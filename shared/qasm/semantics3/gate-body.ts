import type { Operation } from '../../circuit/circuit.ts';
import { CircuitWriter } from './circuit.ts';
import { BodyMemory, FaultyRead, Unknown } from './memory.ts';
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
  const writer = new CircuitWriter(new BodyMemory([]), [], true);
  for (const slot of parameterSlots) writer.memory.slots[slot] = new Unknown();
  const fault = faultOf(() => writer.add(steps, { origin: place, base: null }, 0, () => 'gate'));
  if (fault === 'elsewhere') return [];
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

/** What stands in the way of a body; `elsewhere`: a constant that it reads, whose declaration was reported. */
function faultOf<T>(write: () => T): T | 'elsewhere' {
  try {
    return write();
  } catch (thrown) {
    if (thrown instanceof FaultyRead) return 'elsewhere';
    throw thrown;
  }
}
