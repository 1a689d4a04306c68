import type { Gate } from '#shared/gates/gate.ts';
import { AppError } from '#shared/base/errors.ts';
import { eigenvaluesOf, type GatePower, generatorOf } from './generator.ts';

/** f′(θ) = Σ coefficient · f(θ + shift). */
export interface ShiftTerm {
  readonly shift: number;
  readonly coefficient: number;
}

/** Angles at which the generators of all gates show their spectrum; any but special ones would do. */
const generic = [0.3, 1.1, -0.7, 0.5] as const;
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
  const eigenvalues = eigenvaluesOf(generatorOf(call, generic, index));
  const rule = ruleFor(hasFurtherControls ? [0, ...eigenvalues] : eigenvalues, call.gate.id);
  rules.set(key, rule);
  return rule;
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
