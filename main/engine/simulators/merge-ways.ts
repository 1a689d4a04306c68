import type { CancelFlag } from '#shared/base/cancel.ts';
import type { LiveStates } from './live-states.ts';
import type { QuantumRegister } from './register.ts';

/** 1 − overlap is the square of the distance between states: 1e-24 would be the limit of what doubles resolve. */
const sameDistance = 1e-13;
/** So many ways are compared in pairs; of more, only those whose fingerprints agree. */
const few = 3;

interface Way {
  readonly register: QuantumRegister;
}

/**
 * Adds up ways that agree in memory: mixed states all of them, pure ones where they agree up to global
 * phase, too. States that are not needed any more are dropped from `live`.
 */
export function mergeWays<W extends Way>(
  ways: W[],
  keyOf: (way: W) => string,
  live: Pick<LiveStates, 'drop'>,
  cancel: CancelFlag,
): W[] {
  if (ways.length < 2) return ways;
  const groups = Map.groupBy(ways, keyOf);
  if (groups.size === ways.length) return ways;
  return [...groups.values()].flatMap((group) => mergedGroup(group, live, cancel));
}

function mergedGroup<W extends Way>(
  group: W[],
  live: Pick<LiveStates, 'drop'>,
  cancel: CancelFlag,
): W[] {
  const [first] = group;
  if (first === undefined || group.length === 1) return group;
  if (first.register.add !== undefined) {
    for (const { register } of group.slice(1)) {
      cancel.throwIfCancelled();
      first.register.add(register);
      live.drop(register);
    }
    return [first];
  }
  const marks = group.map(({ register }) => {
    if (group.length <= few) return null;
    cancel.throwIfCancelled();
    return fingerprintOf(register);
  });
  const kept: number[] = [];
  const at = (index: number): QuantumRegister => (group[index] as W).register;
  for (let index = 0; index < group.length; index++) {
    cancel.throwIfCancelled();
    const twin = kept.find(
      (other) =>
        mayAgree(marks[other] ?? null, marks[index] ?? null) &&
        1 - at(other).overlap(at(index)) < sameDistance,
    );
    if (twin === undefined) {
      kept.push(index);
      continue;
    }
    const weight = at(twin).weight();
    at(twin).scale((weight + at(index).weight()) / weight);
    live.drop(at(index));
  }
  return kept.map((index) => group[index] as W);
}

/**
 * |⟨r|ψ⟩|² of the normalised state with a vector r of random signs: the same for states that are equal
 * up to a phase, so that few others need to be compared in full. Null where there are no amplitudes.
 */
function fingerprintOf(register: QuantumRegister): number | null {
  const amplitudes = register.amplitudes();
  if (amplitudes === null) return null;
  const { re, im } = amplitudes;
  let sumRe = 0;
  let sumIm = 0;
  let weight = 0;
  for (let i = 0; i < re.length; i++) {
    const x = re[i] as number;
    const y = im[i] as number;
    weight += x * x + y * y;
    const sign = signAt(i);
    sumRe += sign * x;
    sumIm += sign * y;
  }
  return weight > 0 ? (sumRe ** 2 + sumIm ** 2) / (weight * re.length) : 0;
}

/** A sign that looks random, by the finaliser of MurmurHash3. */
function signAt(index: number): 1 | -1 {
  let hash = index + 0x9e3779b9;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) & 1) === 0 ? 1 : -1;
}

/** States at a distance δ have fingerprints f that are 2·√f·δ + δ² apart at most; three times that counts as near. */
function mayAgree(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return true;
  return Math.abs(a - b) <= 2e-6 * Math.sqrt(Math.max(a, b)) + 1e-12;
}
