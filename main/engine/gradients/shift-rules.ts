import { AppError } from '#shared/base/errors.ts';
import type { Gate } from '#shared/gates/gate.ts';
import { distance, type Matrix } from '#shared/math/matrix.ts';
import { eigenvaluesOf, type GatePower, generatorOf } from './generator.ts';

/** f′(θ) = Σ coefficient · f(θ + shift). */
export interface ShiftTerm {
  readonly shift: number;
  readonly coefficient: number;
}

/** Angles at which the generators of all gates show their spectrum; any but special ones would do. */
const generic: readonly number[] = [0.3, 1.1, -0.7, 0.5];
/** More frequencies than this are a sign of eigenvalues without a common measure. */
const mostFrequencies = 16;

const known = new Map<Gate, Map<string, readonly ShiftTerm[]>>();

/**
 * The rule for one angle of a gate. ⟨O⟩ is a trigonometric polynomial in the angle whose frequencies
 * are differences of the generator's eigenvalues (Wierichs et al., arXiv:2107.12390); further controls
 * bring in the eigenvalue 0. Two terms for rotations, four for controlled ones.
 */
export function shiftRule(
  call: GatePower,
  index: number,
  hasFurtherControls: boolean,
): readonly ShiftTerm[] {
  const rules = known.get(call.gate) ?? new Map<string, readonly ShiftTerm[]>();
  known.set(call.gate, rules);
  const key = `${index} ${call.power} ${hasFurtherControls}`;
  const found = rules.get(key);
  if (found !== undefined) return found;
  const eigenvalues = spectrumOf(call, index);
  const rule = ruleFor(hasFurtherControls ? [0, ...eigenvalues] : eigenvalues, call.gate.id);
  rules.set(key, rule);
  return rule;
}

/**
 * Numbers whose differences are the frequencies of ⟨O⟩: the generator's eigenvalues where it stays the
 * same under its angle; else, as in an axis that the angle turns, the harmonics of the matrix.
 */
function spectrumOf(call: GatePower, index: number): readonly number[] {
  const generator = generatorOf(call, generic, index);
  const elsewhere = generatorOf(call, generic.with(index, 1.9), index);
  return distance(generator, elsewhere) < 1e-9
    ? eigenvaluesOf(generator)
    : harmonicsOf(call.gate, index);
}

const samples = 16;

/** The k of every e^{ikθ} in the entries of a gate whose angle comes round after one turn. */
function harmonicsOf({ id, matrix }: Gate, index: number): readonly number[] {
  const at = (turns: number): Matrix => matrix(generic.with(index, 2 * Math.PI * turns));
  if (distance(at(0.1), at(1.1)) > 1e-9) {
    throw new AppError('unsupported', `The angle of “${id}” has no shift rule.`, { gate: id });
  }
  const made = Array.from({ length: samples }, (_, k) => at(k / samples));
  const harmonics = Array.from({ length: samples - 1 }, (_, k) => k + 1 - samples / 2);
  return harmonics.filter((k) => {
    const weights = made.map((_, j) => (-2 * Math.PI * k * j) / samples);
    const { re } = made[0] as Matrix;
    return re.some((_, entry) => {
      let [x, y] = [0, 0];
      made.forEach((one, j) => {
        const [cos, sin] = [Math.cos(weights[j] as number), Math.sin(weights[j] as number)];
        const [a, b] = [one.re[entry] as number, one.im[entry] as number];
        x += a * cos - b * sin;
        y += a * sin + b * cos;
      });
      return Math.hypot(x, y) > 1e-9 * samples;
    });
  });
}

function ruleFor(eigenvalues: readonly number[], gate: string): readonly ShiftTerm[] {
  const frequencies = new Set<number>();
  for (const a of eigenvalues) {
    for (const b of eigenvalues) {
      const frequency = Number((a - b).toFixed(9));
      if (frequency > 0) frequencies.add(frequency);
    }
  }
  if (frequencies.size === 0) return [];
  const measure = [...frequencies].reduce(commonMeasure);
  const count = Math.round(Math.max(...frequencies) / measure);
  if (count > mostFrequencies) {
    throw new AppError('unsupported', `The angle of “${gate}” has no shift rule of few terms.`, {
      gate,
    });
  }
  return Array.from({ length: count }, (_, r): ShiftTerm[] => {
    const half = ((2 * r + 1) * Math.PI) / (4 * count);
    const coefficient = ((r % 2 === 0 ? 1 : -1) * measure) / (4 * count * Math.sin(half) ** 2);
    const shift = (2 * half) / measure;
    return [
      { shift, coefficient },
      { shift: -shift, coefficient: -coefficient },
    ];
  }).flat();
}

/** The greatest number of which both are multiples. */
function commonMeasure(a: number, b: number): number {
  return b < 1e-6 ? a : commonMeasure(b, a % b > b - 1e-6 ? 0 : a % b);
}
