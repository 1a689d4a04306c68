import { sectorStates } from '#shared/chemistry/second-quantisation.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import type { Multiply } from '../linalg/lowest-eigenvalues.ts';

/** A Pauli string as masks: P|k⟩ = i^turns·(−1)^parity(k & signs)|k ⊕ flips⟩. */
interface Masks {
  readonly flips: number;
  readonly signs: number;
  readonly turns: number;
  readonly coefficient: number;
}

function masksOf({ coefficient, factors }: PauliTerm): Masks {
  const maskOf = (letters: string): number =>
    factors.reduce(
      (mask, one) => (letters.includes(one.letter) ? mask | (1 << one.qubit) : mask),
      0,
    );
  const turns = factors.filter(({ letter }) => letter === 'Y').length % 4;
  return { flips: maskOf('XY'), signs: maskOf('YZ'), turns, coefficient };
}

/** Entries of H off its diagonal: to[j] ← from[j] in states of the basis. */
interface Entries {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Real parts, then imaginary ones. */
  readonly values: Float64Array;
}

/** H times a factor. Diagonal terms are added up once; those that flip the same qubits are one pass over the vector. */
export function multiplyBy(view: Hamiltonian, factor: number): Multiply {
  const { fermions } = view;
  return multiplyAmong(view, fermions === undefined ? null : sectorStates(fermions), factor);
}

/** H times a factor between some basis states, ascending; null: all of them. */
export function multiplyAmong(
  { qubits, sum }: Hamiltonian,
  states: Uint32Array | null,
  factor: number,
): Multiply {
  const size = states?.length ?? 2 ** qubits;
  const masks = sum.terms.map((term) =>
    masksOf({ ...term, coefficient: factor * term.coefficient }),
  );
  const diagonal = diagonalOf(masks, size, states);
  const others = masks.filter(({ flips }) => flips !== 0);
  const add =
    states === null ? passes(others, size) : entriesAdded(entriesIn(states, others, qubits), size);
  return (v, into) => {
    for (let k = 0; k < size; k++) {
      into[k] = (diagonal[k] as number) * (v[k] as number);
      into[k + size] = (diagonal[k] as number) * (v[k + size] as number);
    }
    add(v, into);
  };
}

/** Every string as a pass over all states. */
function passes(masks: readonly Masks[], size: number): Multiply {
  return (v, into) => {
    for (const { flips, signs, turns, coefficient } of masks) {
      // i^turns = re + i·im.
      const re = turns === 0 ? coefficient : turns === 2 ? -coefficient : 0;
      const im = turns === 1 ? coefficient : turns === 3 ? -coefficient : 0;
      for (let k = 0; k < size; k++) {
        const sign = signAt(k & signs);
        const [a, b] = [sign * (v[k] as number), sign * (v[k + size] as number)];
        const to = k ^ flips;
        into[to] = (into[to] as number) + re * a - im * b;
        into[to + size] = (into[to + size] as number) + re * b + im * a;
      }
    }
  };
}

/** What the strings do between some of the basis states; what leads out of them adds up to nothing. */
function entriesIn(states: Uint32Array, masks: readonly Masks[], qubits: number): Entries {
  const places = new Int32Array(2 ** qubits).fill(-1);
  states.forEach((state, k) => (places[state] = k));
  const from: number[] = [];
  const to: number[] = [];
  const re: number[] = [];
  const im: number[] = [];
  for (const [flips, group] of Map.groupBy(masks, (one) => one.flips)) {
    for (const [k, state] of states.entries()) {
      const place = places[state ^ flips] as number;
      if (place < 0) continue;
      let [a, b] = [0, 0];
      for (const { signs, turns, coefficient } of group) {
        const value = signAt(state & signs) * (turns < 2 ? coefficient : -coefficient);
        if (turns % 2 === 0) a += value;
        else b += value;
      }
      if (a === 0 && b === 0) continue;
      from.push(k);
      to.push(place);
      re.push(a);
      im.push(b);
    }
  }
  return {
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    values: Float64Array.from([...re, ...im]),
  };
}

function entriesAdded({ from, to, values }: Entries, size: number): Multiply {
  const count = from.length;
  return (v, into) => {
    for (let j = 0; j < count; j++) {
      const [k, place] = [from[j] as number, to[j] as number];
      const [re, im] = [values[j] as number, values[j + count] as number];
      const [a, b] = [v[k] as number, v[k + size] as number];
      into[place] = (into[place] as number) + re * a - im * b;
      into[place + size] = (into[place + size] as number) + re * b + im * a;
    }
  };
}

