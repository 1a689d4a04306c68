import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import { type Circuit, emptyCircuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { areEqualUpToPhase, unitaryOf } from '#shared/circuit/unitary.ts';
import { gates } from '#shared/gates/registry.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import type { Imported } from '#shared/qasm/importers/importer.ts';
import { importerFor, importers } from '#shared/qasm/importers/registry.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { randomProgram } from '../../support/random-programs.ts';

function read(text: string): Circuit {
  const { circuit, diagnostics } = parseDocument(text);
  if (circuit === null) throw new Error(JSON.stringify(diagnostics));
  return circuit;
}

function importing(id: string, text: string): Imported {
  const importer = importers.find((one) => one.id === id);
  if (importer === undefined) throw new Error(`no importer ${id}`);
  return importer.import(text);
}

function imported(id: string, text: string): Circuit {
  const { circuit, diagnostics } = importing(id, text);
  if (circuit === null) throw new Error(`${JSON.stringify(diagnostics)}\n${text}`);
  return circuit;
}

function exported(id: string, circuit: Circuit): string {
  return exporters.find((one) => one.id === id)?.export(circuit).text ?? '';
}

function firstFault(id: string, text: string): string {
  const [first] = importing(id, text).diagnostics;
  return `${first?.line}:${first?.column} ${first?.message}`;
}

/** Gates alone, on as many qubits; the others may be idle at the end, which some formats forget. */
function gatesOf(circuit: Circuit, qubits = qubitCountOf(circuit)): Circuit {
  return {
    ...emptyCircuit,
    definitions: circuit.definitions,
    qubitRegisters: [{ name: 'q', size: qubits }],
    operations: circuit.operations.filter(({ kind }) => kind === 'gate'),
  };
}

/** |entry|² of the first column: what measuring every qubit shows. */
function outcomes(circuit: Circuit): number[] {
  const { size, re, im } = unitaryOf(circuit);
  return Array.from(
    { length: size },
    (_, r) => (re[r * size] ?? 0) ** 2 + (im[r * size] ?? 0) ** 2,
  );
}

/** Every gate under zero to two controls, and random circuits of gates. */
function circuitsOfGates(): Circuit[] {
  const single = gates.flatMap((member) =>
    [0, 1, 2].map((count) => {
      const qubits = Array.from({ length: member.qubitCount }, (_, i) => i);
      const controls = Array.from({ length: count }, (_, i) => ({
        qubit: member.qubitCount + i,
        value: i === 1 ? (0 as const) : (1 as const),
      }));
      const angles = member.parameterNames.map((_, i) => 0.3 + i);
      const call = gate(member.id, qubits, angles);
      return circuitOf(member.qubitCount + count, [count === 0 ? call : { ...call, controls }]);
    }),
  );
  const random = Array.from({ length: 30 }, (_, seed) => {
    const circuit = read(randomProgram(rngOf(seed, 60)));
    return gatesOf(circuit);
  });
  return [...single, ...random];
}

const samples = circuitsOfGates();

describe('importers', () => {
  it('are sorted by id', () => {
    const ids = importers.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  it.each(['quil', 'quirk', 'ionq'])(
    'read what the exporter %s writes, equal up to phase',
    (id) => {
      for (const circuit of samples) {
        const text = exported(id, circuit);
        const back = imported(id, text);
        const size = Math.max(qubitCountOf(circuit), qubitCountOf(back));
        const equal = areEqualUpToPhase(gatesOf(back, size), gatesOf(circuit, size));
        expect(equal, text).toBe(true);
      }
    },
  );

  it('read native gates that show the same outcomes after any preparation', () => {
    for (const circuit of samples) {
      const size = qubitCountOf(circuit);
      const prepare = Array.from({ length: size }, (_, q) =>
        gate('u', [q], [0.4 + q, 0.9, q - 1.7]),
      );
      const whole = { ...circuit, operations: [...prepare, ...circuit.operations, ...prepare] };
      const text = exported('ionq-native', whole);
      expect(text).not.toMatch(/"gate":"(?!gpi2?"|ms")/);
      const back = outcomes(gatesOf(imported('ionq', text), size));
      outcomes(gatesOf(whole, size)).forEach((weight, i) => expect(back[i]).toBeCloseTo(weight, 9));
    }
  });

  it('give JSON, OpenQASM 2 and OpenQASM 3 back as they were', () => {
    for (let seed = 0; seed < 60; seed++) {
      const circuit = read(randomProgram(rngOf(seed, 61)));
      expect(sameCircuit(imported('json', exported('json', circuit)), circuit)).toBe(true);
      expect(sameCircuit(read(exported('qasm2', circuit)), circuit)).toBe(true);
      expect(sameCircuit(read(exported('qasm3', circuit)), circuit)).toBe(true);
    }
  });

  it('give circuits that OpenQASM 3 can print', () => {
    for (const id of ['quil', 'quirk', 'ionq', 'json']) {
      for (const circuit of samples) {
        const back = imported(id, exported(id, circuit));
        expect(read(printCircuit(back, 3)).operations.length).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('are chosen by extension and by looks', () => {
    const bell = circuitOf(2, [gate('h', [0]), gate('cx', [0, 1]), ...measureAll(2)], 2);
    for (const [id, name] of [
      ['quil', 'a.quil'],
      ['quirk', 'a.json'],
      ['ionq', 'a.json'],
      ['json', 'a.json'],
    ] as const) {
      expect(importerFor(exported(id, bell), name)?.id).toBe(id);
      expect(importerFor(exported(id, bell), 'pasted')?.id).toBe(id);
    }
    expect(importerFor('OPENQASM 3.0; qubit q;', 'a.txt')).toBeNull();
    expect(importerFor('H 0', 'a.qasm')).toBeNull();
  });
});

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

describe('IonQ JSON', () => {
  it('is read from whole jobs, with controls', () => {
    const job = {
      type: 'ionq.circuit.v1',
      input: {
        qubits: 3,
        gateset: 'qis',
        circuit: [
          { gate: 'h', target: 0 },
          { gate: 'cnot', control: 0, target: 1 },
          { gate: 'z', controls: [0, 1], target: 2, rotation: 0.5 },
          { gate: 'x', targets: [0, 2] },
        ],
      },
    };
    const circuit = imported('ionq', JSON.stringify(job));
    expect(circuit.operations).toEqual([
      gate('h', [0]),
      gate('cx', [0, 1]),
      {
        ...gate('p', [2], [0.5]),
        controls: [
          { qubit: 0, value: 1 },
          { qubit: 1, value: 1 },
        ],
      },
      gate('x', [0]),
      gate('x', [2]),
    ]);
  });

  it.each([
    ['{"qubits": 2,\n "circuit": [{"gate": "h"}]}', '2:14 “h” acts on 1 target; 0 came.'],
    [
      '{"qubits": 2, "circuit": [{"gate": "warp", "target": 0}]}',
      "1:36 IonQ's QIS set has no gate “warp”",
    ],
    [
      '{"qubits": 1, "circuit": [{"gate": "x", "target": 1}]}',
      '1:51 A target goes from 0 to 0; 1 came.',
    ],
    ['{"qubits": 1, "circuit": [{"gate": "rx", "target": 0}]}', '1:27 “rotation” is missing'],
    ['{"qubits": 1, "circuit": [', '1:27 Expected a value, but the file ends.'],
    ['{"circuit": []}', '1:1 “qubits” is missing; a number was expected.'],
    [`{"qubits": 1, "circuit": ${'['.repeat(5000)}`, '1:126 This is nested more than'],
  ])('%# says what is wrong where it is', (text, message) => {
    expect(firstFault('ionq', text)).toContain(message);
  });
});

describe('Quirk', () => {
  it('is read from an address, with starts, measurements and controls of every kind', () => {
    const json =
      '{"cols":[["H","…"],["•","X"],["⊖","Y^¼"],["Measure",1,"Chance"],["◦",{"id":"Rzft","arg":"pi/3"}]],"init":[0,"+"]}';
    const circuit = imported(
      'quirk',
      `https://algassert.com/quirk#circuit=${encodeURIComponent(json)}`,
    );
    expect(qubitCountOf(circuit)).toBe(3);
    expect(circuit.operations.map((one) => (one.kind === 'gate' ? one.gate : one.kind))).toEqual([
      'h',
      'h',
      'cx',
      'h',
      'y',
      'h',
      'measure',
      'rz',
    ]);
    expect(circuit.operations[4]).toEqual({
      ...gate('y', [1]),
      power: 0.25,
      controls: [{ qubit: 0, value: 1 }],
    });
    expect(importing('quirk', json).losses.map(({ what }) => what)).toEqual(['displays']);
  });

  it('is read with gates of its own, by matrix and by circuit', () => {
    const text = JSON.stringify({
      cols: [
        ['~root', 1],
        [1, '~pair'],
        ['•', '~root'],
      ],
      gates: [
        { id: '~root', name: 'Root!', matrix: '{{½+½i,½-½i},{½-½i,½+½i}}' },
        { id: '~pair', circuit: { cols: [['H'], ['•', 'X']] } },
      ],
    });
    const circuit = imported('quirk', text);
    expect(circuit.definitions.map(({ name }) => name)).toEqual(['root_', 'pair']);
    const expected = circuitOf(3, [
      gate('sx', [0]),
      gate('h', [1]),
      gate('cx', [1, 2]),
      { ...gate('sx', [1]), controls: [{ qubit: 0, value: 1 as const }] },
    ]);
    expect(areEqualUpToPhase(gatesOf(circuit), expected)).toBe(true);
  });

  it('knows the Fourier transform and the increment', () => {
    const transform = unitaryOf(gatesOf(imported('quirk', '{"cols":[["QFT3",1,"…"]]}')));
    for (let r = 0; r < 8; r++) {
      for (let c = 0; c < 8; c++) {
        const angle = (2 * Math.PI * r * c) / 8;
        expect(transform.re[r * 8 + c]).toBeCloseTo(Math.cos(angle) / Math.sqrt(8), 12);
        expect(transform.im[r * 8 + c]).toBeCloseTo(Math.sin(angle) / Math.sqrt(8), 12);
      }
    }
    const increment = unitaryOf(gatesOf(imported('quirk', '{"cols":[["inc4",1,1,"…"]]}')));
    for (let c = 0; c < 16; c++) expect(increment.re[((c + 1) % 16) * 16 + c]).toBeCloseTo(1, 12);
  });

  it.each([
    ['{"cols": [["H"],\n["X^t"]]}', "2:2 Quirk's “X^t” cannot be read"],
    ['{"cols": [["Swap"]]}', '1:12 A column has two halves of a swap'],
    ['{"cols": [[{"id": "Rxft", "arg": "pi t"}]]}', '1:34 “pi t” is no angle'],
    ['{"cols": 3}', '1:10 “cols” is a number; an array was expected.'],
    [
      '{"cols": [], "gates": [{"id": "~a", "matrix": "{{1,1},{0,1}}"}]}',
      '1:1 This matrix is not unitary',
    ],
  ])('%# says what is wrong where it is', (text, message) => {
    expect(firstFault('quirk', text)).toContain(message);
  });
});

describe('circuit JSON', () => {
  it.each([
    ['{"qubitRegisters": []}', '1:1 bitRegisters: '],
    ['{"qubitRegisters": [{"name": "q", "size": 0}]}', '1:43 qubitRegisters.0.size: '],
    [
      exported('json', circuitOf(1, [gate('x', [0])])).replace('"x"', '"x q[0]; h"'),
      'operations.0.gate: ',
    ],
    [exported('json', circuitOf(1, [gate('x', [3])])), 'Qubit 3 is not there'],
    ['{"qubitRegisters": nul}', '1:20 Expected a value, but “n” came.'],
  ])('%# says what is wrong where it is', (text, message) => {
    expect(firstFault('json', text)).toContain(message);
  });
});

describe('hostile imports', () => {
  it('never throw, whatever is cut out of or typed into a text', () => {
    const bell = circuitOf(
      3,
      [gate('h', [0]), gate('ccx', [0, 1, 2]), gate('rx', [1], [0.3]), ...measureAll(3)],
      3,
    );
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '0',
      '-1',
      '1e999',
      '@',
      '%',
      '(',
      'JUMP @a',
      '\n',
      'null',
      '\\u',
    ];
    for (const id of ['quil', 'quirk', 'ionq', 'json']) {
      const text = exported(id, bell);
      for (let seed = 0; seed < 300; seed++) {
        const rng = rngOf(seed, 62);
        let hostile = text;
        for (let i = 0; i < 3; i++) {
          const at = rng.below(hostile.length + 1);
          const piece = pieces[rng.below(pieces.length)] ?? '';
          hostile = hostile.slice(0, at) + piece + hostile.slice(at + rng.below(4));
        }
        const { circuit, diagnostics } = importing(id, hostile);
        expect(circuit !== null || diagnostics.length > 0).toBe(true);
        for (const one of diagnostics) expect(one.line * one.column).toBeGreaterThan(0);
      }
    }
  });
});
