import { controlled, type Matrix, turnedBy } from '../math/matrix.ts';
import type { Gate } from './gate.ts';
import {
  additionIn,
  angle,
  controlledDerivative,
  defineGate,
  generatedBy,
  hadamard,
  halfOf,
  negated,
  pauliX,
  pauliY,
  pauliZ,
  phaseMatrix,
  rotationMatrix,
  squareRootX,
  squareRootXInverse,
  standardIn,
  step,
  universalMatrix,
} from './define.ts';
import { phaseDerivative } from './phases.ts';
import { universalDerivative } from './universal.ts';

function controlledRotation(
  id: string,
  pauli: Matrix,
): Pick<Gate, 'matrix' | 'derivative' | 'inverse'> {
  const target: Gate['matrix'] = (parameters) => rotationMatrix(pauli, angle(parameters));
  return {
    matrix: (parameters) => controlled(target(parameters)),
    derivative: controlledDerivative(generatedBy(halfOf(pauli), target)),
    inverse: negated(id),
  };
}

export const cxGate = defineGate({
  id: 'cx',
  aliases: ['CX', 'cnot'],
  symbol: 'X',
  title: 'Controlled X',
  summary: 'Flips the second qubit where the first is |1⟩.',
  family: 'controlled',
  qubitCount: 2,
  controlCount: 1,
  matrix: () => controlled(pauliX),
  isHermitian: true,
  isClifford: true,
  ...standardIn('cx', 2, 3),
});

export const cyGate = defineGate({
  id: 'cy',
  symbol: 'Y',
  title: 'Controlled Y',
  summary: 'Applies Y to the second qubit where the first is |1⟩.',
  family: 'controlled',
  qubitCount: 2,
  controlCount: 1,
  matrix: () => controlled(pauliY),
  decomposition: () => [step('sdg', [1]), step('cx', [0, 1]), step('s', [1])],
  isHermitian: true,
  isClifford: true,
  ...standardIn('cy', 2, 3),
});

export const czGate = defineGate({
  id: 'cz',
  aliases: ['CZ'],
  symbol: 'Z',
  title: 'Controlled Z',
  summary: 'Turns the sign of |11⟩; the same whichever qubit is called the control.',
  family: 'controlled',
  qubitCount: 2,
  controlCount: 1,
  matrix: () => controlled(pauliZ),
  decomposition: () => [step('h', [1]), step('cx', [0, 1]), step('h', [1])],
  isDiagonal: true,
  isHermitian: true,
  isClifford: true,
  ...standardIn('cz', 2, 3),
});

export const chGate = defineGate({
  id: 'ch',
  symbol: 'H',
  title: 'Controlled Hadamard',
  summary: 'Applies H to the second qubit where the first is |1⟩.',
  family: 'controlled',
  qubitCount: 2,
  controlCount: 1,
  matrix: () => controlled(hadamard),
  decomposition: () => [
    step('ry', [1], -Math.PI / 4),
    step('cz', [0, 1]),
    step('ry', [1], Math.PI / 4),
  ],
  isHermitian: true,
  ...standardIn('ch', 2, 3),
});

export const csxGate = defineGate({
  id: 'csx',
  symbol: '√X',
  title: 'Controlled square root of X',
  summary: 'Applies √X to the second qubit where the first is |1⟩.',
  family: 'controlled',
  qubitCount: 2,
  controlCount: 1,
  matrix: () => controlled(squareRootX),
  inverse: () => ({ gate: 'csxdg', parameters: [] }),
  decomposition: () => [step('h', [1]), step('cp', [0, 1], Math.PI / 2), step('h', [1])],
  ...additionIn('csx'),
});

export const csxdgGate = defineGate({
  id: 'csxdg',
  symbol: '√X†',
  title: 'Controlled square root of X, dagger',
  summary: 'The inverse of controlled √X.',
  family: 'controlled',
  qubitCount: 2,
  controlCount: 1,
  matrix: () => controlled(squareRootXInverse),
  inverse: () => ({ gate: 'csx', parameters: [] }),
  decomposition: () => [step('h', [1]), step('cp', [0, 1], -Math.PI / 2), step('h', [1])],
});

export const cpGate = defineGate({
  id: 'cp',
  aliases: ['cphase', 'cu1'],
  symbol: 'P',
  title: 'Controlled phase',
  summary: 'Multiplies |11⟩ by e^{iλ}; the gate of the quantum Fourier transform.',
  family: 'controlled',
  parameterNames: ['lambda'],
  qubitCount: 2,
  controlCount: 1,
  matrix: (parameters) => controlled(phaseMatrix(angle(parameters))),
  derivative: controlledDerivative(phaseDerivative),
  inverse: negated('cp'),
  decomposition: (p) => [
    step('p', [0], angle(p) / 2),
    step('cx', [0, 1]),
    step('p', [1], -angle(p) / 2),
    step('cx', [0, 1]),
    step('p', [1], angle(p) / 2),
  ],
  isDiagonal: true,
  ...additionIn('cp'),
  ...standardIn('cp', 3),
});

