import { gate as callOf } from '../../circuit/build.ts';
import type { GateDefinition, GateOperation } from '../../circuit/circuit.ts';
import { evaluate, type Expression, parametersIn } from '../../circuit/expression.ts';
import { negative, part } from '../../circuit/multi-control.ts';
import { identity, kronecker, type Matrix, matrixOf, multiplyMatrices } from '../../math/matrix.ts';
import { faultAt } from './importer.ts';
import { stepsOf } from './quil-matrices.ts';
import { QuilCursor, type QuilLine, type QuilToken } from './quil-tokens.ts';

/** A product of Pauli matrices by qubit, first qubit first, with its factor. */
interface Term {
  readonly letters: string;
  readonly factor: Expression;
}

/** Reads `XX(-%theta/2) p q`. */
export function pauliTerm(
  line: QuilLine,
  qubits: readonly string[],
  expression: (cursor: QuilCursor) => Expression,
): Term {
  const cursor = new QuilCursor(line);
  const word = cursor.expectKind('word', 'letters such as XZ');
  if (!/^[IXYZ]+$/.test(word.text)) {
    throw faultAt('unexpected-token', `“${word.text}” is no product of I, X, Y and Z.`, word);
  }
  cursor.expect('(');
  const factor = expression(cursor);
  cursor.expect(')');
  const letters = Array.from({ length: qubits.length }, () => 'I');
  for (const letter of word.text) {
    const token = cursor.expectKind('word', 'a qubit for each letter');
    const at = qubits.indexOf(token.text);
    if (at < 0 || letters[at] !== 'I') {
      const message = `“${token.text}” is no qubit of the gate, or stands there twice.`;
      throw faultAt('wrong-qubit-count', message, token);
    }
    letters[at] = letter;
  }
  cursor.expectEnd();
  return { letters: letters.join(''), factor };
}

/** Whether all terms can be taken one after the other: each pair differs at an even number of places. */
export function allCommute(terms: readonly Term[]): boolean {
  return terms.every(({ letters }, k) =>
    terms.slice(0, k).every((other) => {
      const clashes = [...letters].filter((letter, i) => {
        const against = other.letters[i];
        return letter !== 'I' && against !== 'I' && letter !== against;
      });
      return clashes.length % 2 === 0;
    }),
  );
}

/** e^{−i·factor·P} as a turn about z by twice the factor, between changes of basis. */
export function termSteps({ letters, factor }: Term): GateOperation[] {
  const wires = [...letters].flatMap((letter, qubit) =>
    letter === 'I' ? [] : [{ letter, qubit }],
  );
  const last = wires.at(-1);
  if (last === undefined) return [callOf('gphase', [], [negative(factor)])];
  const angle = part(factor, 0.5);
  const before = wires.flatMap(({ letter, qubit }) => {
    if (letter === 'X') return [callOf('h', [qubit])];
    return letter === 'Y' ? [callOf('sdg', [qubit]), callOf('h', [qubit])] : [];
  });
  const after = wires.flatMap(({ letter, qubit }) => {
    if (letter === 'X') return [callOf('h', [qubit])];
    return letter === 'Y' ? [callOf('h', [qubit]), callOf('s', [qubit])] : [];
  });
  const ladder = wires.slice(0, -1).map(({ qubit }) => callOf('cx', [qubit, last.qubit]));
  return [...before, ...ladder, callOf('rz', [last.qubit], [angle]), ...ladder, ...after];
}

/** Whether the factors are numbers. */
export function areClosed(terms: readonly Term[]): boolean {
  return terms.every(({ factor }) => parametersIn(factor).length === 0);
}

const paulis: Readonly<Record<string, Matrix>> = {
  I: identity(2),
  X: matrixOf([
    [0, 1],
    [1, 0],
  ]),
  Y: matrixOf([
    [0, { re: 0, im: -1 }],
    [{ re: 0, im: 1 }, 0],
  ]),
  Z: matrixOf([
    [1, 0],
    [0, -1],
  ]),
};

/** Terms that do not commute have no product: the matrix e^{−iH} itself, of up to 5 qubits. */
export function exponentialSteps(
  terms: readonly Term[],
  name: QuilToken,
): Pick<GateDefinition, 'qubitNames' | 'body'> {
  const size = 2 ** (terms[0]?.letters.length ?? 1);
  const re = new Float64Array(size * size);
  const im = new Float64Array(size * size);
  let weight = 0;
  for (const { letters, factor } of terms) {
    const value = evaluate(factor);
    weight += Math.abs(value);
    const product = [...letters]
      .map((letter) => paulis[letter] as Matrix)
      .reduce((left, right) => kronecker(left, right));
    // −i·value·P
    product.re.forEach((entry, k) => (im[k] = (im[k] as number) - value * entry));
    product.im.forEach((entry, k) => (re[k] = (re[k] as number) + value * entry));
  }
  if (weight > 1e4) {
    throw faultAt('too-large', 'The factors of a sum are at most 10000 in all.', name);
  }
  return stepsOf(exponential({ size, re, im }, weight), name);
}

/** e^A by its series, of A over a power of 2 that is squared again. */
function exponential(matrix: Matrix, norm: number): Matrix {
  const halvings = Math.max(0, Math.ceil(Math.log2(norm + 1e-300)) + 2);
  const small = scaled(matrix, 2 ** -halvings);
  let sum = identity(matrix.size);
  let power = sum;
  for (let k = 1; k <= 18; k++) {
    power = scaled(multiplyMatrices(power, small), 1 / k);
    sum = {
      size: sum.size,
      re: sum.re.map((entry, i) => entry + (power.re[i] as number)),
      im: sum.im.map((entry, i) => entry + (power.im[i] as number)),
    };
  }
  for (let k = 0; k < halvings; k++) sum = multiplyMatrices(sum, sum);
  return sum;
}

function scaled({ size, re, im }: Matrix, by: number): Matrix {
  return { size, re: re.map((entry) => entry * by), im: im.map((entry) => entry * by) };
}
