import { gate as callOf } from '../../circuit/build.ts';
import type { GateOperation } from '../../circuit/circuit.ts';
import { underControls } from '../../circuit/controlled-forms.ts';
import { controlledX, permutationOf } from './permutations.ts';

/** What an input gate gives to the arithmetic of its column: wires, lowest bit first, or a number. */
export type QuirkInput =
  | { readonly kind: 'wires'; readonly wires: readonly number[] }
  | { readonly kind: 'number'; readonly value: number };

export type QuirkInputs = ReadonlyMap<string, QuirkInput>;

/** Steps of a gate, or why they cannot be written. */
export type QuirkSteps =
  | { readonly kind: 'steps'; readonly steps: readonly GateOperation[] }
  | { readonly kind: 'refused'; readonly why: string };

/** A number of the target's wires and the inputs. */
type Rule = (target: number, inputs: Readonly<Record<'A' | 'B' | 'R', number>>) => number;

/** More wires would take a thousand steps that nobody reads. */
const maximumTableWires = 10;

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

function inverseOf(value: number, by: number): number | null {
  for (let k = 1; k < by; k++) if ((value * k) % by === 1) return k;
  return by === 1 ? 0 : null;
}

/** Nothing happens to numbers out of range, or where the product could not be undone. */
function timesMod(target: number, factor: number, by: number, isInverse: boolean): number {
  if (target >= by) return target;
  const inverse = inverseOf(modulo(factor, by), by);
  if (inverse === null) return target;
  return modulo(target * (isInverse ? inverse : modulo(factor, by)), by);
}

function powerMod(base: number, exponent: number, by: number): number {
  let result = 1;
  for (let k = 0; k < exponent; k++) result = (result * base) % by;
  return result;
}

/** Rules of gates by their id without the number of wires; which inputs they take is in the id. */
const rules: Readonly<Record<string, (size: number) => Rule>> = {
  '*A':
    (size) =>
    (t, { A }) =>
      timesMod(t, A, size, false),
  '/A':
    (size) =>
    (t, { A }) =>
      timesMod(t, A, size, true),
  incmodR:
    () =>
    (t, { R }) =>
      t < R ? (t + 1) % R : t,
  decmodR:
    () =>
    (t, { R }) =>
      t < R ? modulo(t - 1, R) : t,
  '+AmodR':
    () =>
    (t, { A, R }) =>
      t < R ? (t + A) % R : t,
  '-AmodR':
    () =>
    (t, { A, R }) =>
      t < R ? modulo(t - A, R) : t,
  '+ABmodR':
    () =>
    (t, { A, B, R }) =>
      t < R ? (t + A * B) % R : t,
  '-ABmodR':
    () =>
    (t, { A, B, R }) =>
      t < R ? modulo(t - A * B, R) : t,
  '*AmodR':
    () =>
    (t, { A, R }) =>
      timesMod(t, A, R, false),
  '/AmodR':
    () =>
    (t, { A, R }) =>
      timesMod(t, A, R, true),
  '*BToAmodR':
    () =>
    (t, { A, B, R }) =>
      powerOf(t, B, A, R, false),
  '/BToAmodR':
    () =>
    (t, { A, B, R }) =>
      powerOf(t, B, A, R, true),
  'Flip<A':
    () =>
    (t, { A }) =>
      t < A ? A - 1 - t : t,
  '^A<B':
    () =>
    (t, { A, B }) =>
      t ^ Number(A < B),
  '^A<=B':
    () =>
    (t, { A, B }) =>
      t ^ Number(A <= B),
  '^A>B':
    () =>
    (t, { A, B }) =>
      t ^ Number(A > B),
  '^A>=B':
    () =>
    (t, { A, B }) =>
      t ^ Number(A >= B),
  '^A=B':
    () =>
    (t, { A, B }) =>
      t ^ Number(A === B),
  '^A!=B':
    () =>
    (t, { A, B }) =>
      t ^ Number(A !== B),
};

