import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { ReportFile } from '#shared/ipc/library.ts';
import { type BenchmarkDocument, benchmarkSpecSchema } from '#shared/jobs/benchmark.ts';
import type { JobDocument, Series } from '#shared/jobs/job.ts';
import { makeReport } from '#main/reports/make-report.ts';
import { drawing, text } from '#main/reports/svg.ts';

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

function filesOf(
  result: unknown,
  format: 'csv' | 'json' | 'svg',
  series: Series[] = [],
): ReportFile[] {
  return makeReport({ kind: 'job', document: job(result), series }, format);
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

const samples = [
  { bits: '01', value: -1, feasible: true, probability: 0.75 },
  { bits: '10', value: 0.5, feasible: false, probability: 0.25 },
];
const observables = [
  {
    observable: 'Z0 & <X1>',
    raw: { value: 0.8, stderr: 0.02 },
    scaled: [{ scale: 1, value: 0.8, stderr: 0.02 }],
    mitigated: { value: 0.95, stderr: 0.05 },
  },
];

describe('a report on a job', () => {
  test('has a table for its facts and one for each list of records', () => {
    const files = filesOf({ best: { bits: '01', value: -1 }, samples, observables }, 'csv');
    expect(table(files, 'result.csv')).toContainEqual({ key: 'best.value', value: '-1' });
    expect(table(files, 'samples.csv')[1]).toEqual({
      bits: '10',
      value: '0.5',
      feasible: 'false',
      probability: '0.25',
    });
    expect(table(files, 'observables.csv')[0]).toMatchObject({
      observable: 'Z0 & <X1>',
      'scaled.0.value': '0.8',
      'mitigated.stderr': '0.05',
    });
  });

  test('is the document itself as JSON, with NaN as text', () => {
    const [file] = filesOf({ value: Number.NaN }, 'json');
    expect(JSON.parse(file?.text ?? '')).toMatchObject({ jobId: 'id', result: { value: 'NaN' } });
  });

  test('marks the highest value as best where the problem is maximised', () => {
    const series: Series[] = [
      { name: 'expectation', x: Float64Array.of(1, 2, 3), y: Float64Array.of(3, 5, 4), total: 3 },
    ];
    const drawn = (problem: object): string => {
      const document = { ...job({}), provenance: { spec: { problem } } };
      return makeReport({ kind: 'job', document, series }, 'svg')[0]?.text ?? '';
    };
    expect(drawn({ kind: 'maxcut' })).toContain('the best so far (highest): 5');
    expect(drawn({ kind: 'ising' })).toContain('the best so far (lowest): 3');
    expect(drawn({ kind: 'qubo', sense: 'max' })).toContain('the best so far (highest): 5');
    expect(drawn({ kind: 'circuit' })).not.toContain('best');
    // Folds follow no course: they are not joined.
    expect(drawn({ kind: 'classification' })).not.toContain('<polyline');
    expect(drawn({ kind: 'classification' }).match(/<circle/g)).toHaveLength(3);
  });

  test('draws what there is: observables, a curve, outcomes or counts', () => {
    const curve: Series = {
      name: 'expectation',
      x: Float64Array.of(0, 1, 2),
      y: Float64Array.of(3, 2, 1),
      total: 3,
    };
    const [points] = filesOf({ observables }, 'svg');
    const [line] = filesOf({ samples }, 'svg', [curve]);
    const [bars] = filesOf({ samples }, 'svg');
    const [counted] = filesOf({ counts: { '00': 10, '11': 30 } }, 'svg');
    const [nothing] = filesOf({}, 'svg');
    expect(points?.text).toContain('Z0 &amp; &lt;X1&gt;');
    expect(points?.text.match(/<circle/g)).toHaveLength(2);
    expect(line?.text).toContain('<polyline');
    expect(bars?.text.match(/<rect/g)).toHaveLength(3);
    expect(counted?.text.indexOf('>11<')).toBeLessThan(counted?.text.indexOf('>00<') ?? 0);
    expect(nothing?.text).toContain('no curve and no samples');
    for (const file of [points, line, bars, counted, nothing]) {
      expect(isBalanced(file?.text ?? '')).toBe(true);
      expect(file?.text).not.toContain('NaN');
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
  const report = (format: 'csv' | 'svg') => makeReport({ kind: 'benchmark', document }, format);

  test('has one line per contender and metric, per run, and per comparison', () => {
    const files = report('csv');
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

  test('is drawn as a vector figure with its intervals and verdict', () => {
    const [file] = report('svg');
    expect(file?.text).toContain('Q, &quot;quoted&quot;');
    expect(file?.text).toContain('Disadvantage shown');
    expect(file?.text).not.toMatch(/NaN|Infinity(?!<)/);
    expect(isBalanced(file?.text ?? '')).toBe(true);
  });
});

test('a drawing with names that XML cannot say is well-formed', () => {
  const odd = `a\u0000\u0007\u001b<&"\uD800\uFFFFz\n`;
  const svg = drawing(10, 10, odd, text(1, 1, odd));
  // The characters of XML 1.0, section 2.2.
  expect(svg).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
  expect(svg).toContain('a���&lt;&amp;&quot;��z');
});
