import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { areEqualUpToPhase } from '#shared/circuit/unitary.ts';
import { importerFor, importers } from '#shared/qasm/importers/registry.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { randomProgram } from '../../support/random-programs.ts';
import {
  read,
  importing,
  imported,
  exported,
  firstFault,
  gatesOf,
  outcomes,
  samples,
} from '../../support/importing.ts';

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
