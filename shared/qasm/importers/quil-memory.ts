import type { Parameter, Register } from '../../circuit/circuit.ts';
import { evaluate, type Expression, numberOf, parametersIn } from '../../circuit/expression.ts';
import type { Losses } from '../exporters/exporter.ts';
import { allowedNames } from '../print/allowed-names.ts';
import { names3Rules } from '../print/name-rules.ts';
import { faultAt, maximumQubits } from './importer.ts';
import { parseQuilExpression } from './quil-expressions.ts';
import type { QuilCursor, QuilToken } from './quil-tokens.ts';

/** A declared region. `root` and `offset`: the items of another one that it shares. */
interface Region {
  readonly type: 'BIT' | 'REAL';
  readonly size: number;
  readonly root: string;
  readonly offset: number;
}

/** The memory of a Quil program: bits become registers, real numbers parameters. */
export class QuilMemory {
  readonly #regions = new Map<string, Region>();
  readonly #others = new Map<string, string>();
  readonly #losses: Losses;
  /** Names of the circuit; of each item for real numbers. */
  readonly #names = new Map<string, string>();
  readonly #values = new Map<string, number>();
  /** Items by their name in the circuit. */
  readonly #keys = new Map<string, string>();
  /** Items that an instruction has read or written: they have no first value any more. */
  readonly #used = new Set<string>();
  bits: readonly Register[] = [];
  /** The name of the qubits, which Quil has none for. */
  qubitName = 'q';

  constructor(losses: Losses) {
    this.#losses = losses;
  }

  /** `DECLARE name TYPE[size]`, and `SHARING other OFFSET 2 BIT` behind it. */
  declare(cursor: QuilCursor): void {
    const name = cursor.expectKind('word', 'the name of a memory region');
    if (this.#regions.has(name.text) || this.#others.has(name.text)) {
      throw faultAt('duplicate-name', `“${name.text}” is declared twice. Rename one.`, name);
    }
    const type = cursor.expectKind('word', 'BIT, REAL or another type');
    const size = cursor.takes('[') ? this.#size(cursor) : 1;
    if (type.text !== 'BIT' && type.text !== 'REAL') {
      this.#others.set(name.text, type.text);
      const why = `a circuit has no memory of type ${type.text}`;
      this.#losses.add(`the memory “${name.text}”`, why);
      return;
    }
    const own = { type: type.text, size, root: name.text, offset: 0 } as const;
    const region = cursor.takes('SHARING') ? this.#shared(cursor, own, name) : own;
    cursor.expectEnd();
    this.#regions.set(name.text, region);
  }

