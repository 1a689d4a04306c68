import { describe, expect, test } from 'vitest';
import { gates } from '#shared/gates/registry.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { compileNoise } from '#engine/noise/model.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { type Tally, tryNoise } from '#test/support/spec-oracles.ts';

const bell =
  'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;';

function simulated(noise: unknown, source = bell) {
  const request = simulationRequestSchema.parse({ source, noise });
  return simulateSource(request, { freeBytes: 2 ** 30, now: () => 0 });
}

describe('a noise model', () => {
  test.each([
    ['cnot', 'cx'],
    ['CNOT', 'cx'],
    ['hadamard', 'h'],
    ['Rzz', 'rzz'],
    ['foo', null],
  ])('that names the gate “%s” is refused', (name, meant) => {
    const noise = { rules: [{ on: [name], channel: 'depolarizing', p: 1 }] };
    const hint = meant === null ? /no gate/ : new RegExp(`Did you mean “${meant}”`);
    expect(() => simulated(noise)).toThrow(hint);
  });

  test('may name every gate as the languages do', () => {
    for (const { id, qasm2, qasm3 } of gates) {
      const channel = { channel: 'bit_flip', p: 0.1 };
      const names = [qasm2, qasm3].flatMap((home) => (home.home === 'none' ? [] : [home.name]));
      const rules = [id, ...names].map((name) => ({ on: [name], ...channel }));
      expect(() => compileNoise(noiseModelSchema.parse({ rules }))).not.toThrow();
    }
  });

  test('tells of rules and readings that change nothing', () => {
    const noise = {
      rules: [
        { on: ['cz'], channel: 'depolarizing', p: 0.1 },
        { on: 'all', qubits: [7], channel: 'bit_flip', p: 0.1 },
        { on: ['cx'], channel: 'depolarizing', p: 0.1 },
      ],
      readout: [{ qubit: 5, p_read1_given0: 0.1, p_read0_given1: 0.1 }],
    };
    const { warnings } = simulated(noise);
    expect(warnings.filter((one) => one.includes('changes nothing'))).toHaveLength(3);
    expect(warnings.join()).toMatch(/rule 1 .*rule 2 .*qubit 5/);
  });

  test('is quiet where every rule applies, in circuits and in programs led step by step', () => {
    const noise = { rules: [{ on: ['x'], channel: 'bit_flip', p: 0.25 }] };
    const loop =
      'OPENQASM 3.0; include "stdgates.inc"; qubit q; bit c; c = measure q; while (c == 0) { x q; c = measure q; }';
    for (const source of [bell.replace('h q[0]', 'x q[0]'), loop]) {
      const { warnings } = simulated(noise, source);
      expect(warnings.filter((one) => one.includes('changes nothing'))).toEqual([]);
    }
    const never = loop.replace('c == 0', 'c == 2');
    expect(simulated(noise, never).warnings.join()).toContain('changes nothing');
  });

  test('with ragged, odd or contradictory parts is refused with its place', () => {
    const unit = [
      [
        [1, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [1, 0],
      ],
    ];
    const ragged = [
      [
        [1, 0],
        [0, 0],
      ],
      [[0, 0]],
    ];
    const wrong: [unknown, RegExp][] = [
      [{ rules: [{ on: '1q', channel: 'kraus', matrices: [ragged] }] }, /rules\[0\]\.matrices/],
      [{ rules: [{ channel: 'kraus', matrices: [unit, [[[1, 0]]]] }] }, /2×2, 1×1/],
      [{ rules: [{ channel: 'kraus', matrices: [[[[1, 0]]]] }] }, /from 1 to/],
      [{ rules: [{ channel: 'kraus', matrices: [unit, unit] }] }, /ΣK†K = 1/],
      [{ rules: [{ channel: 'thermal_relaxation', T1: 1, T2: 3, time: 1 }] }, /T2 ≤ 2/],
      [{ rules: [{ qubits: [], channel: 'bit_flip', p: 0 }] }, /empty list/],
      [
        {
          readout: [0, 1].map(() => ({ qubit: 1, p_read1_given0: 0, p_read0_given1: 0.5 })),
        },
        /readout\[1\]/,
      ],
    ];
    for (const [noise, message] of wrong) expect(() => simulated(noise)).toThrow(message);
  });

  test('that is too wide for one gate says so before it takes memory', () => {
    const wide =
      'OPENQASM 3.0; include "stdgates.inc"; qubit[8] q; ctrl(7) @ x q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7];';
    expect(() =>
      simulated({ rules: [{ on: 'all', channel: 'depolarizing', p: 0.1 }] }, wide),
    ).toThrow(/reaches 5 qubits/);
  });

  test('of any kind ends in an answer or a reason', () => {
    const tally: Tally = { ran: 0, faults: [] };
    for (let k = 0; k < 1500; k++) tryNoise(k, tally);
    expect(tally.faults).toEqual([]);
    expect(tally.ran).toBeGreaterThan(300);
  });
});