function powerOf(t: number, base: number, exponent: number, by: number, isInverse: boolean) {
  if (t >= by || inverseOf(modulo(base, by), by) === null) return t;
  return timesMod(t, powerMod(modulo(base, by), exponent, by), by, isInverse);
}

/** The sums: which inputs are multiplied into what is added. */
const sums: Readonly<Record<string, readonly ('A' | 'B')[]>> = {
  '+=A': ['A'],
  '-=A': ['A'],
  '+=AB': ['A', 'B'],
  '-=AB': ['A', 'B'],
  '+=AA': ['A', 'A'],
  '-=AA': ['A', 'A'],
};

/** The steps of a gate of Quirk's arithmetic on these wires; null where the id names none. */
export function quirkArithmetic(id: string, wire: number, inputs: QuirkInputs): QuirkSteps | null {
  const [, name = '', digits = ''] = /^(.*?)(\d*)$/s.exec(id) ?? [];
  const span = digits === '' ? 1 : Number(digits);
  if (span < 1 || span > 16) return null;
  const wires = Array.from({ length: span }, (_, i) => wire + i);
  const legacy = legacyOf(name, wires);
  if (legacy !== null) return legacy;
  const power = powerOfInput(id, wire, inputs);
  if (power !== null) return power;
  if (/^[-+]cntA$/.test(name)) return counted(name, wires, inputs);
  if (name === '^=A') return xored(wires, inputs);
  const factors = Object.hasOwn(sums, name) ? sums[name] : undefined;
  if (factors !== undefined) return summed(name, factors, wires, inputs);
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  return rule === undefined ? null : tabled(name, rule(2 ** span), wires, inputs);
}

function refused(why: string): QuirkSteps {
  return { kind: 'refused', why };
}

function missing(key: string): QuirkSteps {
  return refused(`it needs an input ${key} in its column, or a “set${key}” before it`);
}

/** Bits that are 1, or are so where a wire is. */
interface Bit {
  readonly weight: number;
  readonly wires: readonly number[];
}

function bitsOf(input: QuirkInput): Bit[] {
  if (input.kind === 'wires') return input.wires.map((wire, weight) => ({ weight, wires: [wire] }));
  return Array.from({ length: 17 }, (_, weight) => ({ weight, wires: [] })).filter(
    ({ weight }) => Math.floor(input.value / 2 ** weight) % 2 === 1,
  );
}

/** Adds each bit's power of 2: what lies above a bit turns where all between is 1. */
function added(wires: readonly number[], bits: readonly Bit[], isBack: boolean): QuirkSteps {
  const steps = bits.flatMap(({ weight, wires: controls }) => {
    const upper = wires.slice(weight);
    const own = [...new Set(controls)];
    return upper
      .map((target, i) => controlledX([...own, ...upper.slice(0, i)], target))
      .toReversed();
  });
  return { kind: 'steps', steps: isBack ? steps.toReversed() : steps };
}

function summed(
  name: string,
  factors: readonly ('A' | 'B')[],
  wires: readonly number[],
  inputs: QuirkInputs,
): QuirkSteps {
  let bits: Bit[] = [{ weight: 0, wires: [] }];
  for (const key of factors) {
    const input = inputs.get(key);
    if (input === undefined) return missing(key);
    const more = bitsOf(input);
    bits = bits.flatMap((one) =>
      more.map((two) => ({
        weight: one.weight + two.weight,
        wires: [...one.wires, ...two.wires],
      })),
    );
  }
  return added(wires, bits, name.startsWith('-'));
}

function counted(name: string, wires: readonly number[], inputs: QuirkInputs): QuirkSteps {
  const input = inputs.get('A');
  if (input === undefined) return missing('A');
  const bits = bitsOf(input).map((one) => ({ ...one, weight: 0 }));
  return added(wires, bits, name.startsWith('-'));
}

