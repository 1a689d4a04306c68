import { controlled } from '../math/matrix.ts';
import type { GateStep } from './gate.ts';
import {
  additionIn,
  defineGate,
  pauliX,
  pauliZ,
  squareRootX,
  squareRootXInverse,
  standardIn,
  step,
} from './define.ts';
import { productOf } from './product.ts';
import { swapGate } from './two-qubit.ts';

export const ccxGate = defineGate({
  id: 'ccx',
  aliases: ['toffoli'],
  symbol: 'X',
  title: 'Toffoli',
  summary: 'Flips the third qubit where the first two are |1⟩.',
  family: 'controlled',
  qubitCount: 3,
  controlCount: 2,
  matrix: () => controlled(pauliX, 2),
  decomposition: () => [
    step('h', [2]),
    step('cx', [1, 2]),
    step('tdg', [2]),
    step('cx', [0, 2]),
    step('t', [2]),
    step('cx', [1, 2]),
    step('tdg', [2]),
    step('cx', [0, 2]),
    step('t', [1]),
    step('t', [2]),
    step('h', [2]),
    step('cx', [0, 1]),
    step('t', [0]),
    step('tdg', [1]),
    step('cx', [0, 1]),
  ],
  isHermitian: true,
  ...standardIn('ccx', 2, 3),
});

export const cczGate = defineGate({
  id: 'ccz',
  symbol: 'Z',
  title: 'Doubly controlled Z',
  summary: 'Turns the sign of |111⟩.',
  family: 'controlled',
  qubitCount: 3,
  controlCount: 2,
  matrix: () => controlled(pauliZ, 2),
  decomposition: () => [step('h', [2]), step('ccx', [0, 1, 2]), step('h', [2])],
  isDiagonal: true,
  isHermitian: true,
});

export const cswapGate = defineGate({
  id: 'cswap',
  aliases: ['fredkin'],
  symbol: '×',
  title: 'Fredkin',
  summary: 'Exchanges the second and third qubit where the first is |1⟩.',
  family: 'controlled',
  qubitCount: 3,
  controlCount: 1,
  matrix: () => controlled(swapGate.matrix([])),
  decomposition: () => [step('cx', [2, 1]), step('ccx', [0, 1, 2]), step('cx', [2, 1])],
  isHermitian: true,
  ...additionIn('cswap'),
  ...standardIn('cswap', 3),
});

export const c3xGate = defineGate({
  id: 'c3x',
  symbol: 'X',
  title: 'Triply controlled X',
  summary: 'Flips the fourth qubit where the first three are |1⟩.',
  family: 'controlled',
  qubitCount: 4,
  controlCount: 3,
  matrix: () => controlled(pauliX, 3),
  decomposition: () => [step('h', [3]), ...controlledPhases([0, 1, 2, 3]), step('h', [3])],
  isHermitian: true,
  ...additionIn('c3x'),
});

export const c4xGate = defineGate({
  id: 'c4x',
  symbol: 'X',
  title: 'Quadruply controlled X',
  summary: 'Flips the fifth qubit where the first four are |1⟩.',
  family: 'controlled',
  qubitCount: 5,
  controlCount: 4,
  matrix: () => controlled(pauliX, 4),
  decomposition: () => [step('h', [4]), ...controlledPhases([0, 1, 2, 3, 4]), step('h', [4])],
  isHermitian: true,
  ...additionIn('c4x'),
});

export const c3sxGate = defineGate({
  id: 'c3sqrtx',
  aliases: ['c3sx'],
  symbol: '√X',
  title: 'Triply controlled square root of X',
  summary: 'Applies √X to the fourth qubit where the first three are |1⟩.',
  family: 'controlled',
  qubitCount: 4,
  controlCount: 3,
  matrix: () => controlled(squareRootX, 3),
  inverse: () => ({ gate: 'c3sqrtxdg', parameters: [] }),
  decomposition: () => [step('h', [3]), ...controlledPhases([0, 1, 2, 3], 1 / 2), step('h', [3])],
  ...additionIn('c3sqrtx'),
});

