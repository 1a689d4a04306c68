import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { extrapolations } from '#shared/jobs/mitigate.ts';
import { amplificationOf } from '#engine/mitigation/extrapolate.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Row {
  readonly raw: { readonly value: number };
  readonly scaled: readonly { readonly scale: number; readonly value: number }[];
  readonly mitigated: { readonly value: number; readonly stderr: number };
}

function specOf(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`test/fixtures/real-use/${name}.json`, 'utf8')) as never;
}

function mitigated(spec: unknown): { row: Row; warnings: readonly string[] } {
  const { result, warnings } = runSpec(spec);
  return { row: (result as { observables: Row[] }).observables[0] as Row, warnings };
}

const depolarizing = { rules: [{ on: 'all', channel: 'depolarizing', p: 0.02 }] };

function bellSpec(gates: string, mitigation: object): object {
  return {
    algorithm: 'expectation',
    problem: {
      kind: 'circuit',
      qasm: `OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; ${gates}`,
      observables: ['Z0*Z1'],
    },
    settings: {},
    backend: 'simulator',
    shots: null,
    seed: 1,
    noise: depolarizing,
    mitigation: [{ technique: 'zne', folding: 'global', ...mitigation }],
  };
}

describe('zero-noise extrapolation', () => {
  test('says as raw what the circuit gives unfolded, whatever the scale factors', () => {
    const { row, warnings } = mitigated(specOf('zne-raw'));
    expect(row.raw.value).toBeCloseTo(0.98, 12);
    expect(row.scaled.map(({ scale }) => scale)).toEqual([3, 5]);
    expect(warnings).toEqual([]);
  });

  test('falls back from an exponential that does not exist, and says so', () => {
    const { row, warnings } = mitigated(specOf('zne-exponential-zero'));
    expect(row.mitigated.value).toBeCloseTo(0, 12);
    expect(warnings.join()).toMatch(/no exponential goes through values that are 0/);
  });

  test('refuses extrapolations that make errors enormous, naming better ones', () => {
    const checked = jobEngine.validate(specOf('zne-richardson-20'));
    expect(checked.ok).toBe(false);
    expect(JSON.stringify(checked)).toMatch(/mitigation\[0\]\.scaleFactors.*linear/);
    const close = { scaleFactors: [1, 1.0001], extrapolation: 'linear' };
    const refused = jobEngine.validate(bellSpec('h q[0];', close));
    expect(JSON.stringify(refused)).toMatch(/further apart/);
  });

  test('is refused where it would have nothing to do, and where no circuit stands its scales', () => {
    const spec = { ...bellSpec('h q[0];', { scaleFactors: [1, 3], extrapolation: 'linear' }) };
    const idle = jobEngine.validate({ ...spec, algorithm: 'sample', shots: 10 });
    expect(JSON.stringify(idle)).toMatch(/mitigation\[0\]\.technique.*would change nothing/);
    const huge = bellSpec('h q[0];', { scaleFactors: [1, 2 ** 53], extrapolation: 'linear' });
    expect(JSON.stringify(jobEngine.validate(huge))).toMatch(/from 1 to 1000/);
  });

  test('extrapolates from the scales that whole gates reach, and names those that they do not', () => {
    // Three gates: scale 2 would need one and a half of them folded.
    const gates = 'h q[0]; cx q[0], q[1]; rz(0.3) q[1];';
    const asked = { scaleFactors: [1, 2, 3], extrapolation: 'linear' };
    const { row, warnings } = mitigated(bellSpec(gates, asked));
    expect(row.scaled.map(({ scale }) => scale)).toEqual([1, 1 + 4 / 3, 3]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/scale 2 cannot be reached.*3 gates give scale 2\.3333/);
  });

  test('does not measure one circuit as two scales', () => {
    const asked = { scaleFactors: [1, 1.2, 3], extrapolation: 'richardson' };
    const { row, warnings } = mitigated(bellSpec('h q[0]; cx q[0], q[1];', asked));
    expect(row.scaled.map(({ scale }) => scale)).toEqual([1, 3]);
    expect(warnings.join()).toMatch(/1\.2.*scale 1, which is measured already/);
    const few = { scaleFactors: [1, 1.2], extrapolation: 'linear' };
    expect(() => mitigated(bellSpec('h q[0]; cx q[0], q[1];', few))).toThrow(/odd scale factors/);
    const none = { scaleFactors: [1, 3], extrapolation: 'linear' };
    expect(() => mitigated(bellSpec('', none))).toThrow(/only the scales 1\./);
  });

  test.each(extrapolations)('by “%s” states how much it makes errors larger', (kind) => {
    // Scales of every kind of distance: the stated figure bounds what single errors do.
    for (const scales of [
      [1, 3, 5],
      [1, 1.5, 2, 2.5],
      [1, 2, 4, 8],
    ]) {
      const amplification = amplificationOf({ extrapolation: kind }, scales);
      expect(amplification).toBeGreaterThanOrEqual(1);
      expect(amplification).toBeLessThan(300);
    }
  });
});
