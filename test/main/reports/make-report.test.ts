import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { ReportFile } from '#shared/ipc/library.ts';
import { type BenchmarkDocument, benchmarkSpecSchema } from '#shared/jobs/benchmark.ts';
import type { Series } from '#shared/jobs/curve.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import { builtIn } from '#engine/members.ts';
import { contentOf, makeReport, type ReportSubject } from '#main/reports/make-report.ts';
import { journalNamed, type WidthName } from '#shared/figures/journals.ts';
import type { ReportFormat } from '#shared/ipc/library.ts';
import { drawing, text } from '#shared/figures/svg.ts';
import type { Steps } from '#shared/results/curve.ts';

function job(result: unknown): JobDocument {
  return {
    jobId: 'id',
    status: 'completed',
    algorithm: 'qaoa',
    qpuBackend: 'simulator',
    seed: 3,
    result,
    warnings: [],
    provenance: {},
    cost: 0,
    measured: { submittedAt: '', completedAt: null, executionTime: 1 },
  };
}

const course: Steps = { name: 'evaluations', areCourse: true };

async function reportOf(
  subject: ReportSubject,
  format: ReportFormat,
  width: WidthName | null = null,
): Promise<ReportFile[]> {
  return makeReport(contentOf(builtIn, subject, []), format, {
    journal: journalNamed('nature'),
    width,
    dpi: 300,
    parts: async () => ({ version: '1', date: '2026-01-01', environment: {}, data: [], jobs: [] }),
  });
}

async function filesOf(
  result: unknown,
  format: ReportFormat,
  series: Series[] = [],
  steps: Steps = course,
): Promise<ReportFile[]> {
  return reportOf({ kind: 'job', document: job(result), series, steps }, format);
}

function table(files: readonly ReportFile[], name: string): Record<string, string>[] {
  const file = files.find((one) => one.name === name);
  if (file === undefined)
    throw new Error(`no ${name} among ${files.map((one) => one.name).join()}`);
  return Papa.parse<Record<string, string>>(file.text.trimEnd(), { header: true }).data;
}

/** Every tag is closed, in order. */
function isBalanced(svg: string): boolean {
  const open: string[] = [];
  for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) return false;
    } else if (self !== '/') open.push(name ?? '');
  }
  return open.length === 0;
}

const usage = { circuits: 1, shots: 0, gates: 2, qubits: 2 };
const optimisation = {
  kind: 'optimisation',
  best: { x: [1, 0], bits: '01', value: -1, feasible: true },
  expectation: -0.6,
  expectationStderr: 0.1,
  feasibleProbability: 0.75,
  samples: [
    { bits: '01', value: -1, feasible: true, probability: 0.75 },
    { bits: '10', value: 0.5, feasible: false, probability: 0.25 },
  ],
  evaluations: 3,
  ...usage,
};
const expectations = {
  kind: 'expectations',
  observables: [
    {
      observable: 'Z0 & <X1>',
      raw: { value: 0.8, stderr: 0.02 },
      scaled: [{ scale: 1, value: 0.8, stderr: 0.02 }],
      steps: [{ technique: 'zne', value: 0.95, stderr: 0.05, facts: {} }],
      mitigated: { value: 0.95, stderr: 0.05 },
    },
  ],
  ...usage,
};
const counts = {
  kind: 'counts',
  counts: { '00': 10, '11': 30 },
  probabilities: { '00': { value: 0.25, stderr: 0.07 }, '11': { value: 0.75, stderr: 0.07 } },
  ...usage,
};