function xored(wires: readonly number[], inputs: QuirkInputs): QuirkSteps {
  const input = inputs.get('A');
  if (input === undefined) return missing('A');
  const steps = bitsOf(input).flatMap(({ weight, wires: controls }) => {
    const target = wires[weight];
    return target === undefined ? [] : [controlledX(controls, target)];
  });
  return { kind: 'steps', steps };
}

/** `X^(A/2^n)`: each wire of the input turns by its part of a half turn. */
function powerOfInput(id: string, wire: number, inputs: QuirkInputs): QuirkSteps | null {
  const [, axis, sign] = /^([XYZ])\^\((-?)A\/2\^n\)$/.exec(id) ?? [];
  if (axis === undefined) return null;
  const input = inputs.get('A');
  if (input?.kind !== 'wires') return refused('it needs an input A in its column');
  const steps = input.wires.map((control, i) => {
    const part = (sign === '-' ? -1 : 1) * 2 ** (i - input.wires.length);
    const call =
      axis === 'Z'
        ? callOf('p', [wire], [Math.PI * part])
        : { ...callOf(axis.toLowerCase(), [wire]), power: part };
    return underControls(call, [{ qubit: control, value: 1 }]);
  });
  return { kind: 'steps', steps };
}

/** Older gates that hold their inputs themselves, below the target. */
function legacyOf(name: string, wires: readonly number[]): QuirkSteps | null {
  const span = wires.length;
  const range = (from: number, to: number): QuirkInput => ({
    kind: 'wires',
    wires: wires.slice(from, to),
  });
  if (name === 'add' || name === 'sub') {
    if (span < 2) return null;
    const half = Math.floor(span / 2);
    const inputs = new Map([['A', range(0, half)]]);
    return summed(name === 'add' ? '+=A' : '-=A', ['A'], wires.slice(half), inputs);
  }
  if (name !== 'c+=ab' && name !== 'c-=ab') return null;
  if (span < 3) return null;
  const top = Math.ceil(span / 2);
  const middle = Math.ceil((span - top) / 2);
  const low = Math.max(span - top - middle, 1);
  const inputs = new Map([
    ['A', range(0, low)],
    ['B', range(low, low + middle)],
  ]);
  const target = wires.slice(low + middle);
  return summed(name === 'c+=ab' ? '+=AB' : '-=AB', ['A', 'B'], target, inputs);
}

/** Everything else by its table of states. */
function tabled(
  name: string,
  rule: Rule,
  wires: readonly number[],
  inputs: QuirkInputs,
): QuirkSteps {
  const letters = name.replace('mod', '').replace('BToA', 'BA');
  const keys = (['A', 'B', 'R'] as const).filter((key) => letters.includes(key));
  const all = [...wires];
  const readers = new Map<string, (state: number) => number>();
  for (const key of keys) {
    const input = inputs.get(key);
    if (input === undefined) return missing(key);
    if (input.kind === 'number') {
      readers.set(key, () => input.value);
      if (key === 'R' && input.value > 2 ** wires.length) return refused('its modulus is too big');
      continue;
    }
    if (key === 'R' && input.wires.length > wires.length) return refused('its modulus is too big');
    const [start, size] = [all.length, 2 ** input.wires.length];
    all.push(...input.wires);
    readers.set(key, (state) => Math.floor(state / 2 ** start) % size);
  }
  if (all.length > maximumTableWires) {
    return refused(
      `with its inputs it covers ${all.length} wires, and is written out for at most ${maximumTableWires}`,
    );
  }
  const size = 2 ** wires.length;
  const value = (key: string, state: number): number => readers.get(key)?.(state) ?? 0;
  const steps = permutationOf(all, (state) => {
    const target = state % size;
    const given = { A: value('A', state), B: value('B', state), R: value('R', state) };
    return state - target + rule(target, given);
  });
  return { kind: 'steps', steps };
}
