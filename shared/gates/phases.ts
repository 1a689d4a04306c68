import { polar } from '../math/complex.ts';
import { diagonal, zeros } from '../math/matrix.ts';
import { angle, defineGate, negated, phaseMatrix, standardIn, step } from './define.ts';

/** ∂/∂λ diag(1, e^{iλ}). */
export function phaseDerivative(parameters: readonly number[]) {
  const result = zeros(2);
  result.re[3] = -Math.sin(angle(parameters));
  result.im[3] = Math.cos(angle(parameters));
  return result;
}

export const tGate = defineGate({
  id: 't',
  symbol: 'T',
  title: 'T',
  summary: 'An eighth of a turn about the z axis; with the Clifford gates it makes any unitary.',
  family: 'phase',
  qubitCount: 1,
  matrix: () => phaseMatrix(Math.PI / 4),
  inverse: () => ({ gate: 'tdg', parameters: [] }),
  decomposition: () => [step('p', [0], Math.PI / 4)],
  isDiagonal: true,
  ...standardIn('t', 2, 3),
});

export const tdgGate = defineGate({
  id: 'tdg',
  symbol: 'T†',
  title: 'T dagger',
  summary: 'An eighth of a turn back about the z axis: the inverse of T.',
  family: 'phase',
  qubitCount: 1,
  matrix: () => phaseMatrix(-Math.PI / 4),
  inverse: () => ({ gate: 't', parameters: [] }),
  decomposition: () => [step('p', [0], -Math.PI / 4)],
  isDiagonal: true,
  ...standardIn('tdg', 2, 3),
});

export const phaseGate = defineGate({
  id: 'p',
  aliases: ['phase', 'u1'],
  symbol: 'P',
  title: 'Phase',
  summary: 'Multiplies |1⟩ by e^{iλ}.',
  family: 'phase',
  parameterNames: ['lambda'],
  qubitCount: 1,
  matrix: (parameters) => phaseMatrix(angle(parameters)),
  inverse: negated('p'),
  decomposition: (parameters) => [step('rz', [0], angle(parameters))],
  derivative: phaseDerivative,
  isDiagonal: true,
  qasm2: { home: 'addition', name: 'p' },
  ...standardIn('p', 3),
});

export const u0Gate = defineGate({
  id: 'u0',
  symbol: 'U0',
  title: 'Idle (u0)',
  summary: 'Waits for a number of gate times; the identity on the state (OpenQASM 2 paper).',
  family: 'phase',
  parameterNames: ['gamma'],
  qubitCount: 1,
  matrix: () => diagonal([1, 1]),
  inverse: (parameters) => ({ gate: 'u0', parameters }),
  decomposition: () => [step('id', [0])],
  derivative: () => zeros(2),
  isDiagonal: true,
  isHermitian: true,
  isClifford: true,
  ...standardIn('u0', 2),
});

/**
 * Multiplies everything by e^{iγ}. It acts on no qubit, so it is no member of the registry: it is
 * seen only where a gate that has it in its body is controlled.
 */
export const globalPhaseGate = defineGate({
  id: 'gphase',
  symbol: 'γ',
  title: 'Global phase',
  summary: 'Multiplies the whole state by e^{iγ}, which nothing but a control on it can tell.',
  family: 'phase',
  parameterNames: ['gamma'],
  qubitCount: 0,
  matrix: (parameters) => diagonal([polar(1, angle(parameters))]),
  inverse: negated('gphase'),
  decomposition: () => [],
  derivative: (parameters) => diagonal([polar(1, angle(parameters) + Math.PI / 2)]),
  isDiagonal: true,
});