/** −1 where an odd number of bits is set. */
function signAt(bits: number): 1 | -1 {
  let folded = bits ^ (bits >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  return ((0x6996 >>> (folded & 15)) & 1) === 1 ? -1 : 1;
}

/** Whether no matrix element has an imaginary part: every string has an even number of letters Y. */
export function isReal({ sum }: Hamiltonian): boolean {
  return sum.terms.every((term) => masksOf(term).turns % 2 === 0);
}

/** H times a factor on vectors of real parts alone, for a real Hamiltonian on all states. */
export function multiplyReal({ qubits, sum }: Hamiltonian, factor: number): Multiply {
  const size = 2 ** qubits;
  const masks = sum.terms.map((term) =>
    masksOf({ ...term, coefficient: factor * term.coefficient }),
  );
  const diagonal = diagonalOf(masks, size, null);
  const groups = [...Map.groupBy(masks, ({ flips }) => flips)].filter(([flips]) => flips !== 0);
  const signed = groups.map(([flips, group]) => ({
    flips,
    // Strings of one group differ by signs alone.
    plain: group.reduce((sum, one) => sum + (one.signs === 0 ? one.coefficient : 0), 0),
    others: group
      .filter(({ signs }) => signs !== 0)
      .map(({ signs, turns, coefficient }) => ({
        signs,
        value: turns === 0 ? coefficient : -coefficient,
      })),
  }));
  const plain = signed.filter(({ others }) => others.length === 0);
  const rest = signed.filter(({ others }) => others.length > 0);
  return (v, into) => {
    for (let k = 0; k < size; k++) into[k] = (diagonal[k] as number) * (v[k] as number);
    // Four at a time, as memory is slower than sums.
    for (let g = 0; g < plain.length; g += 4) {
      const [a = none, b = none, c = none, d = none] = plain.slice(g, g + 4);
      for (let k = 0; k < size; k++) {
        into[k] =
          (into[k] as number) +
          a.plain * (v[k ^ a.flips] as number) +
          b.plain * (v[k ^ b.flips] as number) +
          c.plain * (v[k ^ c.flips] as number) +
          d.plain * (v[k ^ d.flips] as number);
      }
    }
    for (const group of rest) addSigned(group, v, into);
  };
}

interface Group {
  readonly flips: number;
  /** The coefficient of the string without signs. */
  readonly plain: number;
  readonly others: readonly { readonly signs: number; readonly value: number }[];
}

const none: Group = { flips: 0, plain: 0, others: [] };

function addSigned({ flips, plain, others }: Group, v: Float64Array, into: Float64Array): void {
  const [only, ...more] = others;
  if (only === undefined) return;
  const size = into.length;
  const { signs, value } = only;
  const high = 31 - Math.clz32(signs);
  const low = 31 - Math.clz32(signs & -signs);
  if (
    more.length === 0 &&
    signs === flips &&
    high !== low &&
    signs === ((1 << high) | (1 << low))
  ) {
    addExchange([low, high], [plain + value, plain - value], v, into);
    return;
  }
  if (more.length === 0 && signs === ((1 << high) | (1 << low))) {
    // One or two signs, as in XX + YY: what they cancel needs no look at the vector.
    const isOne = high === low;
    const [even, odd] = [plain + value, plain - value];
    for (let k = 0; k < size; k++) {
      const from = k ^ flips;
      const parity = isOne ? (from >>> low) & 1 : ((from >>> high) ^ (from >>> low)) & 1;
      const factor = parity === 0 ? even : odd;
      if (factor !== 0) into[k] = (into[k] as number) + factor * (v[from] as number);
    }
    return;
  }
  for (let k = 0; k < size; k++) {
    const from = k ^ flips;
    let factor = plain;
    for (const one of others) factor += one.value * signAt(from & one.signs);
    if (factor !== 0) into[k] = (into[k] as number) + factor * (v[from] as number);
  }
}

/**
 * Two qubits that flip together, as in XX + YY: what has equal bits by one factor, what has different ones by another. States
 * are visited in runs that lie side by side, and those that a factor of 0 leaves alone are not.
 */
function addExchange(
  [low, high]: readonly [number, number],
  [equal, different]: readonly [number, number],
  v: Float64Array,
  into: Float64Array,
): void {
  const [a, b] = [2 ** low, 2 ** high];
  const bits = { low: a, high: b };
  if (equal !== 0) addSwapped({ ...bits, one: 0, other: a + b, factor: equal }, v, into);
  if (different !== 0) addSwapped({ ...bits, one: a, other: b, factor: different }, v, into);
}

/** What lies at one offset of two bits changes places with what lies at the other. */
interface Swap {
  /** Powers of two. */
  readonly low: number;
  readonly high: number;
  readonly one: number;
  readonly other: number;
  readonly factor: number;
}

function addSwapped(
  { low, high, one, other, factor }: Swap,
  v: Float64Array,
  into: Float64Array,
): void {
  const size = into.length;
  for (let outer = 0; outer < size; outer += 2 * high) {
    for (let middle = outer; middle < outer + high; middle += 2 * low) {
      for (let k = middle; k < middle + low; k++) {
        const i = k + one;
        const j = k + other;
        into[i] = (into[i] as number) + factor * (v[j] as number);
        into[j] = (into[j] as number) + factor * (v[i] as number);
      }
    }
  }
}

function diagonalOf(
  masks: readonly Masks[],
  size: number,
  states: Uint32Array | null,
): Float64Array {
  const diagonal = new Float64Array(size);
  for (const { signs, coefficient } of masks.filter(({ flips }) => flips === 0)) {
    for (let k = 0; k < size; k++) {
      const state = states === null ? k : (states[k] as number);
      diagonal[k] = (diagonal[k] as number) + signAt(state & signs) * coefficient;
    }
  }
  return diagonal;
}
