import type { Parameter, Register } from '../../circuit/circuit.ts';
import { evaluate, type Expression, parametersIn } from '../../circuit/expression.ts';
import type { Losses } from '../exporters/exporter.ts';
import { faultAt, maximumQubits } from './importer.ts';
import { parseQuilExpression } from './quil-expressions.ts';
import type { QuilCursor } from './quil-tokens.ts';

/** A name of Quil without the hyphens that a circuit's names do not have. */
export function plainName(name: string): string {
  return name.replaceAll('-', '_');
}

/** The memory of a Quil program: bits become registers, real numbers parameters. */
export class QuilMemory {
  readonly bits: Register[] = [];
  readonly parameters: Parameter[] = [];
  readonly #reals = new Map<string, number>();
  readonly #losses: Losses;

  constructor(losses: Losses) {
    this.#losses = losses;
  }

  /** `DECLARE name TYPE[size]`. */
  declare(cursor: QuilCursor): void {
    const name = cursor.expectKind('word', 'the name of a memory region');
    const type = cursor.expectKind('word', 'BIT, REAL or another type');
    let size = 1;
    if (cursor.takes('[')) {
      const given = cursor.expectKind('number', 'a size');
      size = Number(given.text);
      if (!Number.isInteger(size) || size < 1 || size > maximumQubits) {
        const message = `A region has 1 to ${maximumQubits} items; ${given.text} came.`;
        throw faultAt('register-too-large', message, given);
      }
      cursor.expect(']');
    }
    if (type.text === 'BIT') this.bits.push({ name: plainName(name.text), size });
    else if (type.text === 'REAL') {
      this.#reals.set(name.text, size);
      for (let i = 0; i < size; i++) {
        this.parameters.push({ name: this.#realName(name.text, i), value: null });
      }
    } else {
      this.#losses.add(`the memory “${name.text}”`, `a circuit has no memory of type ${type.text}`);
    }
  }

  /** The circuit's parameter for an item of REAL memory; null where there is none. */
  real(name: string, index: number): Expression | null {
    const size = this.#reals.get(name);
    if (size === undefined || index >= size) return null;
    return { kind: 'parameter', name: this.#realName(name, index) };
  }

  #realName(name: string, index: number): string {
    const plain = plainName(name);
    return (this.#reals.get(name) ?? 1) === 1 ? plain : `${plain}_${index}`;
  }

  /** The flat index of a bit such as ro[0]. */
  bit(cursor: QuilCursor): number {
    const name = cursor.expectKind('word', 'a bit such as ro[0]');
    let index = 0;
    if (cursor.takes('[')) {
      index = Number(cursor.expectKind('number', 'the number of a bit').text);
      cursor.expect(']');
    }
    let first = 0;
    for (const register of this.bits) {
      if (register.name === plainName(name.text)) {
        if (index < register.size) return first + index;
        const message = `“${name.text}” has ${register.size} bits, so there is no bit ${index}.`;
        throw faultAt('bit-out-of-range', message, name);
      }
      first += register.size;
    }
    const message = `“${name.text}” is no memory of bits. Declare it: DECLARE ${name.text} BIT[1].`;
    throw faultAt('undeclared-name', message, name);
  }

  /** A real number gets its value; bits are 0 from the start. */
  move(cursor: QuilCursor): void {
    const name = cursor.expectKind('word', 'a memory region');
    let index = 0;
    if (cursor.takes('[')) {
      index = Number(cursor.expectKind('number', 'an index').text);
      cursor.expect(']');
    }
    const isReal = this.#reals.has(name.text);
    const value = parseQuilExpression(cursor, (real, at, token) => {
      const found = this.real(real, at);
      if (found !== null) return found;
      throw faultAt('undeclared-name', `“${token.text}” is no real number here.`, token);
    });
    const isOpen = parametersIn(value).length > 0;
    const isZeroBit = !isReal && !isOpen && evaluate(value) === 0;
    if (!isReal && isZeroBit) return;
    const at = this.parameters.findIndex(
      (one) => isReal && one.name === this.#realName(name.text, index),
    );
    if (at < 0 || isOpen) {
      const message =
        'Only numbers can be moved, and only into REAL memory, before the circuit begins.';
      throw faultAt('unsupported', message, name);
    }
    this.parameters[at] = { ...(this.parameters[at] as Parameter), value: evaluate(value) };
  }
}
