import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { runSpec, runText } from '#test/support/run-spec.ts';

const folder = 'test/fixtures/real-use';

function run(name: string) {
  return runSpec(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')), folder);
}

function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('It was accepted.');
}

function bestOf(outcome: { readonly result: unknown }) {
  return (outcome.result as { best: { labels: string[]; value: number } }).best;
}

/** A portfolio of one asset on a table of prices. */
function portfolio(csv: string, problem: Readonly<Record<string, unknown>> = {}) {
  return runText(
    {
      algorithm: 'exact',
      problem: { kind: 'portfolio', prices: 'x', riskAversion: 0.5, budget: 1, ...problem },
    },
    csv,
  );
}

/** A support vector machine on a table. */
function learner(csv: string, problem: Readonly<Record<string, unknown>> = {}) {
  const split = { kind: 'stratified-folds', folds: 2, seed: 0 };
  return runText(
    {
      algorithm: 'svm',
      problem: { kind: 'classification', data: 'x', target: 'y', split, ...problem },
    },
    csv,
  );
}

describe('tables as people have them', () => {
  test('decimal commas are read, and said', () => {
    const outcome = run('csv-decimal-comma');
    expect(bestOf(outcome)).toMatchObject({ labels: ['BBB'] });
    // The same prices with points.
    expect(bestOf(outcome).value).toBeCloseTo(bestOf(run('csv-unnamed-index')).value, 12);
    expect(outcome.warnings).toContain('Decimal commas were read in “AAA”, “BBB”, “CCC”.');
  });

  test('a message names the line of the file, blank ones counted', () => {
    const error = refusal(() => run('csv-line-number'));
    expect(error).toMatchObject({ code: 'bad-input', details: { line: 8, column: 'BBB' } });
    expect(error.message).toContain('line 8');
    expect(error.message).toContain('“x”');
  });

  test('an asset with a gap is told where it is left out, and refused where it is named', () => {
    const { warnings } = run('csv-missing-drops-asset');
    expect(warnings.join()).toMatch(/“BBB” was left out.*line 5 holds “null”/);
    const spec = JSON.parse(readFileSync(`${folder}/csv-missing-drops-asset.json`, 'utf8'));
    spec.problem.assets = ['AAA', 'BBB'];
    expect(refusal(() => runSpec(spec, folder)).message).toMatch(/“BBB”.*line 5.*missing/);
  });

  test('dates written as numbers are no asset', () => {
    const best = bestOf(run('csv-number-dates'));
    expect(best.labels).toStrictEqual(['AAA', 'BBB']);
    expect(best.value).toBeCloseTo(6.277544, 6);
  });

  test('the nameless first column of pandas is the index', () => {
    expect(bestOf(run('csv-unnamed-index')).labels).toStrictEqual(['BBB']);
  });

  test('a learner reads decimal commas, and says so', () => {
    const outcome = run('learner-no-feature');
    expect(outcome.warnings).toContain('Decimal commas were read in “a”, “b”.');
    expect(outcome.result).toMatchObject({ data: { features: ['a', 'b'] } });
  });
});

