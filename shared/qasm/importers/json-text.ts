import { ImportFault } from './importer.ts';

/** Deeper values are refused, so that walks over them may recurse. */
const maximumDepth = 100;

/** A value of a JSON text with its place there (UTF-16 offsets). */
export type JsonNode = JsonPlace &
  (
    | { readonly kind: 'null' }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, JsonNode> }
  );

interface JsonPlace {
  readonly start: number;
  readonly end: number;
}

/** Reads a JSON text (RFC 8259); an `ImportFault` says where it is none. O(n). */
export function readJsonText(text: string): JsonNode {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.expectEnd();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    this.#skipBlanks();
    const start = this.#at;
    if (depth > maximumDepth) {
      throw this.#fault('too-deep', `This is nested more than ${maximumDepth} deep.`, start);
    }
    const letter = this.#text[start];
    if (letter === '{') return this.#object(depth);
    if (letter === '[') return this.#array(depth);
    if (letter === '"') {
      const value = this.#string();
      return { kind: 'string', value, start, end: this.#at };
    }
    const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
    number.lastIndex = start;
    const digits = number.exec(this.#text)?.[0];
    if (digits !== undefined) {
      this.#at += digits.length;
      return { kind: 'number', value: Number(digits), start, end: this.#at };
    }
    return this.#word(start);
  }

  expectEnd(): void {
    this.#skipBlanks();
    if (this.#at === this.#text.length) return;
    throw this.#unexpected('the end of the file');
  }

  #word(start: number): JsonNode {
    for (const [word, node] of [
      ['true', { kind: 'boolean', value: true }],
      ['false', { kind: 'boolean', value: false }],
      ['null', { kind: 'null' }],
    ] as const) {
      if (!this.#text.startsWith(word, start)) continue;
      this.#at += word.length;
      return { ...node, start, end: this.#at };
    }
    throw this.#unexpected('a value');
  }

  #object(depth: number): JsonNode {
    const start = this.#at++;
    const fields = new Map<string, JsonNode>();
    this.#skipBlanks();
    if (this.#takes('}')) return { kind: 'object', fields, start, end: this.#at };
    for (;;) {
      this.#skipBlanks();
      if (this.#text[this.#at] !== '"') throw this.#unexpected('a name in double quotes');
      const name = this.#string();
      this.#skipBlanks();
      if (!this.#takes(':')) throw this.#unexpected('“:”');
      fields.set(name, this.value(depth + 1));
      this.#skipBlanks();
      if (this.#takes('}')) return { kind: 'object', fields, start, end: this.#at };
      if (!this.#takes(',')) throw this.#unexpected('“,” or “}”');
    }
  }

  #array(depth: number): JsonNode {
    const start = this.#at++;
    const items: JsonNode[] = [];
    this.#skipBlanks();
    if (this.#takes(']')) return { kind: 'array', items, start, end: this.#at };
    for (;;) {
      items.push(this.value(depth + 1));
      this.#skipBlanks();
      if (this.#takes(']')) return { kind: 'array', items, start, end: this.#at };
      if (!this.#takes(',')) throw this.#unexpected('“,” or “]”');
    }
  }

  #string(): string {
    const start = this.#at;
    const pattern = /"(?:[^"\\\r\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    pattern.lastIndex = start;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) {
      throw this.#fault('unterminated-string', 'This string is not closed on its line.', start);
    }
    this.#at += found.length;
    try {
      return JSON.parse(found) as string;
    } catch {
      const message = 'This string holds a control character. Write it as an escape such as \\t.';
      throw this.#fault('unknown-character', message, start);
    }
  }

  #takes(letter: string): boolean {
    if (this.#text[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    while (/[ \t\r\n\ufeff]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #unexpected(what: string): ImportFault {
    const letter = this.#text[this.#at];
    const came = letter === undefined ? 'the file ends' : `“${letter}” came`;
    return this.#fault('unexpected-token', `Expected ${what}, but ${came}.`, this.#at);
  }

  #fault(code: string, message: string, start: number): ImportFault {
    const end = Math.min(start + 1, this.#text.length);
    return new ImportFault('syntax', code, message, { start, end });
  }
}

/** The field of an object; undefined where there is none or the value is no object. */
export function fieldOf(node: JsonNode, name: string): JsonNode | undefined {
  return node.kind === 'object' ? node.fields.get(name) : undefined;
}

/** What a node must be; the message names what was expected there. */
export function expectNode<K extends JsonNode['kind']>(
  node: JsonNode | undefined,
  kind: K,
  what: string,
  place: { readonly start: number; readonly end: number },
): JsonNode & { readonly kind: K } {
  if (node?.kind === kind) return node as JsonNode & { readonly kind: K };
  const at = node ?? { start: place.start, end: Math.min(place.end, place.start + 1) };
  const came = node === undefined ? 'is missing' : `is ${articleOf(node.kind)}`;
  throw new ImportFault(
    'semantic',
    'wrong-type',
    `${what} ${came}; ${articleOf(kind)} was expected.`,
    at,
  );
}

function articleOf(kind: JsonNode['kind']): string {
  return kind === 'null' ? 'null' : /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** A whole number from 0 to `most`. */
export function expectIndex(
  node: JsonNode | undefined,
  what: string,
  most: number,
  place: { readonly start: number; readonly end: number },
): number {
  const found = expectNode(node, 'number', what, place);
  if (Number.isInteger(found.value) && found.value >= 0 && found.value <= most) return found.value;
  const message = `${what} goes from 0 to ${most}; ${found.value} came.`;
  throw new ImportFault('semantic', 'qubit-out-of-range', message, found);
}

/** A finite number. */
export function expectNumber(
  node: JsonNode | undefined,
  what: string,
  place: { readonly start: number; readonly end: number },
): number {
  const found = expectNode(node, 'number', what, place);
  if (Number.isFinite(found.value)) return found.value;
  throw new ImportFault('semantic', 'not-finite', `${what} is too large.`, found);
}