export const c3sxdgGate = defineGate({
  id: 'c3sqrtxdg',
  symbol: '√X†',
  title: 'Triply controlled square root of X, dagger',
  summary: 'The inverse of triply controlled √X.',
  family: 'controlled',
  qubitCount: 4,
  controlCount: 3,
  matrix: () => controlled(squareRootXInverse, 3),
  inverse: () => ({ gate: 'c3sqrtx', parameters: [] }),
  decomposition: () => [step('h', [3]), ...controlledPhases([0, 1, 2, 3], -1 / 2), step('h', [3])],
});

export const rccxGate = defineGate({
  id: 'rccx',
  symbol: 'RX',
  title: 'Relative-phase Toffoli',
  summary: 'A Toffoli up to relative phases, with three CX instead of six (Maslov 2016).',
  family: 'controlled',
  qubitCount: 3,
  matrix: () => productOf(3, relativeToffoli),
  inverse: () => ({ gate: 'rccx', parameters: [] }),
  decomposition: () => relativeToffoli,
  isHermitian: true,
  ...additionIn('rccx'),
});

export const rc3xGate = defineGate({
  id: 'rc3x',
  aliases: ['rcccx'],
  symbol: 'RX',
  title: 'Relative-phase triply controlled X',
  summary: 'A triply controlled X up to relative phases (Maslov 2016).',
  family: 'controlled',
  qubitCount: 4,
  matrix: () => productOf(4, relativeTripleControl),
  inverse: () => ({ gate: 'rc3xdg', parameters: [] }),
  decomposition: () => relativeTripleControl,
  ...additionIn('rc3x'),
});

export const rc3xdgGate = defineGate({
  id: 'rc3xdg',
  symbol: 'RX†',
  title: 'Relative-phase triply controlled X, dagger',
  summary: 'The inverse of the relative-phase triply controlled X.',
  family: 'controlled',
  qubitCount: 4,
  matrix: () => productOf(4, relativeTripleControlInverse),
  inverse: () => ({ gate: 'rc3x', parameters: [] }),
  decomposition: () => relativeTripleControlInverse,
});

/** As qelib1.inc has it, with u2(0, π) written as h and u1(±π/4) as t and tdg. */
const relativeToffoli: readonly GateStep[] = [
  step('h', [2]),
  step('t', [2]),
  step('cx', [1, 2]),
  step('tdg', [2]),
  step('cx', [0, 2]),
  step('t', [2]),
  step('cx', [1, 2]),
  step('tdg', [2]),
  step('h', [2]),
];

const relativeTripleControl: readonly GateStep[] = [
  step('h', [3]),
  step('t', [3]),
  step('cx', [2, 3]),
  step('tdg', [3]),
  step('h', [3]),
  step('cx', [0, 3]),
  step('t', [3]),
  step('cx', [1, 3]),
  step('tdg', [3]),
  step('cx', [0, 3]),
  step('t', [3]),
  step('cx', [1, 3]),
  step('tdg', [3]),
  step('h', [3]),
  step('t', [3]),
  step('cx', [2, 3]),
  step('tdg', [3]),
  step('h', [3]),
];

const inverseNames: Readonly<Record<string, string>> = { t: 'tdg', tdg: 't' };

const relativeTripleControlInverse: readonly GateStep[] = relativeTripleControl
  .toReversed()
  .map((one) => ({ ...one, gate: inverseNames[one.gate] ?? one.gate }));

/**
 * e^{iπ·turn} on |1…1⟩ as phases of all parities of the qubits: the product of bits is the
 * alternating sum of their exclusive ors (Barenco et al. 1995), each made by a chain of CX.
 */
function controlledPhases(qubits: readonly number[], turn = 1): GateStep[] {
  const unit = (Math.PI * turn) / 2 ** (qubits.length - 1);
  const steps: GateStep[] = [];
  for (let subset = 1; subset < 1 << qubits.length; subset++) {
    const members = qubits.filter((_, bit) => (subset >> bit) & 1);
    const target = members.at(-1) as number;
    const chain = members.slice(0, -1).map((control) => step('cx', [control, target]));
    const sign = members.length % 2 === 1 ? 1 : -1;
    steps.push(...chain, step('p', [target], sign * unit), ...chain.toReversed());
  }
  return steps;
}
