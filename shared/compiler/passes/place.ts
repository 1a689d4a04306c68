import { AppError } from '../../base/errors.ts';
import { qubitCountOf } from '../../circuit/circuit.ts';
import type { CompilerState, Pass } from '../pass.ts';
import { perfectLayout } from '../perfect-layout.ts';
import { routableQubits } from '../regions.ts';
import { onQubits, relabelled } from '../relabel.ts';
import { pairGraphOf } from '../routing-graph.ts';

/** Tries at each level of effort. */
const budgets = [0, 50_000, 200_000, 1_000_000];

/** Qubit q of the program at qubit q of the target. */
export const placeTrivially: Pass = {
  id: 'place-trivially',
  title: 'Place one to one',
  summary: 'Puts qubit k of the program on the k-th usable qubit of the target.',
  run(state) {
    if (state.layout !== null) return state;
    const count = qubitCountOf(state.circuit);
    const usable = routableQubits(state.target, count);
    return placedAt(state, usable.slice(0, count));
  },
};

/** Where every interaction is a coupling already, if there is such a place. */
export const placePerfectly: Pass = {
  id: 'place-perfectly',
  title: 'Place without routing',
  summary: 'Looks for qubits whose couplings are all that the program needs, with the least error.',
  run(state) {
    const { circuit, target, layout, effort } = state;
    const count = qubitCountOf(circuit);
    if (layout !== null) return state;
    if (target.couplings === null) return placeTrivially.run(state);
    routableQubits(target, count);
    const graph = pairGraphOf(circuit.operations, count, false);
    const found = perfectLayout(graph, count, target, budgets[effort] ?? 0);
    return found === null ? state : placedAt(state, [...found]);
  },
};

/** The state with the qubits of the program on these of the target; `bad-input` where they cannot be. */
export function placedAt(state: CompilerState, places: readonly number[]): CompilerState {
  const { circuit, target } = state;
  const count = qubitCountOf(circuit);
  const isKnown = places.every((one) => Number.isInteger(one) && one >= 0 && one < target.qubits);
  if (places.length !== count || new Set(places).size !== count || !isKnown) {
    throw new AppError(
      'bad-input',
      `A layout gives each of the circuit's ${count} qubits another of the target's qubits 0 to ${target.qubits - 1}; got [${places.join(', ')}].`,
      { layout: places },
    );
  }
  const operations = circuit.operations.map((one) =>
    relabelled(one, (qubit) => places[qubit] as number),
  );
  return {
    ...state,
    circuit: onQubits(circuit, target.qubits, operations),
    layout: { initial: places, final: places },
  };
}
