import { expect, test } from 'vitest';
import { requests } from '#shared/ipc/contract.ts';
import { jobSpecSchema } from '#shared/jobs/job.ts';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { problemSchema } from '#test/support/members.ts';

const maxcut = { algorithm: 'qaoa', problem: { kind: 'maxcut', nodes: 3, edges: [] } };

test.each([
  ['shots of a job', () => jobSpecSchema.safeParse({ ...maxcut, shots: 1e15 })],
  ['shots of a simulation', () => simulationRequestSchema.safeParse({ source: '', shots: 1e10 })],
  [
    'shots of an estimate',
    () => requests['devices.estimate'].input.safeParse({ deviceId: 'x', source: '', shots: 1e10 }),
  ],
  ['nodes of a graph', () => problemSchema.safeParse({ ...maxcut.problem, nodes: 1e9 })],
])('%s are refused by their number, before anything is allocated', (_, parse) => {
  const parsed = parse();
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues[0]?.message).toMatch(/at most 1,000,000/i);
});

test('as many as make sense are taken', () => {
  expect(jobSpecSchema.safeParse({ ...maxcut, shots: 1_000_000_000 }).success).toBe(true);
});
