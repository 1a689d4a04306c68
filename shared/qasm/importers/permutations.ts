import { gate as callOf } from '../../circuit/build.ts';
import type { GateOperation } from '../../circuit/circuit.ts';
import { multiControlledX } from '../../circuit/multi-control.ts';

/**
 * Steps of X with controls that take each basis state of the wires (the first one lowest) to its image:
 * from both ends the state that is next gets right and stays so, as those before it have fewer ones or
 * differ in a control (Miller, Maslov and Dueck 2003, one direction). O(n·2^n) steps.
 */
export function permutationOf(
  wires: readonly number[],
  image: (state: number) => number,
): GateOperation[] {
  const size = 2 ** wires.length;
  const table = Array.from({ length: size }, (_, state) => image(state));
  const steps: GateOperation[] = [];
  // Every step changes the images; done backwards they make the permutation.
  const apply = (controls: number, target: number): void => {
    for (let state = 0; state < size; state++) {
      const value = table[state] as number;
      if ((value & controls) === controls) table[state] = value ^ (1 << target);
    }
    const under = wires.filter((_, i) => ((controls >> i) & 1) === 1);
    steps.push(controlledX(under, wires[target] as number));
  };
  for (let state = 0; state < size; state++) {
    for (let bit = 0; bit < wires.length; bit++) {
      const value = table[state] as number;
      // Ones that are missing first: a control on the value's own ones leaves smaller states alone.
      if (((state & ~value) >> bit) & 1) apply(value, bit);
    }
    for (let bit = 0; bit < wires.length; bit++) {
      const value = table[state] as number;
      if (((value & ~state) >> bit) & 1) apply(state, bit);
    }
  }
  return steps.toReversed();
}

/** X where all controls are 1; short forms for few of them. */
export function controlledX(controls: readonly number[], target: number): GateOperation {
  const [only] = controls.length < 3 ? multiControlledX(controls, target, []) : [];
  if (only !== undefined) return only;
  const under = controls.map((qubit) => ({ qubit, value: 1 as const }));
  return { ...callOf('x', [target]), controls: under };
}
