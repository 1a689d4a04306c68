import { kronecker, type Matrix } from '../math/matrix.ts';
import type { Gate } from './gate.ts';
import {
  additionIn,
  angle,
  defineGate,
  generatedBy,
  halfOf,
  negated,
  pauliX,
  pauliY,
  pauliZ,
  rotationMatrix,
  standardIn,
  step,
} from './define.ts';

/** Matrix, derivative and inverse of exp(−iθP/2). */
function rotation(id: string, pauli: Matrix): Pick<Gate, 'matrix' | 'derivative' | 'inverse'> {
  const matrix: Gate['matrix'] = (parameters) => rotationMatrix(pauli, angle(parameters));
  return { matrix, derivative: generatedBy(halfOf(pauli), matrix), inverse: negated(id) };
}

export const rxGate = defineGate({
  id: 'rx',
  symbol: 'RX',
  title: 'Rotation about x',
  summary: 'exp(−iθX/2): turns the Bloch vector about the x axis by θ.',
  family: 'rotation',
  parameterNames: ['theta'],
  qubitCount: 1,
  ...rotation('rx', pauliX),
  decomposition: (parameters) => [
    step('h', [0]),
    step('rz', [0], angle(parameters)),
    step('h', [0]),
  ],
  ...standardIn('rx', 2, 3),
});

export const ryGate = defineGate({
  id: 'ry',
  symbol: 'RY',
  title: 'Rotation about y',
  summary: 'exp(−iθY/2): turns the Bloch vector about the y axis by θ; its matrix is real.',
  family: 'rotation',
  parameterNames: ['theta'],
  qubitCount: 1,
  ...rotation('ry', pauliY),
  decomposition: (parameters) => [
    step('sdg', [0]),
    step('rx', [0], angle(parameters)),
    step('s', [0]),
  ],
  ...standardIn('ry', 2, 3),
});

export const rzGate = defineGate({
  id: 'rz',
  symbol: 'RZ',
  title: 'Rotation about z',
  summary: 'exp(−iθZ/2): turns the Bloch vector about the z axis by θ; free on most devices.',
  family: 'rotation',
  parameterNames: ['theta'],
  qubitCount: 1,
  ...rotation('rz', pauliZ),
  isDiagonal: true,
  ...standardIn('rz', 2, 3),
});

export const rxxGate = defineGate({
  id: 'rxx',
  symbol: 'XX',
  title: 'Rotation about XX',
  summary: 'exp(−iθXX/2): the Mølmer-Sørensen interaction of trapped ions.',
  family: 'two-qubit',
  parameterNames: ['theta'],
  qubitCount: 2,
  ...rotation('rxx', kronecker(pauliX, pauliX)),
  decomposition: (parameters) => [
    step('h', [0]),
    step('h', [1]),
    step('rzz', [0, 1], angle(parameters)),
    step('h', [0]),
    step('h', [1]),
  ],
  ...additionIn('rxx'),
});

export const ryyGate = defineGate({
  id: 'ryy',
  symbol: 'YY',
  title: 'Rotation about YY',
  summary: 'exp(−iθYY/2): with RXX it makes the XY mixer of constrained QAOA.',
  family: 'two-qubit',
  parameterNames: ['theta'],
  qubitCount: 2,
  ...rotation('ryy', kronecker(pauliY, pauliY)),
  decomposition: (parameters) => [
    step('sdg', [0]),
    step('sdg', [1]),
    step('rxx', [0, 1], angle(parameters)),
    step('s', [0]),
    step('s', [1]),
  ],
});

export const rzzGate = defineGate({
  id: 'rzz',
  symbol: 'ZZ',
  title: 'Rotation about ZZ',
  summary: 'exp(−iθZZ/2): the phase of an Ising coupling; the cost layer of QAOA is made of these.',
  family: 'two-qubit',
  parameterNames: ['theta'],
  qubitCount: 2,
  ...rotation('rzz', kronecker(pauliZ, pauliZ)),
  decomposition: (parameters) => [
    step('cx', [0, 1]),
    step('rz', [1], angle(parameters)),
    step('cx', [0, 1]),
  ],
  isDiagonal: true,
  ...additionIn('rzz'),
});
