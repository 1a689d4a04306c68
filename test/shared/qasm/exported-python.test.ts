import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { gates } from '#shared/gates/registry.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { importerFor } from '#shared/qasm/importers/registry.ts';
import { randomNamedCircuit } from '../../support/random-named-circuits.ts';
import { randomProgram } from '../../support/random-programs.ts';
import { hasPython, pythonFaults } from '../../support/run-python.ts';
import { realUse } from '../../support/simulate-text.ts';

const sdks = ['qiskit', 'cirq', 'braket', 'cudaq', 'pyquil'] as const;

/** The programs of a circuit for an SDK; none where the exporter refuses it with a reason. */
function written(id: string, circuits: readonly Circuit[]): string[] {
  const exporter = exporters.find((one) => one.id === id);
  return circuits.flatMap((circuit) => {
    try {
      return exporter === undefined ? [] : [exporter.export(circuit).text];
    } catch (error) {
      if (error instanceof AppError && error.code === 'unsupported') return [];
      throw error;
    }
  });
}

function faultsOf(id: string, circuits: readonly Circuit[]): readonly string[] {
  return pythonFaults(written(id, circuits)).filter((one) => one !== '');
}

/** Everything of a folder that is a circuit. */
function circuitsIn(folder: string): Circuit[] {
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    if (text.length > 20_000) return [];
    if (/\.(?:qasm)$/.test(name)) return parseDocument(text, { lenient: true }).circuit ?? [];
    return importerFor(text, name)?.import(text).circuit ?? [];
  });
}

const everyGate = gates.flatMap((member) =>
  [0, 2].map((count) => {
    const qubits = Array.from({ length: member.qubitCount }, (_, i) => i);
    const call = gate(
      member.id,
      qubits,
      member.parameterNames.map((_, i) => 0.3 + i),
    );
    const controls = Array.from({ length: count }, (_, i) => ({
      qubit: member.qubitCount + i,
      value: i === 1 ? (0 as const) : (1 as const),
    }));
    return circuitOf(member.qubitCount + count, [count === 0 ? call : { ...call, controls }]);
  }),
);

const circuits = ['fixtures/real-use', 'fixtures/qasm', '../assets/examples'].flatMap((one) =>
  circuitsIn(join(import.meta.dirname, '../..', one)),
);

describe.skipIf(!hasPython)('exported Python runs (needs python3)', () => {
  it.each(sdks)('%s: every gate and random OpenQASM 2', (id) => {
    const random = Array.from({ length: 20 }, (_, seed) => {
      const { circuit } = parseDocument(randomProgram(rngOf(seed, 22)));
      return circuit ?? circuitOf(1, []);
    });
    expect(faultsOf(id, [...everyGate, ...random])[0] ?? '').toBe('');
  });

  it.each(sdks)('%s: names, formulas and conditions in conditions', (id) => {
    const random = Array.from({ length: 150 }, (_, seed) => randomNamedCircuit(rngOf(seed, 23)));
    expect(written(id, random).length).toBeGreaterThan(40);
    expect(faultsOf(id, random)[0] ?? '').toBe('');
  });

  it.each(sdks)('%s: programs of real use and examples', (id) => {
    expect(circuits.length).toBeGreaterThan(20);
    expect(faultsOf(id, circuits)[0] ?? '').toBe('');
  });

  it.each(sdks)('%s: conditions on many bits and on long registers', (id) => {
    const bits = Array.from({ length: 70 }, (_, i) => i);
    const conditions = [
      { bits: bits.slice(0, 30), value: 0x2aaaaaaa },
      { bits, value: 2n ** 69n + 1n },
      { bits, value: 2n ** 69n + 1n, negated: true },
    ];
    const all = conditions.map((condition) =>
      circuitOf(
        2,
        [
          ...bits.map((bit) => ({ kind: 'measure', qubit: 0, bit }) as const),
          { kind: 'if', condition, body: [gate('x', [1])], otherwise: [gate('h', [1])] },
        ],
        70,
      ),
    );
    expect(faultsOf(id, all)[0] ?? '').toBe('');
  });

  it('finds the faults that it is there for', () => {
    const faults = pythonFaults([
      'circuit(lambda=0.3)',
      'import math\nfrom qiskit.circuit import Parameter\nmath.sin(Parameter("t"))',
      'import cirq, sympy\nq = cirq.LineQubit.range(1)\nq = sympy.Symbol("q")\ncirq.X(q[0])',
      'from qiskit import *\nq = QuantumRegister(1, "q")\nc = ClassicalRegister(2, "c")\nk = QuantumCircuit(q, c)\nwith k.if_test((c, 1)) as o:\n    with k.if_test((c[0], 1)) as o:\n        k.x(q[0])\n    with o:\n        k.x(q[0])\nwith o:\n    k.x(q[0])',
      '$0 = 1',
    ]);
    expect(faults.map((one) => one === '')).toEqual([false, false, false, false, false]);
    expect(faults[3]).toContain('Cannot re-use an else context');
  });
});

