import type { KernelOperation } from './operation.ts';
import { bitsOf, type Masks, score, take, type Worth } from './plan-masks.ts';

/** Operations done while a few register qubits (and the lanes) are held in vector registers. */
export interface Group {
  /** Ascending; none of them is a lane. */
  readonly registers: readonly number[];
  readonly operations: readonly KernelOperation[];
}

/** Choices of registers that a pass is tried to begin with. */
const firstTries = 4;

/** Phases count where they cost nothing in a group. */
const groupWorth: Worth = { mixing: 1, inside: 0.4, outside: 0.01, mustTouch: true };

/** The fewest groups that the best choices of a first one lead to: each loads and stores all of a block. */
export function planGroups(
  operations: readonly KernelOperation[],
  masks: Masks,
  taken: readonly number[],
  local: readonly number[],
  { laneBits, registerCount }: { readonly laneBits: number; readonly registerCount: number },
): Group[] {
  const candidates = local.slice(laneBits);
  const lanes = local.slice(0, laneBits).reduce((sum, qubit) => sum | (1 << qubit), 0);
  const choices = subsets(candidates, Math.min(registerCount, candidates.length));
  const plans = bestChoices(masks, taken, choices, lanes, firstTries).map((first) =>
    groupsAfter(masks, taken, first, choices, lanes),
  );
  const fewest = plans.reduce((best, plan) => (plan.length < best.length ? plan : best));
  return fewest.map(({ registers, taken: own }) => ({
    registers: bitsOf(registers),
    operations: own.map((i) => operations[i] as KernelOperation),
  }));
}

/** Groups that begin with a choice of registers and go on with the best one each time. */
function groupsAfter(
  masks: Masks,
  taken: readonly number[],
  first: number,
  choices: readonly number[],
  lanes: number,
): { readonly registers: number; readonly taken: readonly number[] }[] {
  const groups: { readonly registers: number; readonly taken: readonly number[] }[] = [];
  let rest = taken;
  let registers = first;
  while (rest.length > 0) {
    if (groups.length > 0) [registers = first] = bestChoices(masks, rest, choices, lanes, 1);
    let result = take(masks, rest, registers | lanes, true);
    // Phases that touch no register at all are left: any group can do them.
    if (result.taken.length === 0) result = take(masks, rest, registers | lanes, false);
    if (result.taken.length === 0) throw new Error('a group must take at least one operation');
    groups.push({ registers, taken: result.taken });
    rest = result.left;
  }
  return groups;
}

/** The choices with the highest scores, best first. */
function bestChoices(
  masks: Masks,
  rest: readonly number[],
  choices: readonly number[],
  lanes: number,
  count: number,
): number[] {
  const best: { readonly choice: number; readonly score: number }[] = [];
  for (const choice of choices) {
    const found = score(masks, rest, choice | lanes, groupWorth);
    const place = best.findIndex((one) => found > one.score);
    if (place >= 0) best.splice(place, 0, { choice, score: found });
    else if (best.length < count) best.push({ choice, score: found });
    if (best.length > count) best.pop();
  }
  // Where not even the best one takes anything, phases are left that any choice can do.
  return best.filter((one, i) => i === 0 || one.score > 0).map(({ choice }) => choice);
}

/** All masks of `count` of the qubits. */
function subsets(qubits: readonly number[], count: number): number[] {
  const result: number[] = [];
  const extend = (from: number, mask: number, missing: number): void => {
    if (missing === 0) {
      result.push(mask);
      return;
    }
    for (let i = from; i <= qubits.length - missing; i++) {
      extend(i + 1, mask | (1 << (qubits[i] as number)), missing - 1);
    }
  };
  extend(0, 0, count);
  return result;
}
