import { describe, expect, it } from 'vitest';
import { gate } from '#shared/circuit/build.ts';
import { imported, firstFault } from '../../../support/importing.ts';

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