export const crxGate = defineGate({
  id: 'crx',
  symbol: 'RX',
  title: 'Controlled rotation about x',
  summary: 'Applies RX(θ) to the second qubit where the first is |1⟩.',
  family: 'controlled',
  parameterNames: ['theta'],
  qubitCount: 2,
  controlCount: 1,
  ...controlledRotation('crx', pauliX),
  decomposition: (p) => [step('h', [1]), step('crz', [0, 1], angle(p)), step('h', [1])],
  ...additionIn('crx'),
  ...standardIn('crx', 3),
});

export const cryGate = defineGate({
  id: 'cry',
  symbol: 'RY',
  title: 'Controlled rotation about y',
  summary: 'Applies RY(θ) to the second qubit where the first is |1⟩.',
  family: 'controlled',
  parameterNames: ['theta'],
  qubitCount: 2,
  controlCount: 1,
  ...controlledRotation('cry', pauliY),
  decomposition: (p) => [
    step('ry', [1], angle(p) / 2),
    step('cx', [0, 1]),
    step('ry', [1], -angle(p) / 2),
    step('cx', [0, 1]),
  ],
  ...additionIn('cry'),
  ...standardIn('cry', 3),
});

export const crzGate = defineGate({
  id: 'crz',
  symbol: 'RZ',
  title: 'Controlled rotation about z',
  summary: 'Applies RZ(θ) to the second qubit where the first is |1⟩.',
  family: 'controlled',
  parameterNames: ['theta'],
  qubitCount: 2,
  controlCount: 1,
  ...controlledRotation('crz', pauliZ),
  decomposition: (p) => [
    step('rz', [1], angle(p) / 2),
    step('cx', [0, 1]),
    step('rz', [1], -angle(p) / 2),
    step('cx', [0, 1]),
  ],
  isDiagonal: true,
  ...standardIn('crz', 2, 3),
});

export const cu3Gate = defineGate({
  id: 'cu3',
  symbol: 'U3',
  title: 'Controlled universal gate (cu3)',
  summary: 'Applies U(θ, φ, λ) to the second qubit where the first is |1⟩ (OpenQASM 2 paper).',
  family: 'controlled',
  parameterNames: ['theta', 'phi', 'lambda'],
  qubitCount: 2,
  controlCount: 1,
  matrix: (p) => controlled(universalMatrix(angle(p), angle(p, 1), angle(p, 2))),
  derivative: controlledDerivative(universalDerivative),
  inverse: (p) => ({ gate: 'cu3', parameters: [-angle(p), -angle(p, 2), -angle(p, 1)] }),
  decomposition: (p) => controlledUniversalSteps(angle(p), angle(p, 1), angle(p, 2), 0),
  ...standardIn('cu3', 2),
});

export const cuGate = defineGate({
  id: 'cu',
  symbol: 'U',
  title: 'Controlled universal gate',
  summary: 'Applies e^{iγ}·U(θ, φ, λ) to the second qubit where the first is |1⟩.',
  family: 'controlled',
  parameterNames: ['theta', 'phi', 'lambda', 'gamma'],
  qubitCount: 2,
  controlCount: 1,
  matrix: (p) => controlled(universalWithPhase(p)),
  derivative: controlledDerivative((p, index) => {
    if (index < 3) return turnedBy(universalDerivative(p, index), angle(p, 3));
    return turnedBy(universalWithPhase(p), Math.PI / 2);
  }),
  inverse: (p) => ({
    gate: 'cu',
    parameters: [-angle(p), -angle(p, 2), -angle(p, 1), -angle(p, 3)],
  }),
  decomposition: (p) => controlledUniversalSteps(angle(p), angle(p, 1), angle(p, 2), angle(p, 3)),
  ...additionIn('cu'),
  ...standardIn('cu', 3),
});

function universalWithPhase(p: readonly number[]): Matrix {
  return turnedBy(universalMatrix(angle(p), angle(p, 1), angle(p, 2)), angle(p, 3));
}

function controlledUniversalSteps(theta: number, phi: number, lambda: number, gamma: number) {
  return [
    step('p', [0], gamma + (lambda + phi) / 2),
    step('p', [1], (lambda - phi) / 2),
    step('cx', [0, 1]),
    step('u', [1], -theta / 2, 0, -(phi + lambda) / 2),
    step('cx', [0, 1]),
    step('u', [1], theta / 2, phi, 0),
  ];
}
