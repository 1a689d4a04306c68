import { describe, expect, it } from 'vitest';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { areEqualUpToPhase } from '#shared/circuit/unitary.ts';
import { imported, firstFault, gatesOf } from '../../../support/importing.ts';

describe('Quil', () => {
  it('is read with conditions, parameters, modifiers and definitions', () => {
    const circuit = imported(
      'quil',
      `# a program
DECLARE ro BIT[2]
DECLARE theta REAL[2]
DEFGATE ROOT:
    0.5+0.5i, 0.5-0.5i
    0.5-0.5i, 0.5+0.5i
DEFCIRCUIT PAIR(%a) x y:
    RX(%a/2) x
    CNOT x y
MOVE theta[1] pi/2
ROOT 1; PAIR(2*theta[0]) 0 1
CONTROLLED DAGGER T 1 0
MEASURE 0 ro[0]
JUMP-WHEN @THEN1 ro[0]
X 1
JUMP @END2
LABEL @THEN1
Z 1
LABEL @END2
RESET 0
FENCE
HALT
Y 0
`,
    );
    expect(circuit.parameters).toEqual([
      { name: 'theta_0', value: null },
      { name: 'theta_1', value: Math.PI / 2 },
    ]);
    expect(circuit.definitions.map(({ name }) => name)).toEqual(['root', 'pair']);
    expect(circuit.operations.slice(1)).toEqual([
      gate(
        'pair',
        [0, 1],
        [
          {
            kind: 'binary',
            operator: '*',
            left: { kind: 'number', value: 2 },
            right: parameterOf('theta_0'),
          },
        ],
      ),
      { ...gate('tdg', [0]), controls: [{ qubit: 1, value: 1 }] },
      { kind: 'measure', qubit: 0, bit: 0 },
      {
        kind: 'if',
        condition: { bits: [0], value: 0 },
        body: [gate('x', [1])],
        otherwise: [gate('z', [1])],
      },
      { kind: 'reset', qubit: 0 },
      { kind: 'barrier', qubits: [0, 1] },
    ]);
    const root = gatesOf({ ...circuit, operations: circuit.operations.slice(0, 1) }, 2);
    expect(areEqualUpToPhase(root, circuitOf(2, [gate('sx', [1])]))).toBe(true);
  });

  it('takes the first qubit of a matrix as the highest bit', () => {
    const circuit = imported('quil', 'DEFGATE FLIP AS PERMUTATION:\n    0, 1, 3, 2\nFLIP 0 1\n');
    expect(areEqualUpToPhase(gatesOf(circuit), circuitOf(2, [gate('cx', [0, 1])]))).toBe(true);
  });

  it('knows the gates of its standard', () => {
    const text =
      'XY(0.7) 0 1\nPSWAP(0.4) 0 1\nCPHASE01(0.3) 0 1\nSQISW 0 1\nSQISW 0 1\nDAGGER ISWAP 0 1\n';
    const circuit = imported('quil', text);
    const expected = circuitOf(2, [
      gate('rxx', [0, 1], [-0.35]),
      gate('ryy', [0, 1], [-0.35]),
      gate('swap', [0, 1]),
      gate('x', [0]),
      gate('cx', [0, 1]),
      gate('x', [0]),
      gate('cx', [0, 1]),
      gate('p', [1], [0.4]),
      gate('cx', [0, 1]),
      gate('x', [0]),
      gate('cp', [0, 1], [0.3]),
      gate('x', [0]),
    ]);
    const parity = [gate('cx', [0, 1]), gate('p', [1], [0.4]), gate('cx', [0, 1])];
    const plain = {
      ...expected,
      operations: [...expected.operations.slice(0, 3), ...parity, ...expected.operations.slice(9)],
    };
    expect(areEqualUpToPhase(gatesOf(circuit), plain)).toBe(true);
  });

  it.each([
    ['H 0\nFOO 1\n', '2:1 There is no gate “FOO”.'],
    ['RX(pi/) 0', '1:7 Expected a real number'],
    ['H\n', '1:1 “H” takes 0 angles and 1 qubits; 0 and 0 came.'],
    ['H 0\nMEASURE 0 ro[0]', '2:11 “ro” is no memory of bits.'],
    ['DECLARE ro BIT\nLABEL @a\nX 0\nJUMP-WHEN @a ro', '4:1 The jump to @a leads back'],
    ['H 99999999', '1:3 Qubits go from 0 to'],
    ['AND ro[0] 1', '1:1 “AND” works on classical memory'],
    [`RX(${'('.repeat(5000)}1) 0`, '1:105 This expression is nested'],
    [`RX(${'1+'.repeat(5000)}1) 0`, '1:207 This expression is nested'],
    ['CNOT 0 0', '1:1 “cx” uses one qubit twice'],
    ['H 0 €', '1:5 Quil has no “€” here.'],
  ])('%# says what is wrong where it is', (text, message) => {
    expect(firstFault('quil', text)).toContain(message);
  });
});
