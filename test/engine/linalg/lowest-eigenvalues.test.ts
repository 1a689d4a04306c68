import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { lowestEigenvalues } from '#engine/linalg/lowest-eigenvalues.ts';
import { lowestPair } from '#engine/linalg/tridiagonal.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import { gives } from '#shared/problems/views.ts';
import { diagonalisation } from '#engine/algorithms/diagonalisation.ts';
import { builtIn } from '#engine/members.ts';
import { Finish } from '#engine/programs/finish.ts';
import { pose, problemSchema } from '#test/support/members.ts';
import { tableOfExample } from '#shared/problems/example.ts';
import type { ProblemFile } from '#shared/problems/view.ts';
import { runSpec } from '#test/support/run-spec.ts';

function finished<T>(search: Generator<unknown, T>): T {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

/** H = Σ λ_k |u_k⟩⟨u_k| with the columns of a random unitary, as dense rows. */
function denseOf(values: readonly number[], seed: number) {
  const n = values.length;
  const rng = rngOf(seed);
  const columns: { re: Float64Array; im: Float64Array }[] = [];
  for (let k = 0; k < n; k++) {
    const re = Float64Array.from({ length: n }, () => rng.normal());
    const im = Float64Array.from({ length: n }, () => rng.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of columns) {
        let [a, b] = [0, 0];
        for (let i = 0; i < n; i++) {
          a += (other.re[i] ?? 0) * (re[i] ?? 0) + (other.im[i] ?? 0) * (im[i] ?? 0);
          b += (other.re[i] ?? 0) * (im[i] ?? 0) - (other.im[i] ?? 0) * (re[i] ?? 0);
        }
        for (let i = 0; i < n; i++) {
          re[i] = (re[i] ?? 0) - (a * (other.re[i] ?? 0) - b * (other.im[i] ?? 0));
          im[i] = (im[i] ?? 0) - (a * (other.im[i] ?? 0) + b * (other.re[i] ?? 0));
        }
      }
    }
    const length = Math.hypot(...re, ...im);
    columns.push({ re: re.map((one) => one / length), im: im.map((one) => one / length) });
  }
  return (v: Float64Array, into: Float64Array): void => {
    into.fill(0);
    columns.forEach(({ re, im }, k) => {
      let [a, b] = [0, 0];
      for (let i = 0; i < n; i++) {
        a += (re[i] ?? 0) * (v[i] ?? 0) + (im[i] ?? 0) * (v[i + n] ?? 0);
        b += (re[i] ?? 0) * (v[i + n] ?? 0) - (im[i] ?? 0) * (v[i] ?? 0);
      }
      for (let i = 0; i < n; i++) {
        into[i] = (into[i] ?? 0) + (values[k] ?? 0) * (a * (re[i] ?? 0) - b * (im[i] ?? 0));
        into[i + n] = (into[i + n] ?? 0) + (values[k] ?? 0) * (a * (im[i] ?? 0) + b * (re[i] ?? 0));
      }
    });
  };
}

describe('the lowest eigenvalues', () => {
  const spread = Array.from({ length: 90 }, (_, k) => Math.cos(k) * 3);
  test.each([
    ['of one number', [4]],
    ['that are all equal', [2, 2, 2, 2]],
    ['three of which are equal', [-1, -1, -1, 0, 2, 5, 7, 7]],
    ['a hair apart', [0, 1e-7, 2e-7, 1, 2, 3]],
    ['of more rows than one Krylov space has', spread],
  ])('%s are found, each as often as it is there', (_, values) => {
    const count = Math.min(4, values.length);
    const norm = Math.max(...values.map(Math.abs));
    const scaled = values.map((value) => value / norm);
    const search = lowestEigenvalues(denseOf(scaled, 3), values.length, count, rngOf(1));
    const found = finished(search);
    const expected = scaled.toSorted((a, b) => a - b).slice(0, count);
    found.forEach((value, k) => expect(value).toBeCloseTo(expected[k] ?? 0, 10));
    expect(found).toHaveLength(count);
  });

  test('of a tridiagonal matrix have a vector that belongs to them', () => {
    for (let seed = 0; seed < 20; seed++) {
      const rng = rngOf(seed);
      const n = 1 + rng.below(12);
      const diagonal = Array.from({ length: n }, () => rng.normal());
      const beside = Array.from({ length: n - 1 }, () => (rng.below(4) === 0 ? 0 : rng.normal()));
      const { value, vector } = lowestPair(diagonal, beside);
      for (let i = 0; i < n; i++) {
        const image =
          (diagonal[i] ?? 0) * (vector[i] ?? 0) +
          (beside[i] ?? 0) * (vector[i + 1] ?? 0) +
          (beside[i - 1] ?? 0) * (vector[i - 1] ?? 0);
        expect(image).toBeCloseTo(value * (vector[i] ?? 0), 10);
      }
    }
  });
});

