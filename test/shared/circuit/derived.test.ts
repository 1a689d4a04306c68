import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { momentsOf, wireSpanOf } from '#shared/circuit/moments.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import { validateCircuit } from '#shared/circuit/validate.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { randomProgram } from '../../support/random-programs.ts';

function read(text: string): Circuit {
  const { circuit } = parseDocument(`OPENQASM 2.0;\ninclude "qelib1.inc";\n${text}`);
  if (circuit === null) throw new Error('no circuit');
  return circuit;
}

describe('momentsOf', () => {
  it('puts operations as far left as they go, wires in between included', () => {
    const circuit = circuitOf(3, [
      gate('h', [0]),
      gate('h', [1]),
      gate('cx', [0, 2]),
      gate('x', [1]),
      gate('y', [2]),
    ]);
    expect(momentsOf(circuit)).toEqual([0, 0, 1, 2, 2]);
  });

  it('keeps a measurement clear of everything between its qubit and its bit', () => {
    const circuit = circuitOf(2, [measure(0, 0), gate('x', [1]), measure(1, 1)], 2);
    expect(momentsOf(circuit)).toEqual([0, 1, 2]);
  });

  it('never draws two operations over each other and keeps their order on each wire', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { circuit } = parseDocument(randomProgram(rngOf(seed, 5)));
      if (circuit === null) throw new Error('no circuit');
      const columns = momentsOf(circuit);
      const last = new Map<number, number>();
      circuit.operations.forEach((operation, i) => {
        const span = wireSpanOf(operation, qubitCountOf(circuit));
        for (let wire = span?.top ?? 0; wire <= (span?.bottom ?? -1); wire++) {
          expect(columns[i]).toBeGreaterThan(last.get(wire) ?? -1);
          last.set(wire, columns[i] as number);
        }
      });
    }
  });
});

describe('statisticsOf', () => {
  it('counts gates, depth, two-qubit depth and T gates', () => {
    const circuit = read(
      'qreg q[3]; creg c[3]; h q; t q[0]; tdg q[1]; cx q[0],q[1]; barrier q; ccx q[0],q[1],q[2]; if(c==1) t q[2]; measure q->c;',
    );
    expect(statisticsOf(circuit)).toEqual({
      width: 3,
      bits: 3,
      depth: 6,
      twoQubitDepth: 2,
      twoQubitGates: 2,
      tCount: 3,
      operationCount: 12,
      gateCounts: { ccx: 1, cx: 1, h: 3, if: 1, measure: 3, t: 2, tdg: 1 },
    });
  });

  it('looks into gates of the user’s own as if they were written out', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { circuit } = parseDocument(randomProgram(rngOf(seed, 44)));
      if (circuit === null) throw new Error('no circuit');
      const plain = {
        ...circuit,
        operations: circuit.operations.filter(
          (one) => one.kind !== 'gate' || one.power === undefined,
        ),
      };
      const flat = { ...plain, operations: flattenOperations(plain, 100_000) };
      const { operationCount: _, gateCounts: __, ...deep } = statisticsOf(plain);
      expect(statisticsOf(flat)).toMatchObject(deep);
    }
  });

  it('counts what an exponential nest of gates holds without writing it out', () => {
    const nest = Array.from(
      { length: 40 },
      (_, k) => `gate g${k + 1} a,b { g${k} a,b; g${k} b,a; }`,
    ).join(' ');
    const circuit = read(`gate g0 a,b { t a; cx a,b; } ${nest} qreg q[2]; g40 q[0],q[1];`);
    expect(statisticsOf(circuit)).toMatchObject({
      tCount: 2 ** 40,
      twoQubitGates: 2 ** 40,
      twoQubitDepth: 2 ** 40,
      operationCount: 1,
    });
  });
});

describe('flattenOperations', () => {
  it('writes nested gates out with their parameters', () => {
    const circuit = read(
      'gate a(t) q { rx(t/2) q; } gate b(s) q,r { a(s*3) r; cx q,r; barrier q,r; } qreg q[2]; creg c[1]; b(0.5) q[1],q[0]; if(c==1) a(1) q[0];',
    );
    const flat = flattenOperations(circuit, 100);
    expect(flat.map((one) => one.kind)).toEqual(['gate', 'gate', 'barrier', 'if']);
    expect(flat[0]).toMatchObject({ gate: 'rx', qubits: [0] });
    expect(flat[1]).toMatchObject({ gate: 'cx', qubits: [1, 0] });
    expect(flat[3]).toMatchObject({ body: [{ gate: 'rx' }] });
  });

  it('turns the inverse of a gate of the user’s own round', () => {
    const circuit = read('gate a q { h q; s q; } qreg q[1]; a q[0];');
    const inverse = { ...circuit, operations: [{ ...gate('a', [0]), power: -1 }] };
    expect(flattenOperations(inverse, 10)).toMatchObject([
      { gate: 's', power: -1 },
      { gate: 'h', power: -1 },
    ]);
  });

  it('refuses an angle that comes out as no number', () => {
    const circuit = read('gate g(a) q { rx(1/a) q; } qreg q[1]; g(0) q[0];');
    expect(() => flattenOperations(circuit, 10)).toThrow(/not a finite number/);
  });

  it('refuses opaque gates and too many operations', () => {
    expect(() => flattenOperations(read('opaque m a; qreg q[1]; m q[0];'), 10)).toThrow(/opaque/);
    expect(() => flattenOperations(read('qreg q[5]; h q;'), 4)).toThrow(/more than 4 operations/);
  });
});

describe('validateCircuit', () => {
  it('finds nothing in programs that were read', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { circuit } = parseDocument(randomProgram(rngOf(seed, 6)));
      expect(circuit === null ? null : validateCircuit(circuit)).toEqual([]);
    }
  });

  it('lists everything that is wrong', () => {
    const broken: Circuit = {
      ...circuitOf(2, [
        gate('cx', [0, 0]),
        gate('nope', [0]),
        gate('rx', [7], []),
        measure(0, 3),
        gate('rx', [0], [{ kind: 'parameter', name: 't' }]),
      ]),
      bitRegisters: [{ name: 'q', size: 0 }],
    };
    expect(validateCircuit(broken).map(({ index, code }) => [index, code])).toEqual([
      [null, 'duplicate-name'],
      [null, 'empty-register'],
      [0, 'duplicate-qubit'],
      [1, 'unknown-gate'],
      [2, 'qubit-out-of-range'],
      [2, 'wrong-parameter-count'],
      [3, 'bit-out-of-range'],
      [4, 'unknown-parameter'],
    ]);
  });
});
