import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { areEqualUpToPhase } from '#shared/circuit/unitary.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { firstFault, gatesOf, imported, importing } from '../../../support/importing.ts';
import { faultsOf, probabilitiesOf, realUse } from '../../../support/simulate-text.ts';

/** The text that a Quil program is opened as. */
function opened(text: string): string {
  return printCircuit(imported('quil', text), 3);
}

describe('Quil programs of real use', () => {
  it('gives items of memory names of their own', () => {
    const circuit = imported('quil', realUse('quil-flattened-names.quil'));
    const names = circuit.parameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
    expect(names).toContain('theta_0');
    expect(circuit.operations).toEqual([
      gate('rx', [0], [{ kind: 'parameter', name: 'theta_0_' }]),
      gate('rx', [1], [{ kind: 'parameter', name: 'theta_0' }]),
    ]);
    expect(faultsOf(printCircuit(circuit, 3))).toEqual([]);
  });

  it('renames what OpenQASM 3 keeps for itself, and says so', () => {
    const { losses } = importing('quil', realUse('quil-reserved-name.quil'));
    expect(losses.map(({ what }) => what)).toEqual(['the name “angle”']);
    expect(faultsOf(opened(realUse('quil-reserved-name.quil')))).toEqual([]);
  });

  it('keeps bits that are called as the qubits are', () => {
    const text = 'DECLARE q BIT[2]\nX 1\nMEASURE 1 q[1]\n';
    expect(probabilitiesOf(opened(text))).toEqual({ 10: 1 });
  });

  it.each([
    ['a matrix with parameters', realUse('quil-parametric-matrix.quil'), { '01': 0.5, '11': 0.5 }],
    [
      'a sequence with its qubits before AS',
      realUse('quil-sequence-order.quil'),
      { 0: 0.853553, 1: 0.146447 },
    ],
    [
      'a sequence with its qubits behind it',
      realUse('quil-sequence-order.quil').replace('HTH p AS SEQUENCE', 'HTH AS SEQUENCE p'),
      { 0: 0.853553, 1: 0.146447 },
    ],
    ['memory that is shared', realUse('quil-sharing.quil'), { '0100': 1 }],
    [
      'a shared view of a view',
      'DECLARE ro BIT[4]\nDECLARE a BIT[3] SHARING ro OFFSET 1 BIT\nDECLARE b BIT SHARING a OFFSET 2 BIT\nX 0\nMEASURE 0 b',
      { 1000: 1 },
    ],
    [
      'a fork',
      'DECLARE ro BIT[2]\nX 0\nFORKED RX(0, pi) 0 1\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]',
      { 11: 1 },
    ],
    ['a fork that is not taken', 'DECLARE ro BIT\nFORKED RX(0, pi) 0 1\nMEASURE 1 ro[0]', { 0: 1 }],
  ])('reads %s', (_, text, expected) => {
    const found = probabilitiesOf(opened(text));
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) expect(found[key]).toBeCloseTo(value, 6);
  });

  it.each([
    ['DEFGATE G(%a) p q AS PAULI-SUM:\n    ZZ(%a/2) p q\nG(0.7) 0 1', [gate('rzz', [0, 1], [0.7])]],
    ['DEFGATE G(%a) p AS PAULI-SUM:\n    Y(%a/2) p\nG(0.7) 0', [gate('ry', [0], [0.7])]],
    ['DEFGATE G(%a) p q AS PAULI-SUM:\n    XY(%a/4) p q\n    YX(-%a/4) q p\nG(0.7) 0 1', []],
    [
      'DEFGATE G(%a) p q AS PAULI-SUM:\n    XX(%a/4) p q\n    YY(%a/4) p q\nG(0.8) 0 1',
      [gate('rxx', [0, 1], [0.4]), gate('ryy', [0, 1], [0.4])],
    ],
    // exp(−iπ(X + Z)/(2√2)) is the Hadamard gate up to phase.
    [
      'DEFGATE G p AS PAULI-SUM:\n    X(pi/(2*SQRT(2))) p\n    Z(pi/(2*SQRT(2))) p\nG 0',
      [gate('h', [0])],
    ],
    [
      'DEFGATE R(%a):\n    CIS(-%a/2), 0\n    0, EXP(i*%a/2)\nR(0.3) 1\nDAGGER R(0.1) 1',
      [gate('rz', [1], [0.2])],
    ],
    [
      'DEFGATE R(%a):\n    COS(%a/2)^2-SIN(%a/2)^2, -SIN(%a)\n    SIN(%a), COS(%a)\nR(0.3) 0',
      [gate('ry', [0], [0.6])],
    ],
    [
      'DEFGATE R(%a):\n    1, 0\n    0, CIS(%a)\nDEFGATE B(%b) p AS SEQUENCE:\n    R(2*%b) p\nB(0.3) 0\nCONTROLLED B(0.2) 1 0',
      [gate('p', [0], [0.6]), gate('cp', [0, 1], [0.4])],
    ],
  ])('%# does what the definition says', (text, expected) => {
    const circuit = gatesOf(imported('quil', text));
    const size = circuit.qubitRegisters[0]?.size ?? 1;
    expect(areEqualUpToPhase(circuit, circuitOf(size, expected))).toBe(true);
  });

  it('writes the value that was moved into a gate that needs numbers', () => {
    const definition = 'DECLARE t REAL\nDEFGATE R(%a):\n    1, 0\n    0, CIS(%a)\n';
    const circuit = gatesOf(imported('quil', `${definition}MOVE t 0.3\nR(t) 0`));
    expect(areEqualUpToPhase(circuit, circuitOf(1, [gate('p', [0], [0.3])]))).toBe(true);
    expect(firstFault('quil', `${definition}R(t) 0`)).toContain('5:1 The steps of “R” follow');
  });

  it.each([
    [realUse('infinite-angle.quil'), '2:4 This is not a finite real number.'],
    ['RX(1e999) 0', '1:4 This is not a finite'],
    ['DECLARE t REAL\nRX(t/0) 0', '2:4 This is not a finite'],
    ['RX(1/1e999) 0', '1:4 This is not a finite'],
    ['DECLARE t REAL\nRX(t) 0\nMOVE t 0.3', '3:6 “t” was used before.'],
    ['DECLARE c BIT\nMEASURE 0 c\nMOVE c 0', '3:6 “c” was used before.'],
    ['DECLARE a BIT[2]\nDECLARE b BIT[2] SHARING a OFFSET 1 BIT', '2:26 “b” cannot share “a”'],
    ['DECLARE a INTEGER\nDECLARE b BIT[2] SHARING a', '2:26 “b” cannot share “a”'],
    ['DECLARE a BIT\nDECLARE a REAL', '2:9 “a” is declared twice'],
    ['DEFGATE G:\n    1, 1\n    0, 1\nG 0', '1:9 The matrix of “G” is not unitary'],
    ['DEFGATE G:\n    1, 0\n    0, 1/0\nG 0', '3:8 A number such as'],
    [
      'DEFGATE G p AS SEQUENCE:\n    H p\nDEFGATE G p AS SEQUENCE:\n    X p',
      '3:9 “G” is defined twice',
    ],
    ['FORKED X 0 1', '1:1 FORKED takes the angles'],
    ['DECLARE c BIT\nJUMP-UNLESS @a c\nHALT\nLABEL @a\nX 0', '3:1 HALT ends a circuit'],
  ])('%# is refused where it stands', (text, message) => {
    expect(firstFault('quil', text)).toContain(message);
  });

  it('reads nothing that check would refuse', () => {
    const names = 'angle theta theta_0 q qubit rx h pi-x U sin input lambda c ro in gphase x'.split(
      ' ',
    );
    let read = 0;
    for (let seed = 0; seed < 400; seed++) {
      const rng = rngOf(seed, 77);
      const pick = (list: readonly string[]): string => list[rng.below(list.length)] as string;
      const [bits, reals, own, a, p] = [names, names, names, names, names].map(pick);
      const calls = [
        'H 0',
        'RX(1) 1',
        `RX(${reals}[0]) 0`,
        'RZ(pi/2) 1',
        'CNOT 0 1',
        'CONTROLLED PHASE(0.2) 0 1',
        'FORKED RY(1, 2) 1 0',
        'DAGGER CONTROLLED G(0.1) 1 0',
        `${own}(0.3) 1`,
        `CONTROLLED ${own}(${reals}[0]) 1 0`,
        'RX(pi/0) 0',
      ];
      const text = [
        `DECLARE ${bits} BIT[${1 + rng.below(3)}]`,
        `DECLARE ${reals} REAL[${1 + rng.below(2)}]`,
        `DEFGATE G(%${a}):\n    1, 0\n    0, CIS(%${a})`,
        `DEFGATE ${own}(%${a}) ${p} AS SEQUENCE:\n    RX(2*%${a}) ${p}\n    H ${p}\n    DAGGER G(0.3) ${p}`,
        ...Array.from({ length: 4 }, () => pick(calls)),
        `MEASURE 0 ${bits}[0]`,
      ]
        .filter(() => rng.below(30) > 0)
        .join('\n');
      const { circuit, diagnostics } = importing('quil', text);
      if (circuit === null) expect(diagnostics.length).toBeGreaterThan(0);
      else {
        read++;
        expect(faultsOf(printCircuit(circuit, 3)), text).toEqual([]);
      }
    }
    expect(read).toBeGreaterThan(100);
  });
});
