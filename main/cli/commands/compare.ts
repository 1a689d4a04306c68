import { writeFileSync } from 'node:fs';
import { AppError } from '#shared/base/errors.ts';
import { csvText } from '#shared/base/csv-text.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import { svgOfDrawing } from '#shared/figures/svg.ts';
import { compareModels, type Comparison, type Score } from '#engine/benchmarks/compare.ts';
import { rankFigure } from '#engine/benchmarks/comparison-figure.ts';
import { readCsv } from '../../storage/csv.ts';
import { type Command, type Invocation, textOption } from '../command.ts';
import { choiceOption, integerOption, numberOption } from '../input.ts';
import { formatTable, shortNumber } from '../output.ts';
import { readTableFile } from '../table-file.ts';

const formats = ['latex', 'csv', 'svg'] as const;
const usualAlpha = 0.05;

/** `ketbench compare SCORES.csv`: which models differ over data sets, by rank and in pairs. */
export const command: Command = {
  usage:
    'compare SCORES.csv [--metric COLUMN] [--lower-is-better] [--alpha A] [--rope R] [--seed S] [--to latex|csv|svg] [-o OUT]',
  summary: 'Test which models differ over data sets, from a table of scores.',
  help: `SCORES.csv has the columns dataset, model and the metric, and may have seed and fold: these are averaged
first, and pair the runs within a data set. Friedman’s test with Iman and Davenport’s F, Nemenyi’s critical
difference, and for each pair Wilcoxon’s signed-rank test with Holm’s correction, Cohen’s d, and the Bayesian
signed-rank test, whose “left” says that the first is better by more than --rope. --alpha is the level (0.05).
--to writes the table for a paper, its numbers, or the ranks as a drawing.`,
  arguments: [1, 1],
  options: {
    metric: { type: 'string' },
    'lower-is-better': { type: 'boolean' },
    alpha: { type: 'string' },
    rope: { type: 'string' },
    seed: { type: 'string' },
    to: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  async run(invocation) {
    const file = invocation.positionals[0] ?? '-';
    const { scores, metric, warnings } = scoresOf(file, textOption(invocation, 'metric'));
    const lowerIsBetter = invocation.values['lower-is-better'] === true;
    const alpha = within('alpha', invocation, usualAlpha, (value) => value > 0 && value < 1);
    const rope = within('rope', invocation, 0, (value) => value >= 0);
    const seed = integerOption('seed', textOption(invocation, 'seed')) ?? 0;
    const found = compareModels(scores, { lowerIsBetter, alpha, rope, seed });
    const format = choiceOption('to', textOption(invocation, 'to'), formats);
    const written = format === undefined ? null : textOf(found, format, metric);
    const path = textOption(invocation, 'output');
    if (path !== undefined && written === null) {
      throw new AppError('bad-input', '“-o” needs “--to latex”, “--to csv” or “--to svg”.');
    }
    if (path !== undefined && written !== null) writeFileSync(path, written);
    const all = [...warnings, ...found.warnings];
    if (!invocation.json) for (const one of all) process.stderr.write(`warning: ${one}\n`);
    const shown = written === null ? {} : path === undefined ? { text: written } : { path };
    const result = { metric, lowerIsBetter, alpha, rope, ...found, warnings: all, ...shown };
    invocation.print(result, () => (written !== null ? (path ?? written) : spoken(found)));
    return Promise.resolve(0);
  },
};

function within(
  name: string,
  invocation: Invocation,
  usual: number,
  fits: (value: number) => boolean,
): number {
  const value = numberOption(name, textOption(invocation, name)) ?? usual;
  if (fits(value)) return value;
  const wanted = name === 'alpha' ? 'a number between 0 and 1' : 'a number that is not negative';
  throw new AppError('bad-input', `“--${name}” must be ${wanted}; got ${value}.`);
}

interface ReadScores {
  readonly scores: readonly Score[];
  readonly metric: string;
  readonly warnings: readonly string[];
}

function scoresOf(file: string, wanted: string | undefined): ReadScores {
  const { columns, rows, lines, facts, problems } = readCsv(readTableFile(file).text);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new AppError('bad-input', `${file}:${problem.line}: ${problem.message}`);
  }
  const names = columns.map(({ name }) => name);
  const place = (name: string): number => names.indexOf(name);
  for (const name of ['dataset', 'model']) {
    if (place(name) < 0) {
      throw new AppError(
        'bad-input',
        `${file} has no column “${name}”; its columns are ${names.join(', ')}.`,
      );
    }
  }
  const metric = wanted ?? onlyMetric(file, names, facts);
  const at = place(metric);
  if (at < 0) {
    throw new AppError(
      'bad-input',
      `${file} has no column “${metric}”; its columns are ${names.join(', ')}.`,
    );
  }
  const runColumns = ['seed', 'fold'].map(place).filter((column) => column >= 0);
  const warnings: string[] = [];
  const scores = rows.flatMap((row, r): Score[] => {
    const text = row[at] ?? '';
    if (text === '') {
      warnings.push(`Line ${lines[r]} has no “${metric}”; it is left out.`);
      return [];
    }
    const value = Number(text);
    if (!Number.isFinite(value)) {
      throw new AppError(
        'bad-input',
        `${file}:${lines[r]}: “${metric}” must be a number; got “${text}”.`,
      );
    }
    const run = runColumns.map((column) => `${names[column]} ${row[column]}`).join(', ');
    return [
      {
        dataset: row[place('dataset')] ?? '',
        model: row[place('model')] ?? '',
        run: run === '' ? null : run,
        value,
      },
    ];
  });
  return { scores, metric, warnings };
}

