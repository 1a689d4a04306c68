import { describe, expect, test } from 'vitest';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import { type Circuit, qubitsOf } from '#shared/circuit/circuit.ts';
import { applyEdit } from '#shared/circuit/edit.ts';
import { momentsOf } from '#shared/circuit/moments.ts';
import {
  controlledGate,
  paletteGroups,
  searchPalette,
} from '#renderer/features/designer/palette-items.ts';
import type { Plan } from '#renderer/features/designer/plan.ts';
import { planControl } from '#renderer/features/designer/plan-controls.ts';
import {
  insertionIndex,
  planLeg,
  planMeasureAll,
  planMove,
  planPlacing,
  planRemoveQubit,
} from '#renderer/features/designer/planning.ts';

function item(id: string) {
  const found = paletteGroups
    .flatMap((group) => group.items)
    .find((one) => (one.kind === 'gate' ? one.gate.id : one.kind) === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function carryOut(circuit: Circuit, plan: Plan | { refusal: string } | null): Circuit {
  if (plan === null || 'refusal' in plan) throw new Error('refused');
  return plan.edits.reduce((current, edit) => applyEdit(current, edit).circuit, circuit);
}

function names(circuit: Circuit): string[] {
  return circuit.operations.map((operation) =>
    operation.kind === 'gate' ? `${operation.gate} ${operation.qubits.join()}` : operation.kind,
  );
}

const bell = circuitOf(3, [gate('h', [0]), gate('cx', [0, 1])]);

describe('placing', () => {
  test('puts a gate before the one that stands in the column', () => {
    const after = carryOut(bell, planPlacing(bell, item('x'), { row: 0, column: 1 }));
    expect(names(after)).toEqual(['h 0', 'x 0', 'cx 0,1']);
  });

  test('appends on a free wire', () => {
    const after = carryOut(bell, planPlacing(bell, item('x'), { row: 2, column: 5 }));
    expect(names(after).at(-1)).toBe('x 2');
  });

  test('a two-qubit gate at the lowest wire moves up to fit', () => {
    const after = carryOut(bell, planPlacing(bell, item('cz'), { row: 2, column: 4 }));
    expect(names(after).at(-1)).toBe('cz 1,2');
  });

  test('marked wires become controls', () => {
    const after = carryOut(bell, planPlacing(bell, item('x'), { row: 2, column: 4 }, [0, 1]));
    expect(names(after).at(-1)).toBe('ccx 0,1,2');
  });

  test('controls that no gate of the registry has are written as further controls', () => {
    const placed = carryOut(
      circuitOf(4, []),
      planPlacing(circuitOf(4, []), item('t'), { row: 3, column: 0 }, [0, 1]),
    );
    expect(placed.operations[0]).toMatchObject({
      gate: 't',
      qubits: [3],
      controls: [
        { qubit: 0, value: 1 },
        { qubit: 1, value: 1 },
      ],
    });
  });

  test('a measurement brings the bits that it needs', () => {
    const after = carryOut(bell, planPlacing(bell, item('measure'), { row: 2, column: 9 }));
    expect(after.bitRegisters).toEqual([{ name: 'c', size: 3 }]);
    expect(after.operations.at(-1)).toMatchObject({ kind: 'measure', qubit: 2, bit: 2 });
  });

  test('the place found is the column asked for, wherever wires allow it', () => {
    const moments = momentsOf(bell);
    for (const row of [0, 1, 2]) {
      for (const column of [0, 1, 2]) {
        const index = insertionIndex(bell, [row], column, moments);
        bell.operations.forEach((operation, other) => {
          if (!qubitsOf(operation).includes(row)) return;
          if ((moments[other] ?? 0) >= column) expect(other).toBeGreaterThanOrEqual(index);
          else expect(other).toBeLessThan(index);
        });
      }
    }
  });
});

describe('moving', () => {
  test('takes a gate to another wire', () => {
    const after = carryOut(bell, planMove(bell, [0], { rows: 2, columns: 0 }));
    expect(names(after).toSorted()).toEqual(['cx 0,1', 'h 2']);
  });

  test('takes a gate behind another', () => {
    const after = carryOut(bell, planMove(bell, [0], { rows: 0, columns: 2 }));
    expect(names(after)).toEqual(['cx 0,1', 'h 0']);
  });

  test('keeps the order within a group', () => {
    const after = carryOut(bell, planMove(bell, [0, 1], { rows: 1, columns: 0 }));
    expect(names(after)).toEqual(['h 1', 'cx 1,2']);
  });

  test('never leaves the wires', () => {
    expect(planMove(bell, [1], { rows: 2, columns: 0 })).toBeNull();
  });

  test('a leg taken to the other leg exchanges them', () => {
    expect(names(carryOut(bell, planLeg(bell, 1, 0, 1))).at(-1)).toBe('cx 1,0');
    expect(names(carryOut(bell, planLeg(bell, 1, 1, 2))).at(-1)).toBe('cx 0,2');
  });
});

describe('the wires', () => {
  test('a wire in use stays', () => {
    const used = circuitOf(2, [gate('x', [1])]);
    expect(planRemoveQubit(used)).toMatchObject({ refusal: expect.stringContaining('q[1]') });
    expect(carryOut(bell, planRemoveQubit(bell)).qubitRegisters).toEqual([{ name: 'q', size: 2 }]);
  });
});

describe('the palette', () => {
  test('finds a gate by title, name and symbol', () => {
    for (const words of ['hadamard', 'TOFFOLI', 'ccx', 'S†']) {
      expect(searchPalette(words).length).toBeGreaterThan(0);
    }
    expect(searchPalette('no such gate')).toEqual([]);
  });

  test('every controlled gate that it finds has the controls asked for', () => {
    for (const { items } of paletteGroups) {
      for (const one of items) {
        if (one.kind !== 'gate') continue;
        const found = controlledGate(one.gate, 1);
        if (found !== null) expect(found.qubitCount).toBe(one.gate.qubitCount + 1);
      }
    }
    const x = item('x');
    expect(x.kind === 'gate' ? controlledGate(x.gate, 1)?.id : null).toBe('cx');
  });
});

describe('controls', () => {
  const three = (controls: Parameters<typeof gate>[1]) => circuitOf(4, [gate('ccx', controls)]);

  test('go through control, anti-control and none, by the registry’s own names where it has them', () => {
    let circuit = circuitOf(3, [gate('x', [2])]);
    const shown = (): string => {
      const [one] = circuit.operations;
      if (one?.kind !== 'gate') return '';
      const more = (one.controls ?? []).map(({ qubit, value }) => `${value}@${qubit}`).join(' ');
      return `${one.gate} ${one.qubits.join()} ${more}`.trim();
    };
    const seen = [0, 1, 0, 0, 1, 1].map((row) => {
      circuit = carryOut(circuit, planControl(circuit, 0, row));
      return shown();
    });
    expect(seen).toEqual(['cx 0,2', 'ccx 0,1,2', 'x 2 1@1 0@0', 'cx 1,2', 'x 2 0@1', 'x 2']);
  });

  test('are refused on the gate’s own wires and on what is no gate', () => {
    expect(planControl(three([0, 1, 2]), 0, 2)).toHaveProperty('refusal');
    expect(planControl(circuitOf(1, [measure(0, 0)], 1), 0, 0)).toHaveProperty('refusal');
  });
});

describe('measuring all qubits', () => {
  const measured = (circuit: Circuit): unknown[] =>
    carryOut(circuit, planMeasureAll(circuit)).operations.flatMap((one) =>
      one.kind === 'measure' ? [[one.qubit, one.bit]] : [],
    );

  test('adds bits where there are none', () => {
    expect(measured(bell)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  test('leaves alone what is measured at its end, and overwrites no bit', () => {
    const some = circuitOf(3, [measure(0, 2), gate('x', [0]), measure(1, 1)], 3);
    expect(measured(some)).toEqual([
      [0, 2],
      [1, 1],
      [0, 0],
      [2, 3],
    ]);
    const all = carryOut(some, planMeasureAll(some));
    expect(planMeasureAll(all)).toBeNull();
  });
});