  #size(cursor: QuilCursor): number {
    const given = cursor.expectKind('number', 'a size');
    const size = Number(given.text);
    if (!Number.isInteger(size) || size < 1 || size > maximumQubits) {
      const message = `A region has 1 to ${maximumQubits} items; ${given.text} came.`;
      throw faultAt('register-too-large', message, given);
    }
    cursor.expect(']');
    return size;
  }

  #shared(cursor: QuilCursor, own: Region, name: QuilToken): Region {
    const other = cursor.expectKind('word', 'the name of the region that is shared');
    const parent = this.#regions.get(other.text);
    let offset = 0;
    const refuse = (why: string): never => {
      const message = `“${name.text}” cannot share “${other.text}”: ${why}.`;
      throw faultAt('unsupported', message, other);
    };
    if (parent?.type !== own.type) {
      return refuse(
        parent === undefined && !this.#others.has(other.text)
          ? 'it is not declared before'
          : `a circuit's memory has one type, and this is no ${own.type}`,
      );
    }
    if (cursor.takes('OFFSET')) {
      while (!cursor.isOver) {
        const count = cursor.expectKind('number', 'how many items the offset has');
        const unit = cursor.expectKind('word', 'the type of the offset');
        if (unit.text !== own.type) refuse(`the offset must count items of type ${own.type}`);
        if (!/^[0-9]+$/.test(count.text)) refuse('the offset must be a whole number');
        offset += Number(count.text);
      }
    }
    if (offset + own.size > parent.size) {
      refuse(`that has ${parent.size} items, and ${offset + own.size} are needed`);
    }
    return { ...own, root: parent.root, offset: parent.offset + offset };
  }

  /** Gives every item its name in the circuit; to be called when all is declared. */
  settle(): void {
    const items = [...this.#regions]
      .filter(([name, { root }]) => name === root)
      .flatMap(([name, { type, size }]) =>
        type === 'BIT' || size === 1
          ? [{ key: type === 'BIT' ? name : keyOf(name, 0), wanted: name, shown: name }]
          : Array.from({ length: size }, (_, i) => ({
              key: keyOf(name, i),
              wanted: `${name}_${i}`,
              shown: `${name}[${i}]`,
            })),
      )
      // A region keeps its name before an item of another one may take it.
      .toSorted((a, b) => Number(a.shown.endsWith(']')) - Number(b.shown.endsWith(']')));
    const rules = names3Rules(new Set());
    const names = allowedNames([...items.map(({ wanted }) => wanted), 'q'], rules);
    this.qubitName = names.at(-1) as string;
    items.forEach(({ key, wanted, shown }, i) => {
      const name = names[i] as string;
      this.#names.set(key, name);
      this.#keys.set(name, key);
      if (name === wanted) return;
      this.#losses.add(
        `the name “${shown}”`,
        `it is no free name in OpenQASM 3; written “${name}”`,
      );
    });
    this.bits = [...this.#regions].flatMap(([name, { type, size, root }]) =>
      type === 'BIT' && root === name ? [{ name: this.#names.get(name) as string, size }] : [],
    );
  }

  get parameters(): readonly Parameter[] {
    return [...this.#regions].flatMap(([name, { type, size, root }]) =>
      type === 'REAL' && root === name
        ? Array.from({ length: size }, (_, i) => {
            const key = keyOf(name, i);
            return { name: this.#names.get(key) as string, value: this.#values.get(key) ?? null };
          })
        : [],
    );
  }

  /** The circuit's parameter for an item of REAL memory; null where there is none. */
  real(name: string, index: number): Expression | null {
    const key = this.#realKey(name, index);
    if (key === null) return null;
    this.#used.add(key);
    return { kind: 'parameter', name: this.#names.get(key) as string };
  }

  #realKey(name: string, index: number): string | null {
    const region = this.#regions.get(name);
    if (region?.type !== 'REAL' || !(index >= 0 && index < region.size)) return null;
    return keyOf(region.root, region.offset + index);
  }

  /** The flat index of a bit such as ro[0]. */
  bit(cursor: QuilCursor): number {
    const { name, index } = this.#reference(cursor, 'a bit such as ro[0]');
    const region = this.#regions.get(name.text);
    if (region?.type !== 'BIT') {
      const message = `“${name.text}” is no memory of bits. Declare it: DECLARE ${name.text} BIT[1].`;
      throw faultAt('undeclared-name', message, name);
    }
    if (index >= region.size) {
      const message = `“${name.text}” has ${region.size} bits, so there is no bit ${index}.`;
      throw faultAt('bit-out-of-range', message, name);
    }
    const at = region.offset + index;
    this.#used.add(keyOf(region.root, at));
    let first = 0;
    for (const [other, { type, size, root }] of this.#regions) {
      if (other === region.root) break;
      if (type === 'BIT' && root === other) first += size;
    }
    return first + at;
  }

  #reference(cursor: QuilCursor, what: string): { name: QuilToken; index: number } {
    const name = cursor.expectKind('word', what);
    if (!cursor.takes('[')) return { name, index: 0 };
    const index = cursor.expectKind('number', 'a number of an item');
    if (!/^[0-9]+$/.test(index.text)) {
      throw faultAt('bit-out-of-range', `Items are counted from 0; ${index.text} came.`, index);
    }
    cursor.expect(']');
    return { name, index: Number(index.text) };
  }

  /** A first value: of real numbers any, of bits 0. */
  move(cursor: QuilCursor): void {
    const { name, index } = this.#reference(cursor, 'a memory region');
    const place = cursor.peek() ?? cursor.line;
    const value = parseQuilExpression(cursor, (real, at, token) => {
      const found = this.real(real, at);
      if (found !== null) return found;
      throw faultAt('undeclared-name', `“${token.text}” is no real number here.`, token);
    });
    cursor.expectEnd();
    const region = this.#regions.get(name.text);
    const isItem = region !== undefined && index < region.size;
    const key = isItem ? keyOf(region.root, region.offset + index) : null;
    if (key === null || parametersIn(value).length > 0) {
      const message = 'Only numbers can be moved, and only into memory that is declared.';
      throw faultAt('unsupported', message, key === null ? name : place);
    }
    if (this.#used.has(key)) {
      const message = `“${name.text}” was used before. A circuit's memory has one value, from its beginning: move it there first.`;
      throw faultAt('unsupported', message, name);
    }
    const number = evaluate(value);
    if (region?.type === 'REAL') this.#values.set(key, number);
    else if (number !== 0) {
      throw faultAt(
        'unsupported',
        'The bits of a circuit begin with 0; only that can be moved.',
        place,
      );
    }
  }

  /** The expression with the values that were moved, where all of them were. */
  closed(expression: Expression): Expression | null {
    const bindings: Record<string, number> = {};
    for (const name of parametersIn(expression)) {
      const value = this.#values.get(this.#keys.get(name) ?? '');
      if (value === undefined) return null;
      bindings[name] = value;
    }
    return numberOf(evaluate(expression, bindings));
  }
}

function keyOf(name: string, index: number): string {
  return `${name}[${index}]`;
}
