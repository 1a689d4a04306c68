import type { Circuit } from '#shared/circuit/circuit.ts';
import { evaluate } from '#shared/circuit/expression.ts';
import { embed } from '#shared/gates/product.ts';
import { gateById } from '#shared/gates/registry.ts';
import { add, type Complex, multiply, squaredNorm, zero } from '#shared/math/complex.ts';
import { controlled, type Matrix } from '#shared/math/matrix.ts';
import { textbookGates } from './textbook-gates.ts';

/**
 * The judge: a statevector as a plain list of complex numbers, every gate as the textbook prints it in a dense
 * 2^n × 2^n matrix, no branch taken for speed. Gates only; qubit 0 is the least significant bit.
 */
export function referenceState(circuit: Circuit, bindings: Record<string, number> = {}): Complex[] {
  const qubits = circuit.qubitRegisters.reduce((sum, register) => sum + register.size, 0);
  let state: Complex[] = Array.from({ length: 2 ** qubits }, (_, i) => ({
    re: i === 0 ? 1 : 0,
    im: 0,
  }));
  for (const operation of circuit.operations) {
    if (operation.kind !== 'gate') continue;
    const controls = operation.controls ?? [];
    const angles = operation.parameters.map((p) => evaluate(p, bindings));
    const matrix = textbookMatrix(operation.gate, angles);
    const wires = [...controls.map((control) => control.qubit), ...operation.qubits];
    // A control that stands for 0 is one for 1 between two flips.
    const flips = controls
      .filter(({ value }) => value === 0)
      .map(({ qubit }) => embed(textbookMatrix('x', []), [qubit], qubits));
    const steps = [...flips, embed(controlled(matrix, controls.length), wires, qubits), ...flips];
    state = steps.reduce((before, step) => times(step, before), state);
  }
  return state;
}

/** As the textbook has it; rc3x and its inverse are defined by their circuits alone. */
function textbookMatrix(id: string, angles: readonly number[]): Matrix {
  const rows = textbookGates[id]?.(...angles);
  if (rows !== undefined) {
    const entries = rows.flat();
    const [re, im] = [0, 1].map((part) => Float64Array.from(entries, (one) => one[part] as number));
    return { size: rows.length, re: re as Float64Array, im: im as Float64Array };
  }
  const gate = gateById(id);
  if (gate === null) throw new Error(`no gate ${id}`);
  return gate.matrix(angles);
}

function times(matrix: Matrix, vector: readonly Complex[]): Complex[] {
  return vector.map((_, row) =>
    vector.reduce((sum, entry, column) => {
      const index = row * matrix.size + column;
      return add(
        sum,
        multiply({ re: matrix.re[index] as number, im: matrix.im[index] as number }, entry),
      );
    }, zero),
  );
}

export function referenceProbabilities(
  circuit: Circuit,
  bindings: Record<string, number> = {},
): number[] {
  return referenceState(circuit, bindings).map(squaredNorm);
}
