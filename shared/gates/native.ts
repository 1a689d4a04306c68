import { complex, polar } from '../math/complex.ts';
import { kronecker, type Matrix, matrixOf, multiplyMatrices, zeros } from '../math/matrix.ts';
import { angle, defineGate, generatedBy, halfOf, pauliZ, rotationMatrix, step } from './define.ts';
import type { GateStep } from './gate.ts';

/** Gates as machines have them; angles are in radians. */
const quarter = Math.PI / 2;

export const ecrGate = defineGate({
  id: 'ecr',
  symbol: 'ECR',
  title: 'Echoed cross-resonance',
  summary: 'The echoed ZX interaction of fixed-frequency transmons; a CX up to one-qubit gates.',
  family: 'native',
  qubitCount: 2,
  matrix: () => {
    const [a, i] = [Math.SQRT1_2, complex(0, Math.SQRT1_2)];
    const j = complex(0, -Math.SQRT1_2);
    return matrixOf([
      [0, a, 0, i],
      [a, 0, j, 0],
      [0, i, 0, a],
      [j, 0, a, 0],
    ]);
  },
  decomposition: () => [step('s', [0]), step('sx', [1]), step('cx', [0, 1]), step('x', [0])],
  isHermitian: true,
  isClifford: true,
});

/** cos φ·X + sin φ·Y. */
function equatorial(phi: number): Matrix {
  return matrixOf([
    [0, polar(1, -phi)],
    [polar(1, phi), 0],
  ]);
}

export const gpiGate = defineGate({
  id: 'gpi',
  symbol: 'GPi',
  title: 'Half turn about an equatorial axis',
  summary: 'cos φ·X + sin φ·Y: half a turn about the axis at φ in the plane of x and y.',
  family: 'native',
  parameterNames: ['phi'],
  qubitCount: 1,
  matrix: (parameters) => equatorial(angle(parameters)),
  derivative: (parameters) => equatorial(angle(parameters) + quarter),
  decomposition: (parameters) => {
    const phi = angle(parameters);
    return [step('u', [0], Math.PI, phi, Math.PI - phi)];
  },
  isHermitian: true,
});

export const gpi2Gate = defineGate({
  id: 'gpi2',
  symbol: 'GPi2',
  title: 'Quarter turn about an equatorial axis',
  summary: 'A quarter of a turn about the axis at φ in the plane of x and y.',
  family: 'native',
  parameterNames: ['phi'],
  qubitCount: 1,
  matrix: (parameters) => rotationMatrix(equatorial(angle(parameters)), quarter),
  inverse: (parameters) => ({ gate: 'gpi2', parameters: [angle(parameters) + Math.PI] }),
  derivative: (parameters) => {
    const turned = equatorial(angle(parameters) + quarter);
    return {
      size: 2,
      re: turned.im.map((y) => y * Math.SQRT1_2),
      im: turned.re.map((x) => -x * Math.SQRT1_2),
    };
  },
  decomposition: (parameters) => {
    const phi = angle(parameters);
    return [step('u', [0], quarter, phi - quarter, quarter - phi)];
  },
});

export const msGate = defineGate({
  id: 'ms',
  symbol: 'MS',
  title: 'Mølmer–Sørensen',
  summary: 'exp(−iθ/2·A⊗B) with A and B on the equator at φ0 and φ1: the ion traps’ interaction.',
  family: 'native',
  parameterNames: ['phi0', 'phi1', 'theta'],
  qubitCount: 2,
  matrix: (parameters) => rotationMatrix(axes(parameters), angle(parameters, 2)),
  inverse: ([phi0, phi1, theta]) => ({
    gate: 'ms',
    parameters: [phi0 as number, phi1 as number, -(theta as number)],
  }),
  derivative: (parameters, index) => {
    const matrix = rotationMatrix(axes(parameters), angle(parameters, 2));
    if (index === 2) return generatedBy(halfOf(axes(parameters)), () => matrix)(parameters, 0);
    const one = matrixOf([
      [1, 0],
      [0, 1],
    ]);
    const turn = halfOf(index === 0 ? kronecker(one, pauliZ) : kronecker(pauliZ, one));
    return commutator(turn, matrix);
  },
  decomposition: ([phi0, phi1, theta]): GateStep[] => [
    step('rz', [0], -(phi0 as number)),
    step('rz', [1], -(phi1 as number)),
    step('rxx', [0, 1], theta as number),
    step('rz', [0], phi0 as number),
    step('rz', [1], phi1 as number),
  ],
});

function axes(parameters: readonly number[]): Matrix {
  return kronecker(equatorial(angle(parameters, 1)), equatorial(angle(parameters)));
}

/** −i·[a, b]. */
function commutator(a: Matrix, b: Matrix): Matrix {
  const [ab, ba] = [multiplyMatrices(a, b), multiplyMatrices(b, a)];
  const result = zeros(a.size);
  for (let k = 0; k < result.re.length; k++) {
    result.re[k] = (ab.im[k] as number) - (ba.im[k] as number);
    result.im[k] = (ba.re[k] as number) - (ab.re[k] as number);
  }
  return result;
}
