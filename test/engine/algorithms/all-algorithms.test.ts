import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kindsTaken, wayFor } from '#engine/algorithms/algorithm.ts';
import { algorithms } from '#engine/algorithms/registry.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import type { ProblemKind } from '#shared/problems/problem-kind.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { gives, look } from '#shared/problems/views.ts';
import { algorithmsPage } from '#test/support/algorithms-page.ts';
import { filesOfExample } from '#test/support/example-files.ts';
import { knownResult, pose, problemSchema, readingOf } from '#test/support/members.ts';
import type { Progress } from '#engine/programs/program.ts';
import { runExample } from '#test/support/run-spec.ts';

const pairs = algorithms.flatMap((algorithm) =>
  kindsTaken(algorithm, problemKinds).map((kind) => ({
    algorithm,
    kind,
    name: `${algorithm.id} on ${kind.kind}`,
  })),
);

/** What the schema of a kind passes over would be missing from its type. */
function expectDescribed(result: unknown): void {
  const { kind: _kind, ...fields } = result as Record<string, unknown>;
  expect(knownResult(result)?.value).toEqual(fields);
}

/** What is diagonal leaves zeros as they are, so Z of qubit 0 stays 1. */
function knownAnswer(kind: ProblemKind, result: string): number {
  const answer = kind.example.answers[result];
  if (answer === undefined && result === 'dynamics' && gives(kind, binaryView)) return 1;
  expect(answer, `${result} of ${kind.kind}`).toBeTypeOf('number');
  return answer ?? Number.NaN;
}

