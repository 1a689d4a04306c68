import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import { columnsOf } from '#shared/circuit/blocks.ts';
import { bitsOf, type Circuit, type Operation, qubitsOf } from '#shared/circuit/circuit.ts';
import { wireSpanOf } from '#shared/circuit/moments.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import { freeColumns, layeredColumns } from '#shared/circuit/views.ts';

const qubits = 5;

function randomCircuit(seed: number): Circuit {
  const rng = rngOf(seed, 1);
  const operations = Array.from({ length: 30 }, (): Operation => {
    const a = rng.below(qubits);
    const b = (a + 1 + rng.below(qubits - 1)) % qubits;
    const choice = rng.below(8);
    if (choice < 3) return gate('h', [a]);
    if (choice < 6) return gate('cx', [a, b]);
    return choice === 6 ? measure(a, a) : { kind: 'barrier', qubits: [a, b] };
  });
  return circuitOf(qubits, operations, qubits);
}

/** Each pair of operations in one column must not cover a wire together, and order must be kept. */
function checkDrawn(circuit: Circuit, columns: readonly number[]): void {
  const { operations } = circuit;
  operations.forEach((a, i) => {
    const wiresOfA = [...qubitsOf(a), ...bitsOf(a).map((bit) => qubits + bit)];
    for (let j = i + 1; j < operations.length; j++) {
      const b = operations[j] as Operation;
      const [left, right] = [columns[i] as number, columns[j] as number];
      const wiresOfB = [...qubitsOf(b), ...bitsOf(b).map((bit) => qubits + bit)];
      if (wiresOfA.some((wire) => wiresOfB.includes(wire))) expect(left).toBeLessThan(right);
      if (left !== right) continue;
      const [spanA, spanB] = [wireSpanOf(a, qubits), wireSpanOf(b, qubits)];
      const overlap =
        spanA !== null && spanB !== null && spanA.top <= spanB.bottom && spanB.top <= spanA.bottom;
      expect(overlap).toBe(false);
    }
  });
}

describe('views', () => {
  test('layers are as many as the schedule that starts everything as soon as it can', () => {
    for (let seed = 0; seed < 30; seed++) {
      const circuit = randomCircuit(seed);
      const { columns, layerStarts } = layeredColumns(circuit);
      checkDrawn(circuit, columns);
      const hasLastBarrier = layerStarts.length - statisticsOf(circuit).depth;
      // A barrier behind the last gates has a layer of its own to stand in.
      expect([0, 1]).toContain(hasLastBarrier);
      const layerOf = (index: number): number =>
        layerStarts.findLastIndex((start) => start <= (columns[index] as number));
      const ends = Array.from({ length: 2 * qubits }, () => 0);
      circuit.operations.forEach((operation, index) => {
        const wires = [...qubitsOf(operation), ...bitsOf(operation).map((bit) => qubits + bit)];
        const asap = Math.max(...wires.map((wire) => ends[wire] ?? 0));
        expect(layerOf(index)).toBe(asap);
        for (const wire of wires) ends[wire] = operation.kind === 'barrier' ? asap : asap + 1;
      });
    }
  });

  test('a wire that is only passed does not hold a gate up in layers', () => {
    const circuit = circuitOf(3, [gate('cx', [0, 2]), gate('h', [1])]);
    expect(columnsOf(circuit)).toEqual([0, 1]);
    expect(layeredColumns(circuit)).toEqual({ columns: [0, 1], layerStarts: [0] });
  });

  test('freeform wishes hold as far as the order lets them', () => {
    for (let seed = 0; seed < 30; seed++) {
      const circuit = randomCircuit(seed);
      const rng = rngOf(seed, 2);
      const wishes = circuit.operations.map(() => (rng.below(2) === 0 ? null : rng.below(25)));
      const { columns, held } = freeColumns(circuit, (index) => wishes[index] ?? null);
      checkDrawn(circuit, columns);
      const again = freeColumns(circuit, (index) => held.get(index) ?? null);
      expect(again.columns).toEqual(columns);
      wishes.forEach((wish, index) => expect(columns[index]).toBeGreaterThanOrEqual(wish ?? 0));
    }
  });

  test('freeform without wishes is left-aligned', () => {
    const circuit = randomCircuit(3);
    expect(freeColumns(circuit, () => null).columns).toEqual(columnsOf(circuit));
  });
});