describe('exports of real use', () => {
  function textOf(id: string, name: string): string {
    const text = realUse(name);
    const circuit =
      parseDocument(text, { lenient: true }).circuit ??
      importerFor(text, name)?.import(text).circuit;
    const exporter = exporters.find((one) => one.id === id);
    if (circuit === null || circuit === undefined || exporter === undefined) throw new Error(name);
    return exporter.export(circuit).text;
  }

  it('give each else a name of its own', () => {
    expect(
      textOf('qiskit', 'qiskit-nested-else.qasm'),
    ).toContain(`with circuit.if_test((c, 2)) as otherwise_1:
    with circuit.if_test((c[0], 1)) as otherwise_2:
        circuit.x(q[0])
    with otherwise_2:
        circuit.h(q[0])
with otherwise_1:
    circuit.x(q[1])
`);
  });

  it('write functions of open parameters as each SDK has them', () => {
    expect(textOf('qiskit', 'function-of-parameter.qasm')).toContain(
      'circuit.rx(theta.sin(), q[0])',
    );
    expect(textOf('cirq', 'function-of-parameter.qasm')).toContain(
      'cirq.rx(sympy.sin(theta))(q[0])',
    );
    expect(textOf('braket', 'function-of-parameter.qasm')).toContain(
      'circuit.rx(0, FreeParameterExpression(sympy.sin(theta.expression)))',
    );
  });

  it('leave no name to clash, and no two the same', () => {
    expect(textOf('braket', 'braket-lambda.quil')).toContain('circuit = circuit(lambda_=0.3)');
    expect(textOf('cirq', 'cirq-parameter-q.qasm')).toContain('cirq.rx(q_)(q[0])');
    expect(textOf('qiskit', 'qiskit-physical-qubits.qasm')).toContain(
      'circuit.cx(physical_0[0], physical_1[0])',
    );
    expect(textOf('qsharp', 'qsharp-greek-parameters.qasm')).toContain(
      'operation Circuit(theta : Double, phi : Double)',
    );
    const capital = textOf('qasm2', 'qasm2-capital-register.qasm');
    expect(capital).toContain('the name “Q”');
    expect(parseDocument(capital).diagnostics).toEqual([]);
  });

  it('do not say that an SDK lacks what only the circuit does not hold', () => {
    const text =
      'OPENQASM 3.0; include "stdgates.inc"; qubit q; bit c; c = measure q; while (c) { x q; c = measure q; } delay[10ns] q;';
    const { circuit } = parseDocument(text);
    if (circuit === null) throw new Error(text);
    for (const id of [...sdks, 'quil', 'qsharp']) {
      const exporter = exporters.find((one) => one.id === id);
      const losses = exporter?.export(circuit).losses ?? [];
      expect(losses.map(({ what }) => what)).toEqual(expect.arrayContaining(['the block “delay”']));
      expect(losses.some(({ why }) => /has no statement/.test(why))).toBe(false);
      expect(losses.filter(({ why }) => /not part of the circuit/.test(why))).toHaveLength(2);
    }
  });
});
