import { gate, scaled } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import type { Expression } from '#shared/circuit/expression.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';

/** exp(−i·angle·P) for the string P of a term, up to a global phase; its coefficient is left out. */
export function pauliEvolution(
  { factors }: Pick<PauliTerm, 'factors'>,
  angle: Expression,
): GateOperation[] {
  const qubits = factors.map(({ qubit }) => qubit);
  const letters = factors.map(({ letter }) => letter.toLowerCase());
  const [letter] = letters;
  if (letter === undefined) return [];
  const turn = [scaled(2, angle)];
  if (qubits.length <= 2 && letters.every((one) => one === letter)) {
    return [gate(`r${letter.repeat(qubits.length)}`, qubits, turn)];
  }
  const toZ = factors.flatMap((one) =>
    one.letter === 'Z'
      ? []
      : [one.letter === 'X' ? gate('h', [one.qubit]) : gate('rx', [one.qubit], [Math.PI / 2])],
  );
  const last = qubits.at(-1) as number;
  const parity = qubits
    .slice(0, -1)
    .map((qubit, k) => gate('cx', [qubit, qubits[k + 1] as number]));
  const there = [...toZ, ...parity];
  return [...there, gate('rz', [last], turn), ...inverseOf(there)];
}
