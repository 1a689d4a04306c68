import { describe, expect, it } from 'vitest';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import { areEqualUpToPhase, unitaryOf } from '#shared/circuit/unitary.ts';
import { importing, imported, firstFault, gatesOf } from '../../../support/importing.ts';

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
      '1:47 This matrix is not unitary',
    ],
  ])('%# says what is wrong where it is', (text, message) => {
    expect(firstFault('quirk', text)).toContain(message);
  });
});
