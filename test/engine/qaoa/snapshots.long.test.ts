import { expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { drive } from '#engine/programs/drive.ts';
import { type Answerer, done } from '#engine/programs/program.ts';

const problem = {
  kind: 'ising',
  h: [0.5, -0.3, 0.8, 0.1, -0.6],
  J: [
    [0, 1, 1],
    [1, 2, -0.7],
    [2, 3, 0.4],
    [3, 4, 0.9],
    [4, 0, -1.1],
  ],
  offset: 0,
};

async function run(spec: object, snapshot?: unknown) {
  const checked = jobEngine.validate(spec);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  const room = { freeBytes: 2 ** 30, ...(snapshot === undefined ? {} : { snapshot }) };
  const { program, answerer } = jobEngine.prepare(checked.value, new Map(), room);
  if (answerer === null) throw new Error('this spec runs elsewhere');
  const snapshots: unknown[] = [];
  let asked = 0;
  const watched: Answerer = {
    answer(ask, context) {
      if (ask.kind === 'gradients') asked++;
      if (ask.kind !== 'snapshot') return answerer.answer(ask, context);
      snapshots.push(JSON.parse(JSON.stringify(ask.state)));
      return done;
    },
    dispose: () => answerer.dispose(),
  };
  const { result } = await drive(program, watched, { seed: 4, cancel: new CancelFlag() });
  answerer.dispose();
  return { result: result as OptimisationResult, snapshots, asked };
}

test.each([
  { layerwise: true },
  { adaptive: true },
  { starts: 3 },
  { recursive: true, cutoff: 1 },
  { recursive: true, cutoff: 1, layerwise: true },
  { layerwise: true, lightCones: true },
])('%j goes on from each of its snapshots, with less to do', async (more) => {
  const spec = {
    algorithm: 'qaoa',
    problem,
    settings: { layers: 3, optimizer: { id: 'lbfgsb' }, ...more },
    seed: 4,
  };
  const whole = await run(spec);
  expect(whole.snapshots.length).toBeGreaterThan(3);
  for (const snapshot of whole.snapshots) {
    const rest = await run(spec, snapshot);
    expect(rest.result.expectation).toBeCloseTo(whole.result.expectation, 4);
    expect(rest.result.mixers).toEqual(whole.result.mixers);
  }
  const last = await run(spec, whole.snapshots.at(-1));
  expect(last.asked).toBe(0);
});
