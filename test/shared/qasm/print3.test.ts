import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { gates } from '#shared/gates/registry.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { distance } from '#shared/math/matrix.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { revise } from '#shared/qasm/text-edits.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { compileCircuit, runCompiled } from '#engine/simulators/evaluator.ts';
import { statevector } from '#engine/simulators/dense.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import type { QuantumRegister } from '#engine/simulators/register.ts';
import { randomProgram } from '../../support/random-programs.ts';

function reread(circuit: Circuit): Circuit {
  const text = printCircuit(circuit, 3);
  const document = parseDocument(text);
  expect(document.diagnostics, text).toEqual([]);
  if (document.circuit === null) throw new Error('no circuit');
  return document.circuit;
}

function stateOf(circuit: Circuit): QuantumRegister {
  return runCompiled(compileCircuit(circuit, false), {}, statevector, null, new CancelFlag());
}

describe('OpenQASM 3 text of a circuit', () => {
  it.each(gates.map((one) => [one.id as string, one] as const))(
    'says what %s does, under a control, too',
    (_, one) => {
      const angles = one.parameterNames.map((__, i) => 0.3 + 0.4 * i);
      const qubits = Array.from({ length: one.qubitCount }, (__, i) => i + 1);
      const spread: Operation[] = [0, ...qubits].map((q) => gate('ry', [q], [0.5 + 0.3 * q]));
      const call = gate(one.id, qubits, angles);
      // A gate that the file itself declares by a decomposition may differ by a global phase.
      const isExact = !/^(?:iswap|rc)/.test(one.id);
      const calls: Operation[] = isExact
        ? [{ ...call, controls: [{ qubit: 0, value: 1 }] }]
        : [call];
      const circuit = circuitOf(one.qubitCount + 1, [...spread, ...calls]);
      expect(stateOf(reread(circuit)).overlap(stateOf(circuit))).toBeCloseTo(1, 10);
    },
  );

  it('reads back to an equal circuit, and to the same text', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { circuit } = parseDocument(randomProgram(rngOf(seed, 8)), { lenient: true });
      if (circuit === null || circuit.definitions.some(({ body }) => body === null)) continue;
      const once = reread(circuit);
      const text = printCircuit(once, 3);
      const again = parseDocument(text).circuit;
      expect(again !== null && sameCircuit(again, once), text).toBe(true);
      expect(printCircuit(reread(once), 3)).toBe(text);
    }
  });

  it('keeps controls, powers, conditions with both ways, and inputs', () => {
    const text = `OPENQASM 3.0;
include "stdgates.inc";
input float[64] t;
qubit[3] q;
bit[2] c;
ctrl @ negctrl @ pow(0.5) @ x q[0], q[1], q[2];
inv @ s q[0];
rx(2*t) q[0];
c[0] = measure q[0];
if (c == 1) { x q[1]; } else { h q[1]; }
if (c[0] == 1) { x q[2]; }
`;
    const document = parseDocument(text);
    expect(document.diagnostics).toEqual([]);
    expect(printCircuit(document.circuit as Circuit, 3)).toBe(text);
  });
});

describe('gates that stdgates.inc lacks', () => {
  const circuits = gates.map((member) =>
    circuitOf(member.qubitCount, [
      gate(
        member.id,
        Array.from({ length: member.qubitCount }, (_, i) => i),
        member.parameterNames.map((_, i) => 0.3 + i),
      ),
    ]),
  );

  it('are declared by the printed program and read as the same gates again', () => {
    for (const circuit of circuits) {
      const { circuit: back, diagnostics } = parseDocument(printCircuit(circuit, 3));
      expect(diagnostics).toEqual([]);
      expect(back?.definitions).toEqual([]);
      expect(back !== null && sameCircuit(back, circuit)).toBe(true);
    }
  });

  it('have the matrix of the registry by their declaration, phase included', () => {
    for (const circuit of circuits) {
      const text = printCircuit(circuit, 3).replaceAll(/\bq0\b/g, 'first');
      const { circuit: own } = parseDocument(text);
      if (own === null || own.definitions.length === 0) continue;
      expect(distance(unitaryOf(own), unitaryOf(circuit))).toBeLessThan(1e-9);
    }
  });

  it('are declared once when they are drawn', () => {
    let document = parseDocument(
      'OPENQASM 3.0;\ninclude "stdgates.inc";\n\nqubit[3] q;\nbit[3] c;\n',
    );
    for (const [index, name] of ['ryy', 'rzz', 'iswap', 'rzz', 'c3x'].entries()) {
      const member = gates.find(({ id }) => id === name);
      if (member === undefined || member.qubitCount > 3) continue;
      const operation = gate(
        name,
        [2, 0],
        member.parameterNames.map(() => 0.5),
      );
      const edit = { kind: 'insert', index, operations: [operation] } as const;
      document = revise(document, edit).after;
    }
    expect(document.diagnostics).toEqual([]);
    expect(document.text.match(/^gate rzz/gm)).toHaveLength(1);
    expect(document.circuit?.operations.map((one) => one.kind === 'gate' && one.gate)).toEqual([
      'ryy',
      'rzz',
      'iswap',
      'rzz',
    ]);
  });
});
