import { polar } from '../math/complex.ts';
import { type Matrix, matrixOf, turnedBy } from '../math/matrix.ts';
import { angle, defineGate, standardIn, step, universalMatrix } from './define.ts';

/** ∂U(θ, φ, λ)/∂ its index-th angle. */
export function universalDerivative(parameters: readonly number[], index: number): Matrix {
  const [theta, phi, lambda] = [angle(parameters), angle(parameters, 1), angle(parameters, 2)];
  const cos = Math.cos(theta / 2);
  const sin = Math.sin(theta / 2);
  const turned = (radius: number, phase: number) => polar(radius, phase + Math.PI / 2);
  switch (index) {
    case 0:
      return matrixOf([
        [-sin / 2, polar(-cos / 2, lambda)],
        [polar(cos / 2, phi), polar(-sin / 2, phi + lambda)],
      ]);
    case 1:
      return matrixOf([
        [0, 0],
        [turned(sin, phi), turned(cos, phi + lambda)],
      ]);
    default:
      return matrixOf([
        [0, turned(-sin, lambda)],
        [0, turned(cos, phi + lambda)],
      ]);
  }
}

export const uGate = defineGate({
  id: 'u',
  aliases: ['u3'],
  symbol: 'U',
  title: 'Universal one-qubit gate',
  summary: 'Any one-qubit gate up to phase, by three Euler angles θ, φ and λ.',
  family: 'universal',
  parameterNames: ['theta', 'phi', 'lambda'],
  qubitCount: 1,
  matrix: (p) => universalMatrix(angle(p), angle(p, 1), angle(p, 2)),
  inverse: (p) => ({ gate: 'u', parameters: [-angle(p), -angle(p, 2), -angle(p, 1)] }),
  decomposition: (p) => [
    step('rz', [0], angle(p, 2)),
    step('ry', [0], angle(p)),
    step('rz', [0], angle(p, 1)),
  ],
  derivative: universalDerivative,
  qasm2: { home: 'language', name: 'U' },
  ...standardIn('u3', 3),
});

export const u2Gate = defineGate({
  id: 'u2',
  symbol: 'U2',
  title: 'Universal gate at θ = π/2',
  summary: 'U(π/2, φ, λ): a Hadamard-like gate with two phases.',
  family: 'universal',
  parameterNames: ['phi', 'lambda'],
  qubitCount: 1,
  matrix: (p) => universalMatrix(Math.PI / 2, angle(p), angle(p, 1)),
  inverse: (p) => ({ gate: 'u2', parameters: [-angle(p, 1) - Math.PI, -angle(p) + Math.PI] }),
  decomposition: (p) => [step('u', [0], Math.PI / 2, angle(p), angle(p, 1))],
  derivative: (p, index) => universalDerivative([Math.PI / 2, angle(p), angle(p, 1)], index + 1),
  ...standardIn('u2', 2, 3),
});

/**
 * e^{iγ}·U(θ, φ, λ). No member of the registry: it stands only where a broken power is taken of a U
 * with a phase and open angles, because the phase belongs to the matrix whose power it is.
 */
export const phasedUniversalGate = defineGate({
  id: 'phased_u',
  symbol: 'U',
  title: 'Universal one-qubit gate with a phase',
  summary: 'e^{iγ}·U(θ, φ, λ), whose principal powers depend on the phase.',
  family: 'universal',
  parameterNames: ['theta', 'phi', 'lambda', 'gamma'],
  qubitCount: 1,
  matrix: (p) => turnedBy(universalMatrix(angle(p), angle(p, 1), angle(p, 2)), angle(p, 3)),
  inverse: (p) => ({
    gate: 'phased_u',
    parameters: [-angle(p), -angle(p, 2), -angle(p, 1), -angle(p, 3)],
  }),
  decomposition: (p) => [step('u', [0], angle(p), angle(p, 1), angle(p, 2))],
});
