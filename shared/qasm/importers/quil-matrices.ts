import { gate as callOf } from '../../circuit/build.ts';
import type { GateDefinition } from '../../circuit/circuit.ts';
import { synthesise } from '../../gates/synthesis.ts';
import { isUnitary, type Matrix, matrixOf, permuteBits } from '../../math/matrix.ts';
import { complexOf, parseFormula } from './formula.ts';
import { faultAt } from './importer.ts';
import type { QuilLine, QuilToken } from './quil-tokens.ts';

type Steps = Pick<GateDefinition, 'qubitNames' | 'body'>;

/** Quil's first qubit is the most significant bit of a matrix. */
function synthesised(rows: Parameters<typeof matrixOf>[0], name: QuilToken): Steps {
  checkRows(rows.length, name);
  return stepsOf(matrixOf(rows), name);
}

export function checkRows(count: number, name: QuilToken): void {
  const qubits = Math.log2(count);
  if (Number.isInteger(qubits) && qubits >= 1 && qubits <= 5) return;
  const message = `A gate's matrix has 2, 4, 8, 16 or 32 rows; this one has ${count}.`;
  throw faultAt('wrong-shape', message, name);
}

/** Steps for a matrix whose highest bit is the first qubit. */
export function stepsOf(matrix: Matrix, name: QuilToken): Steps {
  const qubits = Math.round(Math.log2(matrix.size));
  if (!isUnitary(matrix, 1e-6)) {
    const message = `The matrix of “${name.text}” is not unitary: its columns must have length 1 and be at right angles.`;
    throw faultAt('not-unitary', message, name);
  }
  const order = Array.from({ length: qubits }, (_, i) => qubits - 1 - i);
  const made = synthesise(permuteBits(matrix, order));
  const steps = made.steps.map((step) => callOf(step.gate, step.qubits, step.parameters));
  const phase = Math.abs(made.phase) < 1e-13 ? [] : [callOf('gphase', [], [made.phase])];
  return {
    qubitNames: Array.from({ length: qubits }, (_, i) => `q${i}`),
    body: [...steps, ...phase],
  };
}

/** The steps of a gate that is defined by the rows of its matrix, where its parameters have values. */
export function matrixSteps(
  name: QuilToken,
  body: readonly QuilLine[],
  values: ReadonlyMap<string, number>,
): Steps {
  checkRows(body.length, name);
  const written = (token: QuilToken): string => {
    if (token.kind !== 'formal') return token.text;
    const value = values.get(token.text.slice(1));
    if (value !== undefined) return `(${value})`;
    throw faultAt('undeclared-name', `The gate has no parameter “${token.text}”.`, token);
  };
  const rows = body.map((line) => {
    const cells = splitAt(line).map((tokens) => {
      const formula = parseFormula(tokens.map(written).join(' '), 'quil');
      const value = formula === null ? null : complexOf(formula);
      if (value !== null && Number.isFinite(value.re) && Number.isFinite(value.im)) return value;
      throw faultAt(
        'not-computable',
        'A number such as 1, 0.5i or cis(pi/4) was expected.',
        tokens[0] ?? line,
      );
    });
    if (cells.length === body.length) return cells;
    const message = `The matrix has ${body.length} rows, so each has ${body.length} numbers; ${cells.length} came.`;
    throw faultAt('wrong-shape', message, line);
  });
  return synthesised(rows, name);
}

/** The steps of a gate that is defined by where it takes each basis state. */
export function permutationSteps(name: QuilToken, body: readonly QuilLine[]): Steps {
  const targets = body.flatMap((line) => splitAt(line).map(([first]) => Number(first?.text)));
  const isPermutation = targets.toSorted((a, b) => a - b).every((target, i) => target === i);
  if (!isPermutation || targets.length > 32) {
    throw faultAt('wrong-shape', 'A permutation lists each number from 0 on once.', name);
  }
  return synthesised(
    targets.map((target) => targets.map((_, column) => (column === target ? 1 : 0))),
    name,
  );
}

function splitAt({ tokens }: QuilLine): QuilToken[][] {
  const parts: QuilToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
