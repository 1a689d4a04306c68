import { describe, expect, test } from 'vitest';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { boundCircuit, boundSource, boundValues } from '#renderer/lib/bound-circuit.ts';
import { exportableOf, writeAs } from '#renderer/features/exports/written.ts';
import {
  editParameter,
  type OpenDocument,
  openDocument,
} from '#renderer/lib/workspace/open-document.ts';

const program = `OPENQASM 3.0;
include "stdgates.inc";
input float theta; // an angle
input int[8] n;
input bool b;
qubit[2] q;
bit[2] c;
rx(theta/2) q[0];
cx q[0], q[1];
c = measure q;
if (c[0] == 1) rz(theta) q[1];
`;

function withValues(text: string, values: Record<string, string>): OpenDocument {
  let document = openDocument({ key: 'k', name: 'n', text });
  for (const [name, value] of Object.entries(values)) {
    document = editParameter(document, name, { value, min: '0', max: '9', step: '1' }, 0);
  }
  return document;
}

describe('a circuit with the values of its sliders', () => {
  const document = withValues(program, { theta: 'pi/4', n: '3', b: '1' });

  test('has numbers in place of names, in conditions as well', () => {
    const circuit = boundCircuit(document);
    expect(circuit.parameters).toEqual([]);
    expect(JSON.stringify(circuit.operations)).not.toContain('parameter"');
    expect(boundValues(document)[0]).toEqual({ name: 'theta', formula: 'pi/4' });
  });

  test('means the same as its text with constants', () => {
    const source = boundSource(document);
    expect(source).toContain('const float theta = pi/4; // an angle');
    expect(source).toContain('const int[8] n = 3;');
    expect(source).toContain('const bool b = true;');
    const parsed = parseDocument(source);
    expect(parsed.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(parsed.circuit?.parameters).toEqual([]);
    expect(parsed.circuit?.operations).toHaveLength(document.drawn.operations.length);
  });

  test('can be written in every format that takes numbers only, which is said', () => {
    const plain = withValues(program.replace(/^if.*\n/m, ''), { theta: 'pi/4' });
    const style = { look: 'light', pageWidth: null } as const;
    const bound = exporters.flatMap((exporter) => {
      const written = writeAs(exporter, exportableOf(plain), style);
      if (written.kind === 'refused') return [`${exporter.id} refused`];
      return written.values.length > 0 ? [exporter.id] : [];
    });
    expect(bound).toEqual(expect.arrayContaining(['ionq', 'quirk', 'qasm2']));
    expect(bound.filter((id) => id.endsWith('refused'))).toEqual([]);
  });
});