test.each(
  problemKinds.filter((kind) => gives(kind, binaryView)).map((kind) => [kind.kind, kind] as const),
)('the lowest energy of the example of %s is the one that is known', (_, { kind, example }) => {
  const problem = problemSchema.parse({ kind, ...example.problem });
  const files = new Map(
    Object.entries(example.tables ?? {}).map(([name, table]): [string, ProblemFile] => [
      name,
      { kind: 'table', table: tableOfExample(table) },
    ]),
  );
  const usage = { circuits: 0, shots: 0, gates: 0, qubits: 0 };
  const answers = new Set<never>();
  const input = {
    ...pose(problem, files),
    learners: () => null,
    parts: builtIn,
    settings: {},
    seed: 1,
    shots: null,
    device: null,
    answers,
    usage: () => usage,
    finish: new Finish(),
  };
  const { result } = finished(
    diagonalisation.run(input) as Generator<unknown, { readonly result: unknown }>,
  );
  const { energies } = result as { energies: { value: number }[] };
  expect(energies[0]?.value).toBeCloseTo(example.answers['energies'] ?? Number.NaN, 8);
});

test('the Heisenberg ring of ten spins has the energy of Bethe’s ansatz', () => {
  // E/N = −0.4515446 per bond of S·S (Bonner and Fisher, Phys. Rev. 135, A640, 1964); Paulis are 2S.
  const n = 10;
  const terms = Array.from({ length: n }, (_, i) =>
    ['X', 'Y', 'Z'].map((letter) => {
      const letters = Array.from({ length: n }, () => 'I');
      letters[i] = letter;
      letters[(i + 1) % n] = letter;
      return [letters.join(''), 0.25] as const;
    }),
  ).flat();
  const problem = { kind: 'hamiltonian', qubits: n, terms };
  const { result } = runSpec({ algorithm: 'exact', problem, settings: { states: 2 } });
  const { energies } = result as { energies: { value: number }[] };
  expect((energies[0]?.value ?? 0) / n).toBeCloseTo(-0.4515446354, 8);
  // The first excited states are a triplet at a finite gap.
  expect((energies[1]?.value ?? 0) - (energies[0]?.value ?? 0)).toBeGreaterThan(0.1);
});

test.each([1e-300, 1e-30, 1e30, 1e300])('energies in a unit of %s are as exact as any', (unit) => {
  const terms = [
    ['ZZ', unit],
    ['IX', unit],
    ['XI', unit],
  ];
  const problem = { kind: 'hamiltonian', qubits: 2, terms };
  const { result } = runSpec({ algorithm: 'exact', problem });
  const { energies } = result as { energies: { value: number }[] };
  expect((energies[0]?.value ?? 0) / unit).toBeCloseTo(-Math.sqrt(5), 10);
});

test('a Hamiltonian of nothing has the energy 0, and one beyond all bounds is refused', () => {
  const spec = (terms: unknown) => ({
    algorithm: 'exact',
    problem: { kind: 'hamiltonian', qubits: 1, terms },
  });
  expect(runSpec(spec([['X', 0]])).result).toMatchObject({ energies: [{ value: 0, stderr: 0 }] });
  const huge = ['X', 'Y', 'Z'].map((letter) => [letter, 1.5e308]);
  expect(() => runSpec(spec(huge))).toThrow(/choose another unit/);
});
