import { complex } from '../math/complex.ts';
import { matrixOf } from '../math/matrix.ts';
import { additionIn, defineGate, standardIn, step } from './define.ts';

export const swapGate = defineGate({
  id: 'swap',
  symbol: '×',
  title: 'Swap',
  summary: 'Exchanges two qubits.',
  family: 'two-qubit',
  qubitCount: 2,
  matrix: () =>
    matrixOf([
      [1, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 1],
    ]),
  decomposition: () => [step('cx', [0, 1]), step('cx', [1, 0]), step('cx', [0, 1])],
  isHermitian: true,
  isClifford: true,
  ...additionIn('swap'),
  ...standardIn('swap', 3),
});

export const iswapGate = defineGate({
  id: 'iswap',
  symbol: 'iSW',
  title: 'iSwap',
  summary: 'Exchanges two qubits and multiplies |01⟩ and |10⟩ by i.',
  family: 'two-qubit',
  qubitCount: 2,
  matrix: () =>
    matrixOf([
      [1, 0, 0, 0],
      [0, 0, complex(0, 1), 0],
      [0, complex(0, 1), 0, 0],
      [0, 0, 0, 1],
    ]),
  inverse: () => ({ gate: 'iswapdg', parameters: [] }),
  decomposition: () => [
    step('s', [0]),
    step('s', [1]),
    step('h', [0]),
    step('cx', [0, 1]),
    step('cx', [1, 0]),
    step('h', [1]),
  ],
  isClifford: true,
});

export const iswapdgGate = defineGate({
  id: 'iswapdg',
  symbol: 'iSW†',
  title: 'iSwap dagger',
  summary: 'The inverse of iSwap.',
  family: 'two-qubit',
  qubitCount: 2,
  matrix: () =>
    matrixOf([
      [1, 0, 0, 0],
      [0, 0, complex(0, -1), 0],
      [0, complex(0, -1), 0, 0],
      [0, 0, 0, 1],
    ]),
  inverse: () => ({ gate: 'iswap', parameters: [] }),
  decomposition: () => [
    step('h', [1]),
    step('cx', [1, 0]),
    step('cx', [0, 1]),
    step('h', [0]),
    step('sdg', [0]),
    step('sdg', [1]),
  ],
  isClifford: true,
});
