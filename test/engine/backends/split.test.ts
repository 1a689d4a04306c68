import { describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { dealt, sharesOf, splitAims } from '#shared/devices/shares.ts';
import { localBackend } from '#engine/backends/local.ts';
import { type Shared } from '#engine/backends/parts.ts';
import { SplitBackend, type SplitMember } from '#engine/backends/split.ts';
import type { Answer, Ask } from '#engine/programs/program.ts';
import { simulators } from '#engine/simulators/registry.ts';

const define: Ask = {
  kind: 'define',
  key: 'c',
  circuit: {
    ...circuitOf(2, [
      { ...gate('ry', [0]), parameters: [parameterOf('a')] },
      gate('cx', [0, 1]),
      gate('h', [1]),
    ]),
    parameters: [{ name: 'a', value: null }],
  },
  observables: [{ kind: 'pauli', sum: { terms: [{ coefficient: 1, factors: [] }] } }],
};

function local(shots: number | null, device: 'plain' | 'failing' = 'plain'): SplitMember {
  const backend = localBackend({
    backend: 'statevector',
    simulators,
    noise: null,
    device: null,
    seed: 1,
    qubits: 2,
    shots,
    freeBytes: 2 ** 30,
  });
  let asked = 0;
  return {
    name: device,
    share: 0,
    answers: backend.facts.answers,
    warnings: () => [],
    answerer: {
      answer(ask, context) {
        const isWork = ask.kind === 'runs' || ask.kind === 'expectations';
        if (device === 'failing' && isWork && asked++ > 0) {
          throw new AppError('unavailable', 'It went away.');
        }
        return backend.answer(ask, context);
      },
      dispose: () => backend.dispose(),
    },
  };
}

function split(members: readonly SplitMember[], shares: readonly number[], shots: number | null) {
  return new SplitBackend(
    members.map((member, k) => ({ ...member, share: shares[k] as number })),
    shots,
  );
}

const context = { seed: 9, cancel: new CancelFlag() };

async function answered(backend: SplitBackend, asks: readonly Shared[]): Promise<Answer[]> {
  await backend.answer(define, { ...context, askIndex: 0 });
  const answers: Answer[] = [];
  for (const [k, ask] of asks.entries()) {
    const { by, ...answer } = (await backend.answer(ask, {
      ...context,
      askIndex: k + 1,
    })) as Answer & {
      by: readonly { circuits: number; shots: number }[];
    };
    const total = by.reduce((sum, { shots }) => sum + shots, 0);
    if (ask.kind === 'runs') expect(total).toBe(ask.items * ask.bases.length * ask.shots);
    answers.push(answer as Answer);
  }
  backend.dispose();
  return answers;
}

function randomAsk(rng: Rng): Shared {
  const items = 1 + rng.below(6);
  const bindings = Float64Array.from({ length: items }, () => rng.uniform() * 3);
  const stream = `c ${rng.below(1000)}`;
  if (rng.below(3) === 0) {
    return { kind: 'expectations', key: 'c', items, bindings, observables: [0], stream };
  }
  const bases = (
    [
      null,
      [[0, 'X']],
      [[1, 'Y']],
      [
        [0, 'Z'],
        [1, 'X'],
      ],
    ] as const
  ).slice(0, 1 + rng.below(4));
  return { kind: 'runs', key: 'c', items, bindings, bases, shots: 1 + rng.below(50), stream };
}

/** Cut along its shots: each part has a stream of its own. */
function isOne(ask: Shared): boolean {
  return ask.kind === 'runs' && ask.items === 1 && ask.bases.length === 1;
}

describe('a job that several backends share', () => {
  const rng = rngOf(3);
  const asks = Array.from({ length: 60 }, () => randomAsk(rng)).filter((ask) => !isOne(ask));
  const plan = [[1], [0.5, 0.5], [0, 1], [0.7, 0.1, 0.2], [0.25, 0.25, 0.25, 0.25]] as const;

  test('is answered to the same bits however it is spread', async () => {
    const [whole, ...others] = await Promise.all(
      plan.map((shares) =>
        answered(
          split(
            shares.map(() => local(null)),
            shares,
            null,
          ),
          asks,
        ),
      ),
    );
    for (const one of others) expect(one).toStrictEqual(whole);
  });

  test('loses no bit with a backend whose parts move to another', async () => {
    const sound = split([local(null), local(null)], [0.5, 0.5], null);
    const broken = split([local(null, 'failing'), local(null)], [0.5, 0.5], null);
    const expected = await answered(sound, asks);
    expect(await answered(broken, asks)).toStrictEqual(expected);
    expect(broken.warnings()).toEqual(['failing was left out after it failed: It went away.']);
  });

  test('ends with the reason of the last one where all fail', async () => {
    const broken = split([local(null, 'failing'), local(null, 'failing')], [0.5, 0.5], null);
    await expect(answered(broken, asks)).rejects.toThrow('It went away.');
  });

  test('has the shots of one circuit dealt out, each part with draws of its own', async () => {
    const ask: Shared = {
      kind: 'runs',
      key: 'c',
      items: 1,
      bindings: Float64Array.of(1),
      bases: [null],
      shots: 1001,
      stream: 'c 0',
    };
    const both = split([local(1001), local(1001)], [0.5, 0.5], 1001);
    const [answer] = await answered(both, [ask]);
    const counts = answer?.kind === 'runs' ? answer.counts[0]?.counts : undefined;
    expect(counts?.reduce((sum, n) => sum + n, 0)).toBe(1001);
    // Equal draws in both parts would make every count but one even.
    const halves = split([local(1001), local(1001)], [0.5, 0.5], 1001);
    const [again] = await answered(halves, [{ ...ask, shots: 1000 }]);
    const even = again?.kind === 'runs' ? [...(again.counts[0]?.counts ?? [])] : [];
    expect(even.some((count) => count % 2 === 1)).toBe(true);
  });
});

describe('shares', () => {
  const simulator = { kind: 'simulator', times: {}, errorRates: {} } as const;
  const fast = {
    kind: 'qpu',
    times: { twoQubitGate: 1e-7, readout: 1e-6 },
    errorRates: { twoQubit: 0.01, readout: 0.02 },
  } as const;
  const slow = {
    kind: 'qpu',
    times: { twoQubitGate: 1e-3, readout: 1e-3 },
    errorRates: { twoQubit: 0.002, readout: 0.002 },
  } as const;
  const unknown = { kind: 'qpu', times: {}, errorRates: {} } as const;

  test.each(splitAims)('by %s add up to 1, known or not', (aim) => {
    for (const devices of [
      [simulator],
      [fast, slow],
      [simulator, fast, unknown],
      [unknown, unknown],
    ]) {
      const shares = sharesOf(devices, aim);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
    }
  });

  test('go to what is faster, cheaper, better', () => {
    expect(sharesOf([fast, slow], 'speed')[0]).toBeGreaterThan(0.9);
    expect(sharesOf([fast, simulator], 'price')).toEqual([0, 1]);
    expect(sharesOf([fast, slow], 'price')).toEqual([0.5, 0.5]);
    expect(sharesOf([fast, slow], 'fidelity')[0]).toBeLessThan(0.5);
  });

  test('deal out every thing once, and none to who has no share', () => {
    const rng = rngOf(4);
    for (let round = 0; round < 500; round++) {
      const weights = Array.from({ length: 1 + rng.below(5) }, () => rng.below(4));
      const sum = weights.reduce((a, b) => a + b, 0);
      if (sum === 0) continue;
      const count = rng.below(200);
      const sizes = dealt(
        count,
        weights.map((weight) => weight / sum),
      );
      expect(sizes.reduce((a, b) => a + b, 0)).toBe(count);
      sizes.forEach((size, k) => {
        if (weights[k] === 0) expect(size).toBe(0);
        expect(Math.abs(size - ((weights[k] as number) / sum) * count)).toBeLessThan(1 + 1e-9);
      });
    }
  });
});
