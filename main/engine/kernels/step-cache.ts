import type { GateStep } from './gate-step.ts';

/** All numbers of gates in their order, behind what else decides: two lists are equal where their gates are. */
export function numbersOf(steps: readonly GateStep[], besides: readonly number[]): Float64Array {
  const length = steps.reduce(
    (sum, { targets, controls, matrix }) =>
      sum + 3 + targets.length + controls.length + 2 * matrix.re.length,
    besides.length,
  );
  const numbers = new Float64Array(length);
  numbers.set(besides);
  let at = besides.length;
  const put = (list: ArrayLike<number>): void => {
    numbers.set(list, at);
    at += list.length;
  };
  for (const { targets, controls, matrix } of steps) {
    put([targets.length, controls.length, matrix.re.length]);
    put(targets);
    put(controls);
    put(matrix.re);
    put(matrix.im);
  }
  return numbers;
}

/** What was made for lists of gates, the last used of them: looked up by a hash, then compared number by number. */
export class StepCache<T> {
  readonly #most: number;
  readonly #entries = new Map<string, { readonly numbers: Float64Array; readonly value: T }>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What is kept for these numbers, else what `make` gives. */
  of(numbers: Float64Array, make: () => T): T {
    const key = hashOf(numbers);
    const found = this.#entries.get(key);
    const isSame = found !== undefined && areEqual(found.numbers, numbers);
    const entry = isSame ? found : { numbers, value: make() };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
    return entry.value;
  }
}

function areEqual(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, k) => Object.is(value, b[k]));
}

function hashOf(numbers: Float64Array): string {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const word of words) {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ word, 0x85ebca6b) ^ (b >>> 15);
  }
  return `${numbers.length} ${a >>> 0} ${b >>> 0}`;
}
