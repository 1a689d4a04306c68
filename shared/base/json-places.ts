import { deepestNesting } from './nesting.ts';

/** A stretch of a text in UTF-16 units, `end` not included. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export type JsonReading =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Where each value stands, by its path such as "mitigation[0].scaleFactors"; the whole has "". */
      readonly places: ReadonlyMap<string, Place>;
    }
  | { readonly ok: false; readonly fault: Place & { readonly message: string } };

/**
 * Reads a JSON text (RFC 8259) and tells where in it every value stands. A text with a fault is told
 * with the first one; a name that is given twice in one object is a fault, as one of them would be lost.
 */
export function readJson(text: string): JsonReading {
  try {
    const reader = new Reader(text);
    const value = reader.document();
    return { ok: true, value, places: reader.places };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    const { start, end, message } = thrown;
    return { ok: false, fault: { start, end, message } };
  }
}

/** The place of a path, or of the nearest value around it that is there. */
export function placeOfPath(places: ReadonlyMap<string, Place>, path: string): Place | null {
  for (let at = path; ; at = parentPath(at)) {
    const place = places.get(at);
    if (place !== undefined || at === '') return place ?? null;
  }
}

/** "a.b[0]" → "a.b" → "a" → "". */
export function parentPath(path: string): string {
  return path.replace(/(^|\.)[^.[\]]*$|\[[^\]]*\]$/, '');
}

class Fault extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

const token = /[{}[\]:,]|"(?:[^"\\\n\r]|\\.)*"?|[^\s{}[\]:,"]+/y;
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const words: ReadonlyMap<string, unknown> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class Reader {
  readonly places = new Map<string, Place>();
  readonly #text: string;
  #word = '';
  #start = 0;
  #end = 0;

  constructor(text: string) {
    this.#text = text;
    this.#next();
  }

  document(): unknown {
    const value = this.#value('', 0);
    if (this.#word !== '') this.#fail('expected the end of the text');
    return value;
  }

  #value(path: string, depth: number): unknown {
    if (depth > deepestNesting) this.#fail(`nested more than ${deepestNesting} deep`);
    const start = this.#start;
    const value = this.#read(path, depth);
    this.places.set(path, { start, end: this.#end });
    // The last token of the value is still at hand: only now the next one is read.
    this.#next();
    return value;
  }

  #read(path: string, depth: number): unknown {
    const word = this.#word;
    if (word === '{') return this.#object(path, depth);
    if (word === '[') return this.#array(path, depth);
    if (word.startsWith('"')) return this.#string();
    if (words.has(word)) return words.get(word);
    if (numberForm.test(word)) return Number(word);
    return this.#fail('expected a value');
  }

  #object(path: string, depth: number): unknown {
    const entries = new Map<string, unknown>();
    this.#next();
    while (this.#word !== '}') {
      if (entries.size > 0) this.#separator('}');
      if (!this.#word.startsWith('"')) this.#fail('expected a name in double quotes');
      const name = this.#string();
      if (entries.has(name)) this.#fail('this name stands in the object already', true);
      this.#next();
      if (this.#word !== ':') this.#fail('expected “:”');
      this.#next();
      entries.set(name, this.#value(path === '' ? name : `${path}.${name}`, depth + 1));
    }
    return Object.fromEntries(entries);
  }

  #array(path: string, depth: number): unknown {
    const list: unknown[] = [];
    this.#next();
    while (this.#word !== ']') {
      if (list.length > 0) this.#separator(']');
      list.push(this.#value(`${path}[${list.length}]`, depth + 1));
    }
    return list;
  }

  #separator(close: string): void {
    if (this.#word !== ',') this.#fail(`expected “,” or “${close}”`);
    this.#next();
    if (this.#word === close) this.#fail('expected another value after “,”');
  }

  #string(): string {
    try {
      return JSON.parse(this.#word) as string;
    } catch {
      return this.#fail(
        this.#word.length > 1 && this.#word.endsWith('"')
          ? 'a text holds an escape or a control character that JSON does not have'
          : 'a text lacks its closing quote',
        true,
      );
    }
  }

  #next(): void {
    this.#start = this.#end;
    while (/[ \t\n\r]/.test(this.#text.charAt(this.#start))) this.#start += 1;
    token.lastIndex = this.#start;
    const found = token.exec(this.#text);
    this.#word = found === null ? this.#text.charAt(this.#start) : found[0];
    this.#end = this.#start + this.#word.length;
  }

  #fail(message: string, isWhole = false): never {
    const got = this.#word === '' ? 'the text ends here' : `found ${this.#word.slice(0, 40)}`;
    const text = isWhole ? message : `${message}; ${got}`;
    const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
    throw new Fault(sentence, this.#start, Math.max(this.#end, this.#start + 1));
  }
}
