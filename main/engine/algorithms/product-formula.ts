import { scaled } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import { numberOf } from '#shared/circuit/expression.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { pauliEvolution } from '../ansatze/pauli-evolution.ts';
import { groupTerms } from '../simulators/measure-pauli.ts';

export type Order = 1 | 2 | 4;

/** Evolution under one group of terms, for a part of a step. */
interface Turn {
  readonly group: number;
  readonly part: number;
}

/** Gates of exp(−iHt) in `steps` equal steps, up to a global phase. Terms that commute qubit by qubit go together. */
export function evolution(
  sum: PauliSum,
  time: number,
  { steps, order }: { readonly steps: number; readonly order: Order },
): GateOperation[] {
  const groups = groupTerms(sum);
  const step = stepOf(groups.length, order, 1);
  const turns = merged(Array.from({ length: steps }, () => step).flat());
  return turns.flatMap(({ group, part }) =>
    (groups[group]?.terms ?? []).flatMap((term) => termEvolution(term, (part * time) / steps)),
  );
}

function termEvolution(term: PauliTerm, time: number): GateOperation[] {
  return pauliEvolution(term, scaled(term.coefficient, numberOf(time)));
}

/** Lie and Trotter, Strang, and Suzuki (1990, Phys. Lett. A 146, 319), whose errors go with `order` powers of a step. */
function stepOf(groups: number, order: Order, part: number): Turn[] {
  const forward = Array.from({ length: groups }, (_, group): Turn => ({ group, part }));
  if (order === 1) return forward;
  if (order === 2) {
    const half = forward.map(({ group }) => ({ group, part: part / 2 }));
    return [...half, ...half.toReversed()];
  }
  const outer = part / (4 - 4 ** (1 / 3));
  const pair = [...stepOf(groups, 2, outer), ...stepOf(groups, 2, outer)];
  return [...pair, ...stepOf(groups, 2, part - 4 * outer), ...pair];
}

/** Neighbours of the same group as one. */
function merged(turns: readonly Turn[]): Turn[] {
  const found: Turn[] = [];
  for (const turn of turns) {
    const last = found.at(-1);
    if (last?.group !== turn.group) found.push(turn);
    else found[found.length - 1] = { ...last, part: last.part + turn.part };
  }
  return found;
}
