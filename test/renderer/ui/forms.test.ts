import { describe, expect, test } from 'vitest';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { DataSet } from '#shared/ipc/library.ts';
import { errorsBelow, errorsByPath } from '#renderer/lib/errors-by-path.ts';
import { assetsIn, firstPortfolio, portfolioProblem } from '#renderer/lib/portfolio-form.ts';
import { settledValues, textOf, valueOf } from '#renderer/ui/parameter-values.ts';

const integer: ParameterDescriptor = {
  kind: 'integer',
  id: 'layers',
  title: 'Layers',
  help: '',
  default: 1,
};

describe('a form field', () => {
  test('empty is not set, a number is a number, anything else stays as typed', () => {
    expect(valueOf(integer, '')).toBeUndefined();
    expect(valueOf(integer, '6')).toBe(6);
    expect(valueOf(integer, 'six')).toBe('six');
    expect(textOf(valueOf(integer, '1.'))).toBe('1.');
  });

  test('what is sent has numbers for number texts and nothing unset', () => {
    expect(settledValues({ a: '1.50', b: undefined, c: { id: 'adam', rate: '0.1' } })).toEqual({
      a: 1.5,
      c: { id: 'adam', rate: 0.1 },
    });
  });

  test('errors go to the field that they name', () => {
    const errors = errorsByPath([
      { path: 'settings.optimizer.rate', message: 'too large' },
      { path: 'problem.budget', message: 'too small' },
    ]);
    expect(errorsBelow(errors, 'settings')).toEqual({ 'optimizer.rate': 'Too large.' });
    const missing = [{ path: 'shots', message: 'is missing: a number is expected' }];
    expect(errorsByPath(missing)).toEqual({ shots: 'Missing: a number is expected.' });
  });
});

function column(
  name: string,
  type: 'number' | 'date',
  min: number | null,
): DataSet['columns'][number] {
  return { name, type, missing: 0, distinct: 9, min, max: 9, mean: null };
}

describe('the portfolio form', () => {
  const prices: DataSet = {
    id: 'dow',
    name: 'Dow',
    rows: 100,
    columns: [
      column('date', 'date', null),
      column('A', 'number', 1),
      column('B', 'number', 2),
      column('change', 'number', -1),
    ],
    hash: '',
    bytes: 1,
    origin: '',
    licence: '',
    builtIn: true,
  };

  test('only positive columns without gaps are assets', () => {
    expect(assetsIn(prices)).toEqual(['A', 'B']);
  });

  test('begins with half of the assets to hold and becomes the problem of a spec', () => {
    const form = firstPortfolio([prices]);
    expect(form).toMatchObject({ prices: 'dow', assets: ['A', 'B'], budget: '1' });
    if (form === null) return;
    expect(portfolioProblem({ ...form, lastRow: '49' }, 100)).toEqual({
      kind: 'portfolio',
      prices: 'dow',
      assets: ['A', 'B'],
      riskAversion: 1,
      budget: 1,
      rows: [0, 49],
    });
  });

  test('there is none without prices', () => {
    expect(firstPortfolio([{ ...prices, columns: prices.columns.slice(1) }])).toBeNull();
  });
});
