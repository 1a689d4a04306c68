import { describe, expect, test } from 'vitest';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { keyOfRow, RowCounter } from '#engine/simulators/shot-rows.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';

function drawn(source: string, more: object = {}) {
  const chunks: Uint8Array[] = [];
  const request = simulationRequestSchema.parse({ source, shots: 3000, seed: 5, ...more });
  const result = simulateSource(request, {
    freeBytes: 2 ** 30,
    now: () => 0,
    sink: { write: (rows) => chunks.push(rows.slice()) },
  });
  const rows = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  chunks.reduce((at, chunk) => (rows.set(chunk, at), at + chunk.length), 0);
  return { result, rows };
}

function counted(rows: Uint8Array, bits: number): Record<string, number> {
  const size = Math.ceil(bits / 8);
  const table: Record<string, number> = {};
  for (let at = 0; at < rows.length; at += size) {
    const key = keyOfRow(rows, at, bits);
    table[key] = (table[key] ?? 0) + 1;
  }
  return table;
}

const ghz =
  'OPENQASM 3.0; include "stdgates.inc"; qubit[5] q; bit[2] a; bit[9] b; h q[0]; cx q[0], q[1]; cx q[1], q[2]; cx q[1], q[3]; a[1] = measure q[0]; b[8] = measure q[3]; b[0] = measure q[4]; b[3] = measure q[1];';

describe('shots one bit a bit', () => {
  test.each(['statevector', 'density', 'mps', 'stabilizer', 'trajectories'])(
    'of method %s are the counts that stand beside them',
    (method) => {
      const { result, rows } = drawn(ghz, { method });
      expect(rows).toHaveLength(2 * 3000);
      expect(counted(rows, 11)).toEqual(result.counts);
      // Bits 1, 10 and 5 agree, all others are 0.
      expect(Object.keys(result.counts ?? {}).sort()).toEqual(['00000000000', '10000100010']);
    },
  );

  test('come in an order that is drawn', () => {
    const { rows } = drawn(ghz, { method: 'statevector' });
    const first = counted(rows.slice(0, 2 * 1500), 11);
    expect(Object.values(first).every((n) => n > 600)).toBe(true);
    expect(Object.keys(first)).toHaveLength(2);
  });

  test('hold bits whose value no measurement decides', () => {
    const source =
      'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[12] c = "100000000010"; h q[0]; c[3] = measure q[0];';
    for (const method of ['statevector', 'stabilizer']) {
      const { result, rows } = drawn(source, { method });
      expect(counted(rows, 12)).toEqual(result.counts);
      expect(Object.keys(result.counts ?? {}).sort()).toEqual(['100000000010', '100000001010']);
    }
  });

  test('over many bits stand alone, whatever the end of the last byte', () => {
    for (const bits of [17, 24, 31, 32, 33, 63, 64, 65, 200]) {
      const source = `OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[${bits}] c; h q[0]; cx q[0], q[1]; c[${bits - 1}] = measure q[1]; c[0] = measure q[0];`;
      for (const method of ['stabilizer', 'statevector']) {
        const { result, rows } = drawn(source, { method });
        expect(result.counts).toBeUndefined();
        expect(rows).toHaveLength(3000 * Math.ceil(bits / 8));
        const zeros = '0'.repeat(bits - 2);
        expect(Object.keys(counted(rows, bits)).sort()).toEqual([`0${zeros}0`, `1${zeros}1`]);
      }
    }
  });

  test('of a program that is led step by step are written, too', () => {
    const source =
      'OPENQASM 3.0; include "stdgates.inc"; qubit q; bit[3] c; h q; c[0] = measure q; while (c[0] == 0) { h q; c[0] = measure q; } c[2] = c[0];';
    const { result, rows } = drawn(source);
    expect(counted(rows, 3)).toEqual(result.counts);
    expect(result.counts).toEqual({ '101': 3000 });
  });

  test('need their number', () => {
    expect(() => drawn(ghz, { shots: undefined })).toThrow(/--shots/);
  });

  test('are counted by their bytes, up to any width', () => {
    for (const bits of [1, 9, 32, 33, 70_000]) {
      const size = Math.ceil(bits / 8);
      const rows = new Uint8Array(3 * size);
      rows[size - 1] = 1 << ((bits - 1) % 8);
      rows[3 * size - 1] = 1 << ((bits - 1) % 8);
      const counter = new RowCounter(bits);
      for (const start of [0, size, 2 * size]) counter.add(rows, start);
      const entries = new Map(counter.entries());
      expect(entries.get(`1${'0'.repeat(bits - 1)}`)).toBe(2);
      expect(entries.get('0'.repeat(bits))).toBe(1);
    }
  });
});

/** Every kind of frame operation: H, S, roots of X, CX, CZ, swaps, maps of any kind, resets, readout. */
const noisyClifford = `OPENQASM 3.0; include "stdgates.inc";
qubit[4] q; bit[5] c;
h q[0]; s q[0]; sx q[1]; cx q[0], q[1]; cz q[1], q[2]; swap q[2], q[3]; cy q[0], q[3]; sdg q[1]; x q[2];
cp(pi) q[0], q[2]; c[4] = measure q[1]; reset q[1]; h q[1]; cx q[1], q[0]; y q[3]; c[1] = measure q[0]; h q[2];
c[0] = measure q[0]; c[2] = measure q[2]; c[3] = measure q[3];`;
const noise = {
  rules: [
    { on: '2q', channel: 'depolarizing', p: 0.15 },
    { on: ['h', 's', 'sx'], channel: 'bit_flip', p: 0.1 },
    { on: ['x'], channel: 'phase_flip', p: 1 },
    { on: ['y'], channel: 'pauli_depolarizing', p: 0.3 },
  ],
  readout: [
    { qubit: 0, p_read1_given0: 0.1, p_read0_given1: 0 },
    { qubit: 3, p_read1_given0: 0, p_read0_given1: 1 },
  ],
};

test('frames draw what the density matrix says, within the errors of their shots', () => {
  const shots = 200_000;
  const observables = ['Z2', 'X1', '0.5*Z0*Z3 - Y2'];
  const ask = (method: string, more: object) =>
    simulateSource(
      simulationRequestSchema.parse({
        source: noisyClifford,
        noise,
        method,
        observables,
        seed: 3,
        ...more,
      }),
      { freeBytes: 2 ** 30, now: () => 0 },
    );
  const exact = ask('density', {}).probabilities ?? {};
  const { counts = {}, expectations } = ask('stabilizer', { shots });
  for (const [key, p] of Object.entries(exact)) {
    const error = Math.sqrt((p * (1 - p)) / shots);
    expect(Math.abs((counts[key] ?? 0) / shots - p)).toBeLessThan(5 * error + 1e-12);
  }
  expect(Object.keys(counts).every((key) => (exact[key] ?? 0) > 1e-12)).toBe(true);
  expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(shots);
  for (const { value, stderr } of expectations ?? []) {
    expect(Math.abs(value ?? 9)).toBeLessThanOrEqual(1.5);
    expect(stderr).toBeLessThan(0.01);
  }
});

test('frames give the same bits on any number of threads', () => {
  const ask = (threads: number) =>
    simulateSource(
      simulationRequestSchema.parse({
        source: noisyClifford,
        noise,
        method: 'stabilizer',
        shots: 5000,
        threads,
      }),
      { freeBytes: 2 ** 30, now: () => 0 },
    ).counts;
  expect(ask(2)).toEqual(ask(1));
});