describe('a report on a job', () => {
  test('has a table for its figures and one for each table of its result', async () => {
    const files = await filesOf(optimisation, 'csv');
    expect(table(files, 'result.csv')).toContainEqual({ key: 'best.value', value: '-1' });
    expect(table(files, 'samples.csv')[1]).toEqual({
      bits: '10',
      value: '0.5',
      feasible: 'no',
      probability: '0.25',
    });
    expect(table(await filesOf(expectations, 'csv'), 'observables.csv')[0]).toEqual({
      observable: 'Z0 & <X1>',
      raw: '0.8',
      'raw.stderr': '0.02',
      mitigated: '0.95',
      'mitigated.stderr': '0.05',
    });
    expect((await filesOf({ of: 'an unknown kind' }, 'csv')).map(({ name }) => name)).toEqual([
      'result.csv',
    ]);
  });

  test('is the document itself as JSON, with NaN as text', async () => {
    const [file] = await filesOf({ value: Number.NaN }, 'json');
    expect(JSON.parse(file?.text ?? '')).toMatchObject({ jobId: 'id', result: { value: 'NaN' } });
  });

  test('marks the highest value as best where the problem is maximised', async () => {
    const series: Series[] = [
      { name: 'expectation', x: Float64Array.of(1, 2, 3), y: Float64Array.of(3, 5, 4), total: 3 },
    ];
    const drawn = async (problem: object, steps = course): Promise<string> => {
      const document = { ...job({}), provenance: { spec: { problem } } };
      return (await reportOf({ kind: 'job', document, series, steps }, 'svg'))[0]?.text ?? '';
    };
    const maxcut = { kind: 'maxcut', nodes: 2, edges: [[0, 1]] };
    expect(await drawn(maxcut)).toContain('The best so far (highest): 5');
    expect(await drawn({ kind: 'ising', h: [1] })).toContain('The best so far (lowest): 3');
    expect(await drawn({ kind: 'qubo', linear: [1], sense: 'max' })).toContain(
      'best so far (highest): 5',
    );
    expect(await drawn({ kind: 'circuit', qasm: '' })).not.toContain('best');
    // Folds follow no course: they are not joined.
    const apart = await drawn(maxcut, { name: 'folds', areCourse: false });
    expect(apart).not.toContain('<polyline');
    expect(apart.match(/<circle/g)).toHaveLength(3);
  });

  test('draws every curve and every figure, each in a file', async () => {
    const curve: Series = {
      name: 'expectation',
      x: Float64Array.of(0, 1, 2),
      y: Float64Array.of(3, 2, 1),
      total: 3,
    };
    const names = (files: readonly ReportFile[]): string[] => files.map(({ name }) => name);
    const both = await filesOf(optimisation, 'svg', [curve, { ...curve, name: 'best' }]);
    expect(names(both)).toEqual(['curve-expectation.svg', 'samples.svg']);
    expect(both[0]?.text).toContain('<polyline');
    expect(both[1]?.text.match(/<rect/g)).toHaveLength(3);
    const points = await filesOf(expectations, 'svg');
    expect(names(points)).toEqual(['estimates.svg', 'scales.svg']);
    expect(points[0]?.text).toContain('Z0 &amp; &lt;X1&gt;');
    const counted = await filesOf(counts, 'svg');
    expect(counted[0]?.text.indexOf('>11<')).toBeLessThan(counted[0]?.text.indexOf('>00<') ?? 0);
    const nothing = await filesOf({}, 'svg');
    expect(nothing[0]?.text).toContain('nothing to draw');
    for (const file of [...both, ...points, ...counted, ...nothing]) {
      expect(isBalanced(file.text)).toBe(true);
      expect(file.text).not.toContain('NaN');
    }
  });
});

