import { AppError } from '../base/errors.ts';
import type { PauliLetter, PauliSum, PauliTerm } from './pauli.ts';
import { multiplyFactor } from './product.ts';

/**
 * Reads "0.5*Z0*Z1 - X2 + 1.25", "Z0 Z1", or letters with the highest qubit leftmost ("IZZX").
 * Factors on one qubit are multiplied; equal terms are added. What is wrong is a `bad-input`
 * error with the offset in `details.position`.
 */
export function parseObservable(text: string, qubitCount: number): PauliSum {
  return new ObservableReader(text, qubitCount).read();
}

/** A product while it is read: coefficient · i^phase · Π letters. */
interface Product {
  coefficient: number;
  phase: number;
  readonly letters: Map<number, PauliLetter>;
}

class ObservableReader {
  readonly #text: string;
  readonly #qubitCount: number;
  #position = 0;

  constructor(text: string, qubitCount: number) {
    this.#text = text;
    this.#qubitCount = qubitCount;
  }

  read(): PauliSum {
    const terms = new Map<string, PauliTerm>();
    let sign = this.#readSign() ?? 1;
    for (;;) {
      const term = this.#readTerm(sign);
      const key = term.factors.map(({ qubit, letter }) => letter + qubit).join();
      const coefficient = term.coefficient + (terms.get(key)?.coefficient ?? 0);
      terms.set(key, { ...term, coefficient });
      const next = this.#readSign();
      if (next === null) break;
      sign = next;
    }
    if (this.#position < this.#text.length) this.#fail('“+”, “-”, “*” or the end');
    return { terms: [...terms.values()] };
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text.charAt(this.#position))) this.#position++;
  }

  /** One sign or several in a row, as in "1 - -2"; null for none. */
  #readSign(): 1 | -1 | null {
    let sign: 1 | -1 | null = null;
    for (;;) {
      this.#skipBlanks();
      const character = this.#text.charAt(this.#position);
      if (character !== '+' && character !== '-') return sign;
      this.#position++;
      sign = ((sign ?? 1) * (character === '-' ? -1 : 1)) as 1 | -1;
    }
  }

  #readTerm(sign: number): PauliTerm {
    const start = this.#position;
    const product: Product = { coefficient: sign, phase: 0, letters: new Map() };
    this.#readFactor(product);
    for (;;) {
      this.#skipBlanks();
      const character = this.#text.charAt(this.#position);
      if (character === '*') {
        this.#position++;
        this.#readFactor(product);
      } else if (/[IXYZ0-9.]/.test(character)) this.#readFactor(product);
      else break;
    }
    if (product.phase % 2 !== 0) {
      throw new AppError(
        'bad-input',
        `The product “${this.#text.slice(start, this.#position).trim()}” is not Hermitian: its factors leave a factor i. Use each qubit once in a product.`,
        { position: start },
      );
    }
    const coefficient = product.phase === 2 ? -product.coefficient : product.coefficient;
    const factors = [...product.letters]
      .map(([qubit, letter]) => ({ qubit, letter }))
      .toSorted((a, b) => a.qubit - b.qubit);
    return { coefficient, factors };
  }

  #readFactor(product: Product): void {
    this.#skipBlanks();
    const start = this.#position;
    const number = this.#match(/(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/y);
    if (number !== null) {
      product.coefficient *= Number(number);
      if (Number.isFinite(product.coefficient)) return;
      throw new AppError('bad-input', `${number} is too large a coefficient.`, { position: start });
    }
    const letters = this.#match(/[IXYZ]+/y);
    if (letters === null)
      this.#fail('a number, a Pauli operator such as Z0, or letters such as IZZX');
    const index = letters.length === 1 ? this.#match(/[0-9]+/y) : null;
    if (index !== null) this.#multiply(product, letters, Number(index), start);
    else this.#readString(product, letters, start);
  }

  /** Letters with the highest qubit leftmost; a lone I is the identity on however many qubits. */
  #readString(product: Product, letters: string, start: number): void {
    if (letters === 'I') return;
    if (letters.length !== this.#qubitCount) {
      throw new AppError(
        'bad-input',
        `“${letters}” has ${letters.length} letters, but there are ${this.#qubitCount} qubits. Write one letter for each, the highest qubit first, or name the qubit as in Z0.`,
        { position: start, qubitCount: this.#qubitCount },
      );
    }
    for (let i = 0; i < letters.length; i++) {
      this.#multiply(product, letters.charAt(i), letters.length - 1 - i, start);
    }
  }

  #multiply(product: Product, letter: string, qubit: number, position: number): void {
    if (qubit >= this.#qubitCount) {
      const range = this.#qubitCount === 1 ? 'only qubit 0' : `qubits 0 to ${this.#qubitCount - 1}`;
      throw new AppError(
        'bad-input',
        `${letter}${qubit} acts on a qubit that is not there: the circuit has ${this.#qubitCount === 0 ? 'none' : range}.`,
        { position, qubit, qubitCount: this.#qubitCount },
      );
    }
    product.phase = multiplyFactor(
      product.letters,
      letter as PauliLetter | 'I',
      qubit,
      product.phase,
    );
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#position += found.length;
    return found;
  }

  #fail(expected: string): never {
    const came = this.#text.charAt(this.#position);
    throw new AppError(
      'bad-input',
      `Cannot read the observable “${this.#text}” at position ${this.#position + 1}: expected ${expected}, but ${came === '' ? 'it ends' : `“${came}” came`}.`,
      { position: this.#position },
    );
  }
}
