import { expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { Extrapolation } from '#shared/jobs/mitigate.ts';
import { zne } from '#engine/mitigation/zne.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Answer, Program } from '#engine/programs/program.ts';
import {
  circuitOfCase,
  type NoisyCase,
  noiseOfCase,
  observableOfCase,
} from '#test/support/noise-cases.ts';
import { describeCases } from '#test/support/cases.ts';
import { denseBackend } from '#test/support/dense-backend.ts';

interface Case extends NoisyCase {
  readonly observable: string;
  readonly scale_factors: number[];
  readonly noisy_values: number[];
  readonly linear_least_squares: number;
  readonly quadratic_least_squares: number;
  readonly richardson: number;
  readonly exponential_asymptote0_loglinear?: number;
}

function* measured(one: Case): Program<Extract<Answer, { kind: 'expectations' }>> {
  const sum = parseObservable(observableOfCase(one.observable, one.n), one.n);
  yield {
    kind: 'define',
    key: 'c',
    circuit: circuitOfCase(one),
    observables: [{ kind: 'pauli', sum }],
  };
  const answer = yield {
    kind: 'expectations',
    key: 'c',
    items: 1,
    bindings: new Float64Array(0),
    observables: [0],
  };
  if (answer.kind !== 'expectations') throw new Error('expected expectations');
  return answer;
}

function mitigate(one: Case, extrapolation: Extrapolation) {
  const settings = { scaleFactors: one.scale_factors, folding: 'global', extrapolation };
  const answerer = denseBackend(null, noiseOfCase(one));
  return driveNow(
    zne.rewrite(settings)(measured(one), {
      rng: rngOf(1),
      shots: null,
      facts: answerer.facts,
      noise: null,
      freeBytes: 2 ** 32,
      warn: () => undefined,
    }),
    answerer,
    {
      seed: 1,
      cancel: new CancelFlag(),
    },
  );
}

describeCases<Case>('zero-noise extrapolation cases', 'noise/zne.json', (cases) => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const linear = mitigate(one, 'linear');
    one.noisy_values.forEach((value, k) => {
      expect(
        Math.abs((linear.history?.steps[0]?.scaled?.[k]?.values[0] ?? Number.NaN) - value),
      ).toBeLessThan(1e-9);
    });
    expect(Math.abs((linear.values[0] as number) - one.linear_least_squares)).toBeLessThan(1e-9);
    expect(
      Math.abs((mitigate(one, 'richardson').values[0] as number) - one.richardson),
    ).toBeLessThan(1e-9);
    expect(
      Math.abs((mitigate(one, 'quadratic').values[0] as number) - one.quadratic_least_squares),
    ).toBeLessThan(1e-9);
    const exponential = one.exponential_asymptote0_loglinear;
    const fitted = mitigate(one, 'exponential').values[0] as number;
    // No exponential goes through these values: the linear extrapolation takes its place.
    if (exponential === undefined || exponential === null) expect(fitted).toBe(linear.values[0]);
    else expect(Math.abs(fitted - exponential)).toBeLessThan(1e-9);
  });
});
