import { expect, test } from 'vitest';
import { chainProblem, chains } from '#test/support/physics-cases.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Energies {
  readonly energies: readonly { readonly value: number }[];
}

test.each(chains.filter(({ n }) => n >= 10).map((one) => [one.id, one] as const))(
  '%s has the known lowest energies',
  (_, one) => {
    const { result } = runSpec({
      seed: 7,
      algorithm: 'exact',
      problem: chainProblem(one),
      settings: { states: 3 },
    });
    const { energies } = result as Energies;
    const known = [one.ground_energy, one.first_excited, one.second_excited];
    known.forEach((value, k) => expect(energies[k]?.value).toBeCloseTo(value, 8));
  },
);
