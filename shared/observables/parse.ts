import { AppError } from '../base/errors.ts';
import type { PauliLetter, PauliSum, PauliTerm } from './pauli.ts';

/**
 * Reads an observable on `qubitCount` qubits: a formula such as `0.5*Z0*Z1 - X2 + 1.25`, or a string
 * of letters with the highest qubit leftmost (`IZZX`). Products of Paulis on one qubit are worked
 * out. A fault is a `bad-input` error with its UTF-16 `position` in the details.
 */
export function parseObservable(text: string, qubitCount: number): PauliSum {
  const compact = text.trim();
  if (/^[IXYZ]+$/.test(compact)) return ofLetters(compact, qubitCount);
  return new ObservableReader(text, qubitCount).read();
}

function ofLetters(letters: string, qubitCount: number): PauliSum {
  if (letters.length !== qubitCount) {
    throw new AppError(
      'bad-input',
      `A string of Pauli letters needs one letter per qubit: expected ${qubitCount}, got ${letters.length} in “${letters}”. For single qubits write for example Z0*Z1.`,
      { observable: letters, position: 0 },
    );
  }
  const factors = letters
    .split('')
    .reverse()
    .flatMap((letter, qubit) => (letter === 'I' ? [] : [{ qubit, letter: letter as PauliLetter }]));
  return { terms: [{ coefficient: 1, factors }] };
}

/** Product of a term so far: i^phase · coefficient · Π letters. */
interface Product {
  coefficient: number;
  phase: number;
  letters: Map<number, PauliLetter>;
}

/** letter · letter = i^phase · result; null = identity. */
const products: Readonly<Record<string, readonly [PauliLetter, number]>> = {
  XY: ['Z', 1],
  YX: ['Z', 3],
  YZ: ['X', 1],
  ZY: ['X', 3],
  ZX: ['Y', 1],
  XZ: ['Y', 3],
};

class ObservableReader {
  readonly #text: string;
  readonly #qubitCount: number;
  #position = 0;

  constructor(text: string, qubitCount: number) {
    this.#text = text;
    this.#qubitCount = qubitCount;
  }

  read(): PauliSum {
    const terms: PauliTerm[] = [];
    let sign = this.#takeSign() ?? 1;
    do {
      terms.push(this.#term(sign));
      sign = this.#takeSign() ?? 0;
    } while (sign !== 0);
    this.#skipSpace();
    if (this.#position < this.#text.length) this.#fail('expected “+”, “-” or “*”');
    return { terms: collect(terms) };
  }

  #term(sign: number): PauliTerm {
    const start = this.#position;
    const product: Product = { coefficient: sign, phase: 0, letters: new Map() };
    do this.#factor(product);
    while (this.#takeTimes());
    if (product.phase % 2 !== 0) {
      this.#fail(
        'this product of Pauli operators is imaginary, and an observable must be real',
        start,
      );
    }
    const factors = [...product.letters]
      .map(([qubit, letter]) => ({ qubit, letter }))
      .sort((a, b) => a.qubit - b.qubit);
    return {
      coefficient: product.phase === 2 ? -product.coefficient : product.coefficient,
      factors,
    };
  }

  #factor(product: Product): void {
    this.#skipSpace();
    const pauli = this.#match(/[IXYZ]\s*(\d+)/y);
    if (pauli !== null) {
      this.#multiply(
        product,
        pauli[0][0] as string,
        Number(pauli[1]),
        this.#position - pauli[0].length,
      );
      return;
    }
    const number = this.#match(/(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number !== null) {
      product.coefficient *= Number(number[0]);
      const over = this.#match(/\s*\/\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y);
      if (over !== null) product.coefficient /= Number(over[1]);
      return;
    }
    const identity = this.#match(/I(?![A-Za-z0-9])/y);
    if (identity === null)
      this.#fail('expected a number or a Pauli operator with its qubit, such as Z0');
  }

  #multiply(product: Product, letter: string, qubit: number, at: number): void {
    if (qubit >= this.#qubitCount) {
      const range =
        this.#qubitCount === 0 ? 'there are none' : `they are 0 to ${this.#qubitCount - 1}`;
      this.#fail(`there is no qubit ${qubit}; ${range}`, at);
    }
    if (letter === 'I') return;
    const right = letter as PauliLetter;
    const left = product.letters.get(qubit);
    if (left === undefined) product.letters.set(qubit, right);
    else if (left === right) product.letters.delete(qubit);
    else {
      const [result, phase] = products[left + right] as readonly [PauliLetter, number];
      product.letters.set(qubit, result);
      product.phase = (product.phase + phase) % 4;
    }
  }

  #takeSign(): number | null {
    const sign = this.#match(/\s*([+-])/y);
    return sign === null ? null : sign[1] === '-' ? -1 : 1;
  }

  /** A product sign, or nothing between two factors (“Z0 Z1”, “0.5 Z0”). */
  #takeTimes(): boolean {
    if (this.#match(/\s*[*·@]/y) !== null) return true;
    return /^\s*[IXYZ]\s*\d/.test(this.#text.slice(this.#position));
  }

  #skipSpace(): void {
    this.#match(/\s*/y);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#position = pattern.lastIndex;
    return found;
  }

  #fail(what: string, position = this.#position): never {
    throw new AppError(
      'bad-input',
      `Observable “${this.#text}”, position ${position + 1}: ${what}.`,
      {
        observable: this.#text,
        position,
      },
    );
  }
}

/** Adds up the coefficients of equal strings, in the order of their first appearance. */
function collect(terms: readonly PauliTerm[]): PauliTerm[] {
  const byKey = new Map<string, PauliTerm>();
  for (const term of terms) {
    const key = term.factors.map(({ qubit, letter }) => letter + qubit).join(' ');
    const known = byKey.get(key);
    const coefficient = term.coefficient + (known?.coefficient ?? 0);
    byKey.set(key, { coefficient, factors: term.factors });
  }
  return [...byKey.values()];
}
