import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { compileForDevice } from '#shared/compiler/compile-for-device.ts';
import { type DeviceRecord, deviceNamed } from '#shared/devices/device.ts';
import { deviceRecords } from '#shared/devices/registry.ts';
import { foldCircuit } from '#engine/mitigation/fold.ts';
import { objectSchemaOf } from '#shared/catalog/schema.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { memberParameters } from '#engine/jobs/validate.ts';
import { techniques } from '#engine/mitigation/registry.ts';
import { mitigatedRows } from '#test/support/mitigation-table.ts';

/** Settings of those that cannot do without. */
const required: Readonly<Record<string, object>> = {
  subspace: { operators: ['Z0*Z1'] },
  symmetry: { observable: 'Z0*Z1*Z2', value: -1 },
};

const ideal = mitigatedRows({});
// Nothing is random in the forecast of these: what they ask does not depend on answers.
const shots = 2000;

describe.each(techniques.map((one) => [one.id, one] as const))(
  'the technique “%s”',
  (id, technique) => {
    const mitigation = [{ technique: id, ...required[id] }];

    test('has defaults that it accepts, and forecasts at least one circuit for each', () => {
      const schema = objectSchemaOf(technique.parameters, memberParameters(jobEngine.members));
      const settings = schema.parse(required[id] ?? {});
      expect(technique.fault(settings)).toBeNull();
      expect(technique.overhead(settings)).toBeGreaterThanOrEqual(1);
    });

    test('is told of in the documentation', () => {
      expect(readFileSync('docs/mitigation.md', 'utf8')).toContain(`| \`${id}\` |`);
    });

    // It gives the lowest value there is, not that of the state, as its own test shows.
    test.skipIf(id === 'subspace')(
      'finds the ideal values from shots without noise, within their error',
      () => {
        mitigatedRows({ mitigation, shots, seed: 5 }).forEach(({ mitigated }, k) => {
          const miss = Math.abs(mitigated.value - (ideal[k]?.raw.value ?? 0));
          expect(miss).toBeLessThan(5 * mitigated.stderr + 1e-9);
          expect(mitigated.stderr).toBeLessThan(1);
        });
      },
    );

    test('gives the same values for the same seed, and its raw value is the one without it', () => {
      const noise = { rules: [{ on: 'all', channel: 'depolarizing', p: 0.002 }] };
      const once = mitigatedRows({ noise, mitigation });
      expect(mitigatedRows({ noise, mitigation })).toEqual(once);
      const plain = mitigatedRows({ noise });
      once.forEach(({ raw }, k) => expect(raw.value).toBeCloseTo(plain[k]?.raw.value ?? 0, 9));
    });
  },
);

test('identities that were folded in stay in when the circuit is compiled once more', () => {
  const device = deviceNamed(deviceRecords, 'ibm-torino') as DeviceRecord;
  const plain = circuitOf(2, [gate('h', [0]), gate('cx', [0, 1])]);
  const options = { seed: 1, level: 2 } as const;
  const native = compileForDevice(plain, device, options).circuit;
  const { circuit } = foldCircuit(native, 3, 'identity', rngOf(1));
  const again = compileForDevice(circuit, device, options).circuit;
  const identities = (all: Circuit) =>
    all.operations.filter((one) => one.kind === 'gate' && one.gate === 'id').length;
  expect(identities(circuit)).toBeGreaterThan(6);
  expect(identities(again)).toBe(identities(circuit));
});

test('folding by idle steps is refused where these have no noise', () => {
  const noise = { rules: [{ on: '2q', channel: 'depolarizing', p: 0.01 }] };
  const mitigation = [{ technique: 'zne', folding: 'identity', scaleFactors: [1, 3] }];
  expect(() => mitigatedRows({ noise, mitigation })).toThrow(/every scale would be the same/);
});
