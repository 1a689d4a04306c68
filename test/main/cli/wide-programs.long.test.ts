import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';
import {
  freeFermions,
  isingQuench,
  kickedIsing,
  randomClifford,
  surfaceCodeMemory,
  type WideProgram,
} from '#test/support/wide-programs.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ketbench: Ketbench;

beforeAll(() => {
  folder = temporaryFolder();
  ketbench = new Ketbench(join(folder.path, 'home'));
});

afterAll(() => folder.remove());

async function simulate(
  { source, options }: WideProgram,
  ...more: readonly string[]
): Promise<SimulationResult> {
  const file = join(folder.path, 'program.qasm');
  writeFileSync(file, source);
  const { code, value } = await ketbench.json('simulate', file, ...options, ...more);
  expect(code).toBe(0);
  return value;
}

test('a quench of 60 Ising sites is that of free fermions to 1e-6', async () => {
  const [field, coupling] = [0.1, 0.1];
  const { method, expectations, measured } = await simulate(isingQuench(60, 20, field, coupling));
  expect(method).toBe('mps');
  const exact = freeFermions(60, 20, field, coupling);
  exact.forEach((value, q) => {
    expect(Math.abs((expectations?.[q]?.value ?? Number.NaN) - value)).toBeLessThan(1e-6);
  });
  expect(measured.discardedWeight).toBe(0);
  expect(measured.bondDimension).toBeGreaterThan(4);
});

test('5,000 random Clifford gates on 1,000 qubits are sampled by stabilizers', async () => {
  const { method, counts } = await simulate(randomClifford(1000, 5000, 3));
  expect(method).toBe('stabilizer');
  const entries = Object.entries(counts ?? {});
  expect(entries.reduce((sum, [, n]) => sum + n, 0)).toBe(1000);
  expect(entries[0]?.[0]).toHaveLength(1000);
});

test('the kicked Ising model on 127 qubits has its correlations at the Clifford angle', async () => {
  // The strings of weight 10 and 17 into which Z13 and Z58 turn in five steps.
  const observables = [
    'X13*X29*X31*Y9*Y30*Z8*Z12*Z17*Z28*Z32',
    'X37*X41*X52*X56*X57*X58*X62*X79*Y75*Z38*Z40*Z42*Z63*Z72*Z80*Z90*Z91',
  ];
  for (const [method, chosen] of [
    ['auto', 'stabilizer'],
    ['pauli', 'pauli'],
  ] as const) {
    const result = await simulate(kickedIsing(5, observables), '--method', method);
    expect(result.method).toBe(chosen);
    expect(result.expectations?.map(({ value }) => Math.abs(value ?? 0))).toEqual([1, 1]);
  }
  const late = await simulate(kickedIsing(20, ['Z62']), '--method', 'pauli');
  expect(late.expectations?.[0]?.value).toBeCloseTo(0, 12);
  expect(late.measured.truncationBound).toBe(0);
});

test('without noise no check of a surface code fires, and with noise some do', async () => {
  const [distance, rounds] = [3, 3];
  const memory = surfaceCodeMemory(distance, rounds);
  const checks = distance * distance - 1;
  const syndromes = (key: string) => {
    const bits = [...key].reverse();
    return Array.from({ length: rounds }, (_, k) =>
      bits.slice(k * checks, (k + 1) * checks).join(''),
    );
  };
  const quiet = await simulate(memory, '--shots', '200');
  for (const key of Object.keys(quiet.counts ?? {})) {
    expect(new Set(syndromes(key)).size).toBe(1);
  }
  const noise = join(folder.path, 'noise.json');
  writeFileSync(noise, JSON.stringify({ rules: [{ channel: 'depolarizing', p: 0.01 }] }));
  const noisy = await simulate(memory, '--shots', '200', '--noise', noise);
  const fired = Object.keys(noisy.counts ?? {}).filter((key) => new Set(syndromes(key)).size > 1);
  expect(fired.length).toBeGreaterThan(20);
});
