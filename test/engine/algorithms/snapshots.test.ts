import { expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { drive } from '#engine/programs/drive.ts';
import { type Answerer, done } from '#engine/programs/program.ts';

const problem = {
  kind: 'hamiltonian',
  qubits: 2,
  terms: [
    ['ZZ', 1],
    ['IX', 1],
    ['XI', 0.7],
  ],
};

interface Run {
  readonly energies: readonly number[];
  readonly snapshots: readonly unknown[];
  readonly asked: number;
}

/** Runs a spec from a snapshot, or from its beginning. */
async function run(spec: object, snapshot?: unknown): Promise<Run> {
  const checked = jobEngine.validate(spec);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  const room = { freeBytes: 2 ** 30, ...(snapshot === undefined ? {} : { snapshot }) };
  const { program, answerer } = jobEngine.prepare(checked.value, new Map(), room);
  if (answerer === null) throw new Error('this spec runs elsewhere');
  const snapshots: unknown[] = [];
  let asked = 0;
  const watched: Answerer = {
    answer(ask, context) {
      if (ask.kind === 'gradients' || ask.kind === 'expectations') asked++;
      if (ask.kind !== 'snapshot') return answerer.answer(ask, context);
      snapshots.push(JSON.parse(JSON.stringify(ask.state)));
      return done;
    },
    dispose: () => answerer.dispose(),
  };
  const { result } = await drive(program, watched, { seed: 4, cancel: new CancelFlag() });
  answerer.dispose();
  const { energies, points } = result as {
    readonly energies?: readonly { readonly value: number }[];
    readonly points?: readonly { readonly energies: readonly { readonly value: number }[] }[];
  };
  const found = energies ?? points?.flatMap((point) => point.energies) ?? [];
  return { energies: found.map(({ value }) => value), snapshots, asked };
}

const scanned = {
  kind: 'field-scan',
  columns: 2,
  coupling: { z: 1 },
  field: { z: 0.1 },
  strengths: [0.4, 0.7, 1],
};

test.each([
  ...['vqe', 'vqd', 'adapt-vqe', 'subspace-search', 'imaginary-time'].map(
    (algorithm) => [algorithm, problem] as const,
  ),
  ['subspace-expansion', problem] as const,
  ['sample-based-diagonalisation', problem] as const,
  ['vqe', scanned] as const,
  ['qite', problem] as const,
])(
  '%s goes on from each of its snapshots, as JSON keeps them, with less to do, %#',
  async (algorithm, posed) => {
    const spec = { algorithm, problem: posed, seed: 4 };
    const whole = await run(spec);
    expect(whole.snapshots.length).toBeGreaterThan(3);
    const late = whole.snapshots.at(-2);
    const rest = await run(spec, late);
    expect(rest.asked).toBeLessThan(whole.asked / 2);
    rest.energies.forEach((value, k) =>
      expect(value).toBeCloseTo(whole.energies[k] ?? Number.NaN, 6),
    );
    const middle = await run(spec, whole.snapshots[Math.floor(whole.snapshots.length / 2)]);
    middle.energies.forEach((value, k) =>
      expect(value).toBeCloseTo(whole.energies[k] ?? Number.NaN, 5),
    );
  },
);
