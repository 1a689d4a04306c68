import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { type CircuitCase, overRegisters } from '#test/support/circuit-cases.ts';
import { threeSigmaFor } from '#test/support/family-wise.ts';
import { Ketbench } from '#test/support/ketbench.ts';
import { type NoisyCase, observableOfCase } from '#test/support/noise-cases.ts';
import { casesFolder, describeCases } from '#test/support/cases.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const shots = 2000;
let folder: ReturnType<typeof temporaryFolder>;
let ketbench: Ketbench;

beforeAll(() => {
  folder = temporaryFolder();
  ketbench = new Ketbench(join(folder.path, 'home'));
});

afterAll(() => folder.remove());

interface Refusal {
  readonly error: { readonly message: string };
}

async function simulate(...parameters: readonly string[]): Promise<SimulationResult | Refusal> {
  return (await ketbench.json('simulate', ...parameters)).value;
}

async function simulated(...parameters: readonly string[]): Promise<SimulationResult> {
  const answer = await simulate(...parameters);
  if ('error' in answer) throw new Error(answer.error.message);
  return answer;
}

/** Why a method may leave a program out. */
const reasons = {
  statevector: /^$/,
  density: /^$/,
  trajectories: /^$/,
  mps: /more than .* histories|outcomes/i,
  stabilizer: /Clifford gates only|more than .* histories|outcomes/i,
  pauli: /depend on an outcome/,
} as const;

/** A density matrix squares the state, so wider programs are left to the others. */
const densityLimit = 10;

/** Probabilities within the case's tolerance, or frequencies within three standard errors. */
function expectProbabilities(one: CircuitCase, answer: SimulationResult, asFrequencies: boolean) {
  const given = asFrequencies ? answer.counts : answer.probabilities;
  const table = overRegisters(given ?? {}, answer.registers, one.classical_registers);
  const entries = Object.entries(one.classical_probs);
  const sigmas = threeSigmaFor(entries.length * 40);
  for (const [key, p] of entries) {
    const off = Math.abs((table[key] ?? 0) / (asFrequencies ? shots : 1) - p);
    const error = sigmas * Math.sqrt(Math.max(0, p * (1 - p)) / shots) + 1 / shots;
    expect(off, key).toBeLessThan(asFrequencies ? error : one.tolerance);
  }
}

describeCases<CircuitCase>('OpenQASM 2 programs', 'circuits/cases.json', (cases) => {
  const second = cases.filter(({ language }) => language === 'OpenQASM 2');
  const pairs = second.flatMap((one) =>
    (Object.keys(reasons) as (keyof typeof reasons)[])
      .filter((method) => method !== 'density' || one.n_qubits <= densityLimit)
      .filter((method) => method !== 'pauli' || one.z_expectations !== undefined)
      .map((method) => [one.id, method, one] as const),
  );
  test.each(pairs)('%s by %s', async (_, method, one) => {
    const file = join(casesFolder, 'circuits', one.qasm_file);
    const observables = (one.z_expectations ?? []).flatMap((__, q) => ['--expect', `Z${q}`]);
    const isSampled = method === 'trajectories';
    const options = [
      '--language',
      '2',
      '--method',
      method,
      ...(isSampled ? ['--shots', String(shots), '--seed', '11'] : []),
      ...observables,
    ];
    const answer = await simulate(file, ...options);
    if ('error' in answer) {
      expect(answer.error.message).toMatch(reasons[method]);
      return;
    }
    if (method !== 'pauli') expectProbabilities(one, answer, isSampled);
    one.z_expectations?.forEach((z, q) => {
      const value = answer.expectations?.[q]?.value ?? Number.NaN;
      expect(Math.abs(value - z)).toBeLessThan(one.tolerance);
    });
  });
});

