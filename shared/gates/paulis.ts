import { identity } from '../math/matrix.ts';
import { defineGate, pauliX, pauliY, pauliZ, standardIn, step } from './define.ts';

export const identityGate = defineGate({
  id: 'id',
  aliases: ['iden'],
  symbol: 'I',
  title: 'Identity',
  summary: 'Does nothing for the length of one gate; useful to idle a qubit on purpose.',
  family: 'pauli',
  qubitCount: 1,
  matrix: () => identity(2),
  isDiagonal: true,
  isHermitian: true,
  isClifford: true,
  ...standardIn('id', 2, 3),
});

export const xGate = defineGate({
  id: 'x',
  aliases: ['not'],
  symbol: 'X',
  title: 'Pauli X',
  summary: 'Flips |0⟩ and |1⟩: half a turn about the x axis.',
  family: 'pauli',
  qubitCount: 1,
  matrix: () => pauliX,
  decomposition: () => [step('h', [0]), step('z', [0]), step('h', [0])],
  isHermitian: true,
  isClifford: true,
  ...standardIn('x', 2, 3),
});

export const yGate = defineGate({
  id: 'y',
  symbol: 'Y',
  title: 'Pauli Y',
  summary: 'Flips bit and phase together: half a turn about the y axis.',
  family: 'pauli',
  qubitCount: 1,
  matrix: () => pauliY,
  decomposition: () => [step('z', [0]), step('x', [0])],
  isHermitian: true,
  isClifford: true,
  ...standardIn('y', 2, 3),
});

export const zGate = defineGate({
  id: 'z',
  symbol: 'Z',
  title: 'Pauli Z',
  summary: 'Turns the sign of |1⟩: half a turn about the z axis.',
  family: 'pauli',
  qubitCount: 1,
  matrix: () => pauliZ,
  decomposition: () => [step('p', [0], Math.PI)],
  isDiagonal: true,
  isHermitian: true,
  isClifford: true,
  ...standardIn('z', 2, 3),
});