describe('a report on a comparison', () => {
  const figures = (mean: number) => ({
    mean,
    low: mean - 0.1,
    high: mean + 0.1,
    values: [mean, mean],
  });
  const spec = benchmarkSpecSchema.parse({
    name: 'b',
    problem: { kind: 'maxcut', nodes: 2, edges: [[0, 1]] },
    contenders: [
      { label: 'Q, "quoted"', algorithm: 'qaoa', kind: 'quantum' },
      { label: 'C', algorithm: 'exact', kind: 'classical' },
    ],
    seeds: [4, 5],
  });
  const document: BenchmarkDocument = {
    benchmarkId: 'b',
    name: 'b',
    task: '',
    status: 'completed',
    fraction: 1,
    spec,
    contenders: spec.contenders.map(({ label, algorithm, kind }, k) => ({
      label,
      algorithm,
      kind,
      jobIds: [],
      metrics: {
        approximationRatio: figures(0.8 + k / 10),
        timeToSolution: { mean: Infinity, low: 1, high: Infinity, values: [null, 1] },
      },
    })),
    comparisons: [
      {
        metric: 'approximationRatio',
        challenger: 'Q, "quoted"',
        baseline: 'C',
        difference: { mean: -0.1, low: -0.2, high: -0.05 },
        verdict: 'disadvantage shown',
      },
    ],
    verdict: { verdict: 'disadvantage shown', text: 'Disadvantage shown: C is better.' },
    warnings: [],
    provenance: {},
    measured: {},
    error: null,
  };
  const report = (format: 'csv' | 'svg') => reportOf({ kind: 'benchmark', document }, format);

  test('has one line per contender and metric, per run, and per comparison', async () => {
    const files = await report('csv');
    expect(table(files, 'summary.csv')).toHaveLength(4);
    expect(table(files, 'runs.csv')).toContainEqual({
      contender: 'Q, "quoted"',
      metric: 'approximationRatio',
      seed: '5',
      value: '0.8',
    });
    expect(table(files, 'comparisons.csv')[0]).toMatchObject({
      difference: '-0.1',
      verdict: 'disadvantage shown',
    });
  });

  test('is drawn as a vector figure with its intervals and verdict', async () => {
    const [file] = await report('svg');
    expect(file?.text).toContain('Q, &quot;quoted&quot;');
    expect(file?.text).toContain('Disadvantage shown');
    expect(file?.text).not.toMatch(/NaN|Infinity(?!<)/);
    expect(isBalanced(file?.text ?? '')).toBe(true);
  });

  test('quotes every number of its verdict as a macro', async () => {
    const text = 'C is better: 12.5 [-0.25, 3], 95 % of 27 runs.';
    const verdict = { verdict: 'disadvantage shown', text } as const;
    const subject = { kind: 'benchmark', document: { ...document, verdict } } as const;
    const files = await reportOf(subject, 'latex', 'single');
    const of = (name: string): string => files.find((one) => one.name === name)?.text ?? '';
    expect(of('report.tex')).toContain('better: \\kbVerdictA{} [\\kbVerdictB{}, \\kbVerdictC{}]');
    expect(of('numbers.tex')).toContain('\\newcommand{\\kbVerdictB}{-0.25}');
    expect((await reportOf(subject, 'html'))[0]?.text).toContain(text);
  });

  test('marks the best mean only where it is better than every other by more than chance', async () => {
    const bold = /<strong>0\.9<\/strong>/;
    const subject = { kind: 'benchmark', document } as const;
    expect((await reportOf(subject, 'html'))[0]?.text).toMatch(bold);
    const comparisons = document.comparisons.map((one) => ({
      ...one,
      verdict: 'undecided' as const,
    }));
    const undecided = { ...subject, document: { ...document, comparisons } };
    expect((await reportOf(undecided, 'html'))[0]?.text).not.toContain('<strong>');
    const third = {
      ...document.contenders[0],
      label: 'D',
    } as BenchmarkDocument['contenders'][number];
    const contenders = [...document.contenders, third];
    const uncompared = { ...subject, document: { ...document, contenders } };
    expect((await reportOf(uncompared, 'html'))[0]?.text).not.toContain('<strong>');
  });
});

test('a drawing with names that XML cannot say is well-formed', async () => {
  const odd = `a\u0000\u0007\u001b<&"\uD800\uFFFFz\n`;
  const svg = drawing(10, 10, odd, text(1, 1, odd));
  // The characters of XML 1.0, section 2.2.
  expect(svg).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
  expect(svg).toContain('a���&lt;&amp;&quot;��z');
});
