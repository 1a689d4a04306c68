import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';

const folder = 'assets/examples';
const index = JSON.parse(readFileSync(`${folder}/index.json`, 'utf8')) as {
  id: string;
  kind: string;
  file: string;
}[];

/** What each circuit of the gallery promises: outcomes with their probabilities. */
const promises: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  bell: { '00': 0.5, '11': 0.5 },
  ghz: { '00000': 0.5, '11111': 0.5 },
  teleportation: { '000': 0.25, '001': 0.25, '010': 0.25, '011': 0.25 },
  grover: { '101': 0.9453125 },
  // cos²(φ/2) at the angle below.
  ramsey: { '0': Math.cos(0.2) ** 2, '1': Math.sin(0.2) ** 2 },
  'superdense-coding': { '10': 1 },
  'phase-estimation': { '011': 1 },
  'bit-flip-code': { '011': 1 },
  // (D(y/16 - t) + D(y/16 + t)) / 2 with the kernel D of the transform and sin(pi*t)^2 the payoff's share.
  'option-estimation': { '0010': 0.33955674055677376, '0011': 0.09189574496739465 },
  'qaoa-ring': { '0101': 17 / 64, '1010': 17 / 64 },
};

function simulate(file: string, observables: string[] = []) {
  const source = readFileSync(`${folder}/${file}`, 'utf8');
  const inputs = [...source.matchAll(/^input (float|bool) (\w+);/gm)];
  const parameters = Object.fromEntries(
    inputs.map(([, type, name], i) => [name ?? '', type === 'bool' ? i > 0 : 0.4 + 0.7 * i]),
  );
  return simulateSource(simulationRequestSchema.parse({ source, observables, parameters }), {
    freeBytes: 2 ** 30,
    now: () => 0,
  });
}

describe.each(index.filter(({ kind }) => kind === 'circuit').map((one) => [one.id, one] as const))(
  'the circuit %s',
  (id, { file }) => {
    test('runs and does what it promises', () => {
      const { probabilities, qubitProbabilities } = simulate(file);
      const sum = Object.values(probabilities ?? {}).reduce((total, p) => total + p, 0);
      expect(sum).toBeCloseTo(1, 12);
      for (const [key, p] of Object.entries(promises[id] ?? {})) {
        expect(probabilities?.[key], key).toBeCloseTo(p, 10);
      }
      if (id === 'qft') {
        for (const p of Object.values(qubitProbabilities ?? {})) expect(p).toBeCloseTo(1 / 16, 12);
      }
    });
  },
);

test('each edge of the ring is cut with three quarters at the best angles of one layer', () => {
  const edges = ['Z0*Z1', 'Z1*Z2', 'Z2*Z3', 'Z3*Z0'];
  const values = simulate('qaoa-ring.qasm', edges).expectations ?? [];
  for (const { value } of values) expect((1 - (value ?? 0)) / 2).toBeCloseTo(0.75, 12);
});

test.each(index.filter(({ kind }) => kind === 'job').map(({ file }) => file))(
  'the job %s is a valid spec',
  (file) => {
    const spec: unknown = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
    expect(jobEngine.validate(spec)).toMatchObject({ ok: true });
  },
);