/** The program of a noise case with its measurement, and its noise as a file. */
function writeCase(one: NoisyCase): { program: string; noise: string } {
  const calls = one.circuit.map(({ gate, params, qubits }) => {
    const angles = params.length === 0 ? '' : `(${params.join(',')})`;
    return `${gate}${angles} ${qubits.map((q) => `q[${q}]`).join(',')};`;
  });
  const program = join(folder.path, `${one.id}.qasm`);
  const noise = join(folder.path, `${one.id}.json`);
  writeFileSync(
    program,
    [
      'OPENQASM 2.0;',
      'include "qelib1.inc";',
      `qreg q[${one.n}];`,
      `creg c[${one.n}];`,
      ...calls,
      'measure q -> c;',
    ].join('\n'),
  );
  const rules = (one.noise ?? []).map(({ t, ...rest }) =>
    t === undefined ? rest : { ...rest, time: t },
  );
  writeFileSync(noise, JSON.stringify({ rules, readout: one.readout_confusion ?? [] }));
  return { program, noise };
}

function probabilityOf(table: Record<string, number> | undefined, index: number, n: number) {
  return table?.[index.toString(2).padStart(n, '0')] ?? 0;
}

interface DensityCase extends NoisyCase {
  readonly probs: number[];
  readonly expectations_after_readout: Record<string, number>;
}

describeCases<DensityCase>('noisy programs', 'noise/density_matrix.json', (cases) => {
  const comparisons = cases.reduce(
    (sum, one) => sum + one.probs.length + Object.keys(one.expectations_after_readout).length,
    0,
  );
  const sigmas = threeSigmaFor(comparisons);

  test.each(cases.map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const { program, noise } = writeCase(one);
    const names = Object.keys(one.expectations_after_readout);
    const expects = names.flatMap((name) => ['--expect', observableOfCase(name, one.n)]);
    const base = [program, '--noise', noise, ...expects];
    const exact = await simulated(...base, '--method', 'density');
    const carried = await simulated(...base, '--method', 'pauli');
    const drawn = await simulated(...base, '--method', 'trajectories', '--shots', String(shots));
    one.probs.forEach((p, index) => {
      expect(Math.abs(probabilityOf(exact.probabilities, index, one.n) - p)).toBeLessThan(1e-9);
      const off = Math.abs(probabilityOf(drawn.counts, index, one.n) / shots - p);
      expect(off).toBeLessThan(sigmas * Math.sqrt((p * (1 - p)) / shots) + 2 / shots);
    });
    names.forEach((name, i) => {
      const expected = one.expectations_after_readout[name] as number;
      for (const { expectations } of [exact, carried]) {
        const value = expectations?.[i]?.value ?? Number.NaN;
        expect(Math.abs(value - expected)).toBeLessThan(1e-9);
      }
      const { value, stderr } = drawn.expectations?.[i] ?? { value: null, stderr: null };
      const off = Math.abs((value ?? Number.NaN) - expected);
      // An error too rare to be drawn is not in the standard error.
      expect(off).toBeLessThan(sigmas * (stderr ?? 0) + 5 / shots);
    });
  });
});

interface ReadoutCase extends Omit<NoisyCase, 'noise'> {
  readonly noisy_probs: number[];
}

describeCases<ReadoutCase>(
  'programs read with errors',
  'noise/readout_mitigation.json',
  (cases) => {
    const pairs = cases.flatMap((one) =>
      ['statevector', 'density', 'mps', 'stabilizer'].map(
        (method) => [one.id, method, one] as const,
      ),
    );
    test.each(pairs)('%s by %s', async (_, method, one) => {
      const { program, noise } = writeCase({ ...one, noise: [] });
      const answer = await simulate(program, '--noise', noise, '--method', method);
      if ('error' in answer) {
        expect(answer.error.message).toMatch(
          method === 'stabilizer' ? /Clifford gates only/ : /^$/,
        );
        return;
      }
      one.noisy_probs.forEach((p, index) => {
        expect(Math.abs(probabilityOf(answer.probabilities, index, one.n) - p)).toBeLessThan(1e-9);
      });
    });
  },
);

describe('the limit of three standard errors for a family', () => {
  test('is three for one comparison and grows slowly', () => {
    expect(threeSigmaFor(1)).toBeCloseTo(3, 6);
    expect(threeSigmaFor(1000)).toBeGreaterThan(4.4);
    expect(threeSigmaFor(1000)).toBeLessThan(4.8);
  });
});
