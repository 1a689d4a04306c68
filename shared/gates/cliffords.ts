import {
  additionIn,
  defineGate,
  hadamard,
  phaseMatrix,
  squareRootX,
  squareRootXInverse,
  standardIn,
  step,
} from './define.ts';

export const hGate = defineGate({
  id: 'h',
  symbol: 'H',
  title: 'Hadamard',
  summary: 'Exchanges the x and z axes; makes an equal superposition of |0⟩ and |1⟩.',
  family: 'clifford',
  qubitCount: 1,
  matrix: () => hadamard,
  decomposition: () => [step('u', [0], Math.PI / 2, 0, Math.PI)],
  isHermitian: true,
  isClifford: true,
  ...standardIn('h', 2, 3),
});

export const sGate = defineGate({
  id: 's',
  symbol: 'S',
  title: 'S',
  summary: 'A quarter turn about the z axis: the square root of Z.',
  family: 'clifford',
  qubitCount: 1,
  matrix: () => phaseMatrix(Math.PI / 2),
  inverse: () => ({ gate: 'sdg', parameters: [] }),
  decomposition: () => [step('p', [0], Math.PI / 2)],
  isDiagonal: true,
  isClifford: true,
  ...standardIn('s', 2, 3),
});

export const sdgGate = defineGate({
  id: 'sdg',
  symbol: 'S†',
  title: 'S dagger',
  summary: 'A quarter turn back about the z axis: the inverse of S.',
  family: 'clifford',
  qubitCount: 1,
  matrix: () => phaseMatrix(-Math.PI / 2),
  inverse: () => ({ gate: 's', parameters: [] }),
  decomposition: () => [step('p', [0], -Math.PI / 2)],
  isDiagonal: true,
  isClifford: true,
  ...standardIn('sdg', 2, 3),
});

export const sxGate = defineGate({
  id: 'sx',
  symbol: '√X',
  title: 'Square root of X',
  summary: 'A quarter turn about the x axis; the native half flip of many superconducting devices.',
  family: 'clifford',
  qubitCount: 1,
  matrix: () => squareRootX,
  inverse: () => ({ gate: 'sxdg', parameters: [] }),
  decomposition: () => [step('rx', [0], Math.PI / 2)],
  isClifford: true,
  ...additionIn('sx'),
  ...standardIn('sx', 3),
});

export const sxdgGate = defineGate({
  id: 'sxdg',
  symbol: '√X†',
  title: 'Square root of X, dagger',
  summary: 'A quarter turn back about the x axis: the inverse of √X.',
  family: 'clifford',
  qubitCount: 1,
  matrix: () => squareRootXInverse,
  inverse: () => ({ gate: 'sx', parameters: [] }),
  decomposition: () => [step('rx', [0], -Math.PI / 2)],
  isClifford: true,
  ...additionIn('sxdg'),
});