const namesOfRows = new Set(['dataset', 'model', 'seed', 'fold']);

function onlyMetric(
  file: string,
  names: readonly string[],
  facts: readonly { readonly kind: string }[],
): string {
  const numbers = names.filter((name, k) => !namesOfRows.has(name) && facts[k]?.kind === 'number');
  const [metric] = numbers;
  if (numbers.length === 1 && metric !== undefined) return metric;
  throw new AppError(
    'bad-input',
    numbers.length === 0
      ? `${file} has no column of numbers beside ${[...namesOfRows].join(', ')}.`
      : `Say with “--metric” which column is compared: ${numbers.join(', ')}.`,
  );
}

function textOf(found: Comparison, format: (typeof formats)[number], metric: string): string {
  switch (format) {
    case 'csv':
      return csvOf(found);
    case 'latex':
      return latexOf(found, metric);
    case 'svg': {
      const figure = rankFigure(found);
      if (figure === null) {
        throw new AppError(
          'bad-input',
          'There are no ranks to draw: two data sets at least must have every model.',
        );
      }
      return svgOfDrawing(drawFigure(figure));
    }
  }
}

function csvOf({ table, averageRanks }: Comparison): string {
  const head = ['dataset', ...table.columns.flatMap((name) => [name, `${name} deviation`])];
  const rows = table.rows.map((name, r) => [
    name,
    ...(table.cells[r] ?? []).flatMap((cell) => [
      cell === null ? '' : String(cell.mean),
      cell?.deviation === null || cell === null ? '' : String(cell.deviation),
    ]),
  ]);
  const ranks = table.columns.flatMap((name) => [String(averageRanks[name] ?? ''), '']);
  return csvText([head, ...rows, ['average rank', ...ranks]]);
}

function latexOf({ table, averageRanks }: Comparison, metric: string): string {
  const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`;
  const rows = table.rows.map((name, r) =>
    line([escaped(name), ...(table.cells[r] ?? []).map(latexCell)]),
  );
  const ranks = table.columns.map((name) => averageRanks[name]?.toFixed(2) ?? '--');
  return [
    `% ${metric}: mean and standard deviation over seeds and folds; bold where the best is`,
    '% significantly better than every other model. Needs booktabs.',
    `\\begin{tabular}{l${'r'.repeat(table.columns.length)}}`,
    '\\toprule',
    line(['Data set', ...table.columns.map(escaped)]),
    '\\midrule',
    ...rows,
    '\\midrule',
    line(['Average rank', ...ranks]),
    '\\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
}

function latexCell(cell: Comparison['table']['cells'][number][number]): string {
  if (cell === null) return '--';
  const spread = cell.deviation === null ? '' : ` \\pm ${cell.deviation.toFixed(3)}`;
  const text = `${cell.mean.toFixed(3)}${spread}`;
  return cell.best ? `$\\mathbf{${text}}$` : `$${text}$`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\textbackslash ')
    .replaceAll(/[&%$#_{}]/g, (character) => `\\${character}`)
    .replaceAll('~', '\\textasciitilde ')
    .replaceAll('^', '\\textasciicircum ');
}

function rankWord(rank: number | null | undefined): string {
  return rank === null || rank === undefined ? '–' : shortNumber(rank);
}

function spoken(found: Comparison): string {
  const { models, averageRanks, friedman, nemenyi, pairs, groups } = found;
  const ranked = models.toSorted((a, b) => (averageRanks[a] ?? 0) - (averageRanks[b] ?? 0));
  const rows = ranked.map((model) => [model, rankWord(averageRanks[model])]);
  const tested =
    friedman === null || nemenyi === null
      ? []
      : [
          `Friedman χ² = ${shortNumber(friedman.chi2)} (${friedman.df} degrees of freedom), p = ${shortNumber(friedman.p)}; F = ${shortNumber(friedman.imanDavenport.F)}, p = ${shortNumber(friedman.imanDavenport.p)}`,
          `Nemenyi: ranks that are further apart than ${shortNumber(nemenyi.criticalDifference)} differ.`,
          ...groups.map((group) => `No difference shown within: ${group.join(', ')}`),
        ];
  const pairRows = pairs.map(({ a, b, meanDifference, wilcoxon }) => [
    `${a} − ${b}`,
    shortNumber(meanDifference),
    shortNumber(wilcoxon.pHolm),
  ]);
  return [
    formatTable([['model', 'average rank'], ...rows]),
    ...tested,
    formatTable([['pair', 'mean difference', 'p (Holm)'], ...pairRows]),
  ].join('\n\n');
}
