import { expect, test } from 'vitest';
import { run } from '#test/support/conformance/simulator.ts';
import {
  circuitOfCase,
  type NoisyCase,
  noiseOfCase,
  observableOfCase,
} from '#test/support/noise-cases.ts';
import { describeCases } from '#test/support/cases.ts';

interface Case extends NoisyCase {
  readonly probs: number[];
  readonly expectations_after_readout: Record<string, number>;
}

describeCases<Case>('density matrix cases', 'noise/density_matrix.json', (cases) => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const names = Object.keys(one.expectations_after_readout);
    const result = run(circuitOfCase(one, one.n), {
      noise: noiseOfCase(one),
      observables: names.map((name) => observableOfCase(name, one.n)),
    });
    one.probs.forEach((p, index) => {
      const key = index.toString(2).padStart(one.n, '0');
      expect(Math.abs((result.probabilities?.[key] ?? 0) - p)).toBeLessThan(1e-9);
    });
    names.forEach((name, i) => {
      const expected = one.expectations_after_readout[name] as number;
      expect(Math.abs((result.expectations?.[i]?.value ?? Number.NaN) - expected)).toBeLessThan(
        1e-9,
      );
    });
  });
});