describe('prices', () => {
  const days = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04'];
  const rows = days.map((day, i) => `${day},${10 + i},${20 - i * i}`);
  const inOrder = bestOf(portfolio(['Date,A,B', ...rows].join('\n')));

  test('are sorted by date, and that is said', () => {
    const turned = portfolio(['Date,A,B', ...rows.toReversed()].join('\n'));
    expect(bestOf(turned)).toStrictEqual(inOrder);
    expect(turned.warnings).toContain('The newest row stands first; they were sorted by “Date”.');
    const mixed = portfolio(['Date,A,B', rows[2], rows[0], rows[3], rows[1]].join('\n'));
    expect(bestOf(mixed)).toStrictEqual(inOrder);
    expect(mixed.warnings.join()).toContain('not in order of time');
  });

  test('of one day twice are used once where they are equal, and refused where they differ', () => {
    const twice = portfolio(['Date,A,B', ...rows, rows[1]].join('\n'));
    expect(bestOf(twice)).toStrictEqual(inOrder);
    expect(twice.warnings.join()).toMatch(/Line 6 repeats/);
    const error = refusal(() => portfolio(['Date,A,B', ...rows, '2024-01-02,1,1'].join('\n')));
    expect(error.message).toMatch(/Lines 3 and 6 both have “2024-01-02”/);
  });

  test.each([
    [
      'Date,A,B\n2024-01-01,1,0\n2024-01-02,2,1\n2024-01-03,3,2',
      /“B” was left out.*above 0.*line 2/,
    ],
    [
      'Date,A,S\n2024-01-01,1,x\n2024-01-02,2,y\n2024-01-03,3,z',
      /“S” was left out.*line 2 holds “x”/,
    ],
    ['Date,A,B\n2024-01-01,1,7\n2024-01-02,2,7\n2024-01-03,3,7', /never changes in “B”/],
    ['id,A\n1,1\n2,2\n3,3', /“id” was left out.*counts/],
    ['Date;A\n05/03/2024;1\n02/01/2024;2\n03/02/2024;5', /would fit every cell/],
  ])('%j says what was made of it', (csv, said) => {
    expect(portfolio(csv).warnings.join(' ')).toMatch(said);
  });

  test('a date or an empty table is refused with the reason', () => {
    const csv = ['Date,A', ...days.map((day, i) => `${day},${i + 1}`)].join('\n');
    expect(refusal(() => portfolio(csv, { assets: ['Date'] })).message).toContain('holds dates');
    expect(
      refusal(() => portfolio('Date,A\n2024-01-01,x\n2024-01-02,y\n2024-01-03,z')).message,
    ).toMatch(/No column holds prices: “A” \(line 2 holds “x”/);
    expect(refusal(() => portfolio(csv, { budget: 2 })).message).toContain('there are 1');
  });
});

describe('learners', () => {
  const labels = (cells: readonly string[]): string =>
    ['f,g,y', ...cells.map((cell, i) => `${cell},${i},${i % 2 === 0 ? 'no' : 'yes'}`)].join('\n');

  test('a table without a usable feature is refused with the reason for each column', () => {
    const csv =
      'when,name,y\n2024-01-01,ann,no\n2024-01-02,bob,yes\n2024-01-03,cid,no\n2024-01-04,dee,yes';
    const { code, message } = refusal(() => learner(csv));
    expect(code).toBe('bad-input');
    expect(message).toMatch(/“when” \(dates\).*“name” \(“ann” in line 2 is no number\)/);
  });

  test('a column that is left out, and rows with gaps, are told', () => {
    expect(learner(labels(['1', '2', 'x', '4', '5', '6'])).warnings.join()).toMatch(
      /Left out of the features: “f” \(“x” in line 4/,
    );
    expect(learner(labels(['1', '2', 'null', '4', '5', '6', '7', '8'])).warnings.join()).toMatch(
      /1 row was left out, as values are missing in “f” \(first in line 4\)/,
    );
    expect(learner(labels(['1', '1', '1', '1', '1', '1'])).warnings.join()).toContain(
      'never changes in “f”',
    );
  });

  test.each([
    [
      'more folds than rows',
      { split: { kind: 'stratified-folds', folds: 9, seed: 0 } },
      /9 folds are too many/,
    ],
    [
      'no row to test',
      { split: { kind: 'holdout', testFraction: 0.01, seed: 0 } },
      /leaves no row to test/,
    ],
    [
      'no row to train',
      { split: { kind: 'holdout', testFraction: 0.99, seed: 0 } },
      /leaves no row to train/,
    ],
    ['the target as a feature', { features: ['f', 'y'] }, /is the target/],
    ['a feature twice', { features: ['f', 'f'] }, /named twice/],
    ['a column that is not there', { features: ['h'] }, /no column “h”/],
  ])('%s is refused', (_, problem, said) => {
    expect(refusal(() => learner(labels(['1', '2', '3', '4', '5', '6']), problem)).message).toMatch(
      said,
    );
  });

  test('one value in the target is refused, a class of one row is told', () => {
    expect(refusal(() => learner('f,y\n1,a\n2,a\n3,a')).message).toContain('two classes');
    expect(learner('f,y\n1,a\n2,a\n3,b\n4,a').warnings.join()).toMatch(/on one class alone/);
  });
});