describe.each(pairs)('$name', ({ algorithm, kind }) => {
  const problem = problemSchema.parse({ kind: kind.kind, ...kind.example.problem });
  const ways = wayFor(algorithm, kind);
  // Penalties make landscapes in which a search may end anywhere between the mean and the answer.
  const isSearched =
    ways.result.kind === 'energies' &&
    algorithm.accuracy !== undefined &&
    kind.views.every(({ view }) => view !== ways.view);
  const meanEnergy = () =>
    look(hamiltonianView, pose(problem, filesOfExample(kind.example))).value.sum.terms.find(
      ({ factors }) => factors.length === 0,
    )?.coefficient ?? 0;
  // The mean of a trained distribution is no optimum; its best assignment is.
  const spec = { algorithm: algorithm.id, seed: 5 };

  let known: ReturnType<typeof runExample> | null = null;
  const told = new Set<string>();
  const progress: Progress[] = [];
  /** The outcome of one run, which all of these look at. */
  const outcome = () => {
    known ??= runExample(kind, spec, (one) => {
      progress.push(one);
      for (const id of Object.keys(one.metrics)) told.add(id);
    });
    return known;
  };

  test('gives the answer that is known of the example, as its kind of result', () => {
    const { result, warnings } = outcome();
    const live = ways.result.live.map(({ id }) => id);
    expect([...told].filter((id) => !live.includes(id))).toEqual([]);
    expect(knownResult(result)?.kind.kind).toBe(ways.result.kind);
    const ofView = look(ways.view, pose(problem, filesOfExample(kind.example))).warnings;
    expect(warnings.filter((one) => !one.includes('1024') && !ofView.includes(one))).toEqual([]);
    const reading = readingOf(result);
    const answer = knownAnswer(kind, ways.result.kind);
    const { value, stderr } = reading?.headline.value ?? { value: Number.NaN, stderr: 0 };
    const error = stderr === null || Number.isNaN(stderr) ? 0 : stderr;
    if (isSearched) {
      expect(value).toBeGreaterThanOrEqual(answer - 1e-9);
      expect(value).toBeLessThan(meanEnergy());
      return;
    }
    const accuracy = Math.max(algorithm.accuracy ?? 1e-9, 5 * error);
    expect(Math.abs(value - answer)).toBeLessThanOrEqual(accuracy);
  });

  test('gives a result that its kind describes to the last field, and that survives JSON', () => {
    const { result } = outcome();
    expectDescribed(result);
    const text = JSON.stringify(result, (_key, value: unknown) =>
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    );
    expect(readingOf(JSON.parse(text))).toEqual(readingOf(result));
  });

  test('tells curves from left to right, and a share that never falls', () => {
    outcome();
    const last = new Map<string, number>();
    let share = 0;
    for (const { fraction, step, metrics } of progress) {
      for (const id of Object.keys(metrics)) {
        expect(step, `the next step of ${id}`).toBeGreaterThan(last.get(id) ?? -Infinity);
        last.set(id, step);
      }
      if (fraction === null) continue;
      expect(fraction).toBeGreaterThanOrEqual(share);
      share = fraction;
    }
  });

  test('has rows as long as their columns, and marks that are there', () => {
    const reading = readingOf(outcome().result);
    const ids = [...(reading?.tables ?? []), ...(reading?.figures ?? [])].map(({ title }) => title);
    expect(ids.length).toBeGreaterThan(0);
    for (const { columns, rows } of reading?.tables ?? []) {
      expect(new Set(columns.map(({ id }) => id)).size).toBe(columns.length);
      for (const row of rows) expect(row).toHaveLength(columns.length);
    }
    for (const list of [reading?.tables, reading?.figures]) {
      const names = (list ?? []).map(({ id }) => id);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

const finishing = pairs.filter(
  ({ algorithm, kind }, k) =>
    algorithm.canFinish === true &&
    pairs.findIndex((pair) => pair.algorithm === algorithm) === k &&
    kind.views.length > 0,
);

test('whatever is trained or read in rounds can be finished', () => {
  // A learner has a model a fold: finished early, its scores would be those of untrained ones.
  const trained = algorithms.filter(
    ({ parameters, steps }) =>
      steps.name !== 'folds' &&
      parameters.some((one) => one.kind === 'member' && one.registry === 'optimizer'),
  );
  const ids = finishing.map(({ algorithm }) => algorithm.id);
  expect(trained.filter(({ id }) => !ids.includes(id))).toEqual([]);
  for (const id of ['tabu', 'simulated-annealing', 'monte-carlo']) expect(ids).toContain(id);
});

describe.each(finishing)('finished early, $name', ({ algorithm, kind }) => {
  const isQuantum = algorithm.kind === 'quantum';
  const spec = { algorithm: algorithm.id, seed: 5, ...(isQuantum ? { shots: 20 } : {}) };
  const settings = algorithm.parameters.some(({ id }) => id === 'optimizer')
    ? { settings: { optimizer: { id: 'spsa' } } }
    : {};
  /**
   * The outcome of a run that is asked to finish at its nth progress, and how often it told some. What is
   * worked out after the search, from what it found, has no figures to tell.
   */
  function finishedAt(nth: number) {
    let told = 0;
    const outcome = runExample(kind, { ...spec, ...settings }, ({ metrics }) => {
      const isAfter = told >= nth && Object.keys(metrics).length === 0;
      if (!isAfter) told++;
      return told >= nth ? 'finish' : undefined;
    });
    return { result: outcome.result as Record<string, unknown>, told };
  }

  test('ends at once with a result of its kind that says so', () => {
    const { result, told } = finishedAt(2);
    expect(told).toBeLessThanOrEqual(3);
    expect(result['stopped']).toEqual({ reason: 'finish', shots: isQuantum ? 200 : null });
    const { stopped: _stopped, ...own } = result;
    expectDescribed(own);
    expect(readingOf(result)?.caveat).toBe('finished on request');
    expect(readingOf(result)?.notes[0]?.text).toMatch(/finished on request/);
    expect(JSON.stringify(finishedAt(2).result)).toBe(JSON.stringify(result));
  });

  test('takes more shots for its last evaluation, and fewer in all', () => {
    const { result } = finishedAt(1);
    const { result: later } = finishedAt(2);
    if (!isQuantum) return expect(result['shots']).toBe(0);
    expect(result['shots']).toBeGreaterThanOrEqual(200);
    expect(result['shots']).toBeLessThanOrEqual(later['shots'] as number);
    return undefined;
  });
});

test('a mitigated expectation is described to the last field, with a table and a figure of its steps', () => {
  const kind = problemKinds.find((one) => one.kind === 'circuit');
  if (kind === undefined) throw new Error('no circuit');
  const { result } = runExample(kind, {
    algorithm: 'expectation',
    noise: { rules: [{ on: '2q', channel: 'depolarizing', p: 0.05 }] },
    mitigation: [{ technique: 'zne', scaleFactors: [1, 3], extrapolation: 'linear' }],
  });
  expectDescribed(result);
  const reading = readingOf(result);
  expect(reading?.tables.map(({ id }) => id)).toEqual(['observables', 'steps', 'scaled']);
  expect(reading?.figures.map(({ id }) => id)).toEqual(['estimates', 'scales']);
});

test('docs/algorithms.md is what the catalog says; “npm run docs” writes it anew', async () => {
  expect(readFileSync('docs/algorithms.md', 'utf8')).toBe(await algorithmsPage());
});

test('every kind of problem is solved by an algorithm, and its other answers by its other views', () => {
  const entries = jobEngine.catalog('problem');
  for (const { id, facts } of entries) expect(facts['algorithms'], id).not.toEqual([]);
  expect(entries.map(({ id }) => id)).toEqual(problemKinds.map(({ kind }) => kind));
});

test('a problem is refused by what takes none of its views, with those that it takes', () => {
  const checked = jobEngine.validate({
    algorithm: 'exact',
    problem: { kind: 'circuit', qasm: 'qubit q;' },
  });
  expect(JSON.stringify(checked)).toMatch(
    /solves asian-barrier-spread, basket-call, .*vertex-cover problems, not “circuit”/,
  );
});
