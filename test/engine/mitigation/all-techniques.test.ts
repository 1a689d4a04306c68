import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { objectSchemaOf } from '#shared/catalog/schema.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { memberParameters } from '#engine/jobs/validate.ts';
import { techniques } from '#engine/mitigation/registry.ts';
import { mitigatedRows } from '#test/support/mitigation-table.ts';
import { runSpec } from '#test/support/run-spec.ts';

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

test('identities that were folded in stay in where a circuit is compiled to a device', () => {
  const spec = {
    algorithm: 'expectation',
    problem: {
      kind: 'circuit',
      qasm: 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];',
      observables: ['Z0*Z1'],
    },
    backend: 'ibm-torino',
    shots: 100,
    seed: 1,
    mitigation: [{ technique: 'zne', folding: 'identity', scaleFactors: [1, 3] }],
  };
  const [row] = (runSpec(spec).result as { observables: { scaled: unknown[] }[] }).observables;
  expect(row?.scaled).toHaveLength(2);
});
