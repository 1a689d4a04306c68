/** f′(θ) = Σ coefficient · f(θ + shift). */
export interface ShiftTerm {
  readonly shift: number;
  readonly coefficient: number;
}

const twoTerms: readonly ShiftTerm[] = [
  { shift: Math.PI / 2, coefficient: 1 / 2 },
  { shift: -Math.PI / 2, coefficient: -1 / 2 },
];

const near = (Math.SQRT2 + 1) / (4 * Math.SQRT2);
const far = (Math.SQRT2 - 1) / (4 * Math.SQRT2);

/** For generators with eigenvalues −1/2, 0, 1/2 (Anselmetti et al., arXiv:2104.05695). */
const fourTerms: readonly ShiftTerm[] = [
  { shift: Math.PI / 2, coefficient: near },
  { shift: -Math.PI / 2, coefficient: -near },
  { shift: (3 * Math.PI) / 2, coefficient: -far },
  { shift: (-3 * Math.PI) / 2, coefficient: far },
];

/** Gates whose angle turns a generator with three eigenvalues. */
const threeEigenvalues = new Set(['crx', 'cry', 'crz', 'cu', 'cu3']);

/** The rule for one angle of a gate; extra controls bring in the eigenvalue 0. */
export function shiftRule(gate: string, hasExtraControls: boolean): readonly ShiftTerm[] {
  return hasExtraControls || threeEigenvalues.has(gate) ? fourTerms : twoTerms;
}
