import { rngOf } from '#shared/base/rng.ts';
import { asAppError } from '#shared/base/errors.ts';
import { runText } from './run-spec.ts';

type Cell = (row: number, draw: () => number) => string;

const words = ['yes', 'no', 'maybe', '', 'NA', 'null', '?', 'x,y', '#N/A', '-', '.'];

/** Columns of every kind: numbers as people write them, dates, words, gaps, and what is none of these. */
const columns: readonly Cell[] = [
  (_, draw) => String(draw()),
  (_, draw) => String(Math.floor(draw() * 3)),
  (_, draw) => `${Math.floor(draw() * 9)},${Math.floor(draw() * 90)}`,
  (_, draw) => `$${Math.floor(draw() * 9e6).toLocaleString('en')}`,
  (_, draw) => `${Math.floor(draw() * 90)}%`,
  (_, draw) => `(${Math.floor(draw() * 90)})`,
  (_, draw) => words[Math.floor(draw() * words.length)] as string,
  (_, draw) => (draw() < 0.5 ? 'yes' : 'no'),
  () => '5',
  () => '',
  (row) => String(row),
  (row) => `2024-01-${String(1 + (row % 28)).padStart(2, '0')}`,
  (row) => String(20_240_101 + (row % 28)),
  (row) => `${1 + (row % 12)}/${1 + (row % 12)}/2024`,
  (_, draw) => (draw() < 0.2 ? 'NaN' : String(draw() * 100)),
  (_, draw) => (draw() < 0.05 ? 'oops' : String(draw() * 100 - 50)),
  (_, draw) => ['Infinity', '-Infinity', '1e999', '1'][Math.floor(draw() * 4)] as string,
  (_, draw) => `${draw()}e${Math.floor(draw() * 600 - 300)}`,
  (_, draw) => (draw() < 0.5 ? '1e-300' : '1e-310'),
  (_, draw) => (draw() < 0.5 ? '0' : '-0'),
  (_, draw) => (draw() < 0.1 ? '1' : '0'),
  (_, draw) => String(100 + draw()),
];

const headers = ['a', 'b', 'c', 'd', 'e', '', 'Date', 'index', '<TIME>', 'Close', 'y'];

export interface RandomCase {
  readonly csv: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A table of any kind of cells and a problem on it. */
export function randomCase(seed: number): RandomCase {
  const rng = rngOf(seed, 77);
  const draw = (): number => rng.uniform();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const width = 1 + Math.floor(draw() * 5);
  const height = Math.floor(draw() ** 2 * 30);
  const chosen = Array.from({ length: width }, () => pick(columns));
  const start = Math.floor(draw() * headers.length);
  const names = chosen.map((_, c) => headers[(start + c) % headers.length] as string);
  const separator = pick([',', ';', '\t']);
  const quoted = (text: string): string => (/[,;\t]/.test(text) ? `"${text}"` : text);
  const lines = Array.from({ length: height }, (_, row) =>
    chosen.map((cell) => quoted(cell(row, draw))).join(separator),
  );
  const csv = [names.join(separator), ...lines].join('\n');
  return { csv, spec: draw() < 0.4 ? priceSpec(pick, draw) : learnerSpec(pick, draw, names) };
}

function priceSpec(pick: <T>(list: readonly T[]) => T, draw: () => number) {
  return {
    algorithm: pick(['exact', 'simulated-annealing']),
    problem: {
      kind: 'portfolio',
      prices: 'x',
      riskAversion: pick([0, 0.5, 1e6]),
      budget: 1 + Math.floor(draw() * 2),
    },
    seed: 1,
  };
}

/** Learners with their standard settings; those of values take regressions and forecasts as well. */
const areValues = ['ridge', 'kernel-ridge', 'k-nearest', 'gradient-boosting', 'gaussian-process'];
const classical = [...areValues, 'logistic'];

function learnerSpec(
  pick: <T>(list: readonly T[]) => T,
  draw: () => number,
  names: readonly string[],
) {
  const split =
    draw() < 0.5
      ? { kind: 'stratified-folds', folds: 2 + Math.floor(draw() * 4), seed: 0 }
      : { kind: 'holdout', testFraction: pick([0.01, 0.2, 0.5, 0.99]), seed: 0 };
  const algorithm = pick(['svm', 'qsvm', ...classical]);
  const rbf = { C: pick([1e-6, 1, 1e6]), kernel: pick(['rbf', 'linear']) };
  const quantum = { C: 1, featureMap: { id: pick(['zz', 'z', 'angle-ry']) } };
  return {
    algorithm,
    problem: {
      ...pick([
        { kind: 'classification', split },
        { kind: 'classification', split: { kind: 'walk-forward', folds: 2 } },
        ...(areValues.includes(algorithm)
          ? [
              { kind: 'regression', split: { kind: 'folds', folds: 3, purge: pick([0, 1]) } },
              { kind: 'forecast', lags: pick([1, 3]), horizon: pick([1, 2]) },
            ]
          : []),
      ]),
      data: 'x',
      target: pick(names) || 'index',
      ...(draw() < 0.3 ? { features: [pick(names) || 'index'] } : {}),
    },
    settings: algorithm === 'svm' ? rbf : algorithm === 'qsvm' ? quantum : {},
    seed: 1,
  };
}

/** Runs a case: null where it ended as it should, else what was wrong. */
export function faultOf({ csv, spec }: RandomCase): string | null {
  try {
    const { result } = runText(spec, csv);
    const path = notFinite(result, '');
    return path === null ? null : `${path} is not finite`;
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code !== 'bad-input' && error.code !== 'too-large')
      return error.stack ?? error.message;
    return error.message.length < 20 ||
      /undefined|NaN|\bnull\b/.test(error.message.replace(/“[^”]*”/g, ''))
      ? `not a clear message: ${error.message}`
      : null;
  }
}

/** Where a result holds NaN or an infinity; the deviation over a single fold is unknown. */
function notFinite(value: unknown, path: string): string | null {
  if (typeof value === 'number') {
    return Number.isFinite(value) || path.endsWith('.stderr') ? null : path;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const found = notFinite(member, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
