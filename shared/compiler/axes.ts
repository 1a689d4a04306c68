import type { GateOperation } from '../circuit/circuit.ts';
import { numberOf } from '../circuit/expression.ts';
import { matrixOfCall } from '../circuit/unitary.ts';
import { pauliX, pauliY, pauliZ } from '../gates/define.ts';
import { gateById } from '../gates/registry.ts';
import { identity, kronecker, type Matrix, multiplyMatrices } from '../math/matrix.ts';

/** Letters that a gate commutes with on one of its qubits: X is 1, Y is 2, Z is 4. */
export type Axes = number;

const widest = 3;
const known = new Map<string, readonly Axes[]>();

/**
 * For each qubit of a bare gate of the registry the letters that commute with it there, whatever its angles.
 * Two gates commute if they have a letter in common on every qubit that they share: both are then made of
 * blocks of that letter, which act on different other qubits. Nothing is said of gates that are too wide.
 */
export function axesOf({ gate: id, qubits }: GateOperation): readonly Axes[] {
  const before = known.get(id);
  if (before !== undefined) return before;
  const gate = gateById(id);
  const found =
    gate === null || qubits.length > widest || qubits.length !== gate.qubitCount
      ? qubits.map(() => 0)
      : axesOfMatrix(
          // At angles that mean nothing: what commutes there commutes at all.
          matrixOfCall({
            kind: 'gate',
            gate: gate.id,
            qubits,
            parameters: gate.parameterNames.map((_, k) => numberOf(0.6180339 + 0.4142136 * k)),
          }),
          qubits.length,
        );
  known.set(id, found);
  return found;
}

function axesOfMatrix(matrix: Matrix, qubits: number): readonly Axes[] {
  return Array.from({ length: qubits }, (_, qubit) =>
    [pauliX, pauliY, pauliZ].reduce((axes, letter, k) => {
      const placed = Array.from({ length: qubits }, (__, q) => (q === qubit ? letter : identity(2)))
        .reverse()
        .reduce((all, one) => kronecker(all, one));
      return commute(matrix, placed) ? axes | (1 << k) : axes;
    }, 0),
  );
}

function commute(a: Matrix, b: Matrix): boolean {
  const [ab, ba] = [multiplyMatrices(a, b), multiplyMatrices(b, a)];
  return ab.re.every(
    (x, k) =>
      Math.abs(x - (ba.re[k] as number)) < 1e-9 &&
      Math.abs((ab.im[k] as number) - (ba.im[k] as number)) < 1e-9,
  );
}
