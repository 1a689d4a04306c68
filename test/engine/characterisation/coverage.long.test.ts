import { describe, expect, test } from 'vitest';
import { figureAt } from '#shared/devices/device.ts';
import { ibmTorino } from '#shared/devices/records/ibm-torino.ts';
import type { CharacterisationResult } from '#shared/results/kinds/characterisation.ts';
import { runSpec } from '#test/support/run-spec.ts';

const runs = 100;
const seeds = Array.from({ length: runs }, (_, seed) => seed + 1);
const [qubit, other] = [5, 6];
const errorOf = (gate: string, place: number): number =>
  figureAt(ibmTorino.gates.find((one) => one.gate === gate)?.error ?? 0, place) as number;
const pair = (ibmTorino.couplings ?? []).findIndex(([a, b]) => a === qubit && b === other);

/** Experiments with the quantities that were planted in the twin. */
const experiments: readonly (readonly [
  string,
  object,
  readonly number[],
  Record<string, number>,
])[] = [
  ['t1', {}, [qubit], { T1: figureAt(ibmTorino.T1, qubit) as number }],
  ['t2', {}, [qubit], { T2: figureAt(ibmTorino.T2, qubit) as number }],
  ['t2', { sequence: 'ramsey' }, [qubit], { T2: figureAt(ibmTorino.T2, qubit) as number }],
  [
    'readout-error',
    {},
    [other],
    {
      'error to read 1 of 0': figureAt(ibmTorino.readout.read1Given0, other) as number,
      'error to read 0 of 1': figureAt(ibmTorino.readout.read0Given1, other) as number,
    },
  ],
  [
    'randomised-benchmarking',
    { lengths: [1, 100, 500], sequences: 4, interleaved: 'sx' },
    [qubit],
    { 'error of sx': errorOf('sx', qubit) },
  ],
  [
    'randomised-benchmarking',
    { lengths: [1, 20, 60], sequences: 4, interleaved: 'cz' },
    [qubit, other],
    { 'error of cz': errorOf('cz', pair) },
  ],
];

describe.each(experiments.map((one) => [`${one[0]} ${JSON.stringify(one[1])}`, one] as const))(
  '%s',
  (_, [algorithm, settings, qubits, planted]) => {
    test('holds what was planted in a twin within its intervals of 95 %, in 90 of 100 runs', () => {
      const problem = { kind: 'characterisation', qubits };
      const spec = { algorithm, settings, problem, backend: 'ibm-torino', shots: 1000 };
      const held = new Map(Object.keys(planted).map((title) => [title, 0]));
      const offs = new Map(Object.keys(planted).map((title) => [title, 0]));
      for (const seed of seeds) {
        const { quantities } = runSpec({ ...spec, seed }).result as CharacterisationResult;
        for (const { title, value, interval } of quantities) {
          const truth = planted[title];
          if (truth === undefined) continue;
          offs.set(title, (offs.get(title) ?? 0) + (value / truth - 1) / runs);
          const isHeld = interval[0] <= truth && truth <= interval[1];
          held.set(title, (held.get(title) ?? 0) + (isHeld ? 1 : 0));
        }
      }
      for (const [title, count] of held) {
        const off = `${title} is off by ${(100 * (offs.get(title) ?? 0)).toFixed(2)} % in the mean`;
        expect(count, off).toBeGreaterThanOrEqual(90);
      }
    });
  },
);
