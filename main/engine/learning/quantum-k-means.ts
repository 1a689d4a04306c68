import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { type UnlabelledRows, unlabelledView } from '#shared/problems/views/unlabelled.ts';
import { clustering } from '#shared/results/kinds/clustering.ts';
import { defineAlgorithm, type Settings } from '../algorithms/algorithm.ts';
import { partNamed, type Parts } from '../parts.ts';
import type { Program } from '../programs/program.ts';
import {
  adjustedRandIndex,
  type Grouping,
  groupedBy,
  type Kernel,
  nearestGroup,
  silhouetteOf,
  spreadIn,
} from './grouping.ts';
import { squaredDistance } from './kernels.ts';
import { dotOf } from './learner.ts';
import { entangledParameter } from './generative-model.ts';
import { fitSteps, preprocessed } from './preprocess.ts';
import { fidelityKernel, requireFeatures } from './quantum-kernels.ts';
import { meanOf } from './scaling.ts';

const mostRows = 2000;
const key = 'map';

/** K of all training rows with each other, then of the others with those; and the rows as they were compared. */
function* compared(
  { rows, train, test }: UnlabelledRows,
  settings: Settings,
  parts: Parts,
): Program<Float64Array> {
  const { id, ...own } = settings['featureMap'] as { readonly id: string };
  const map = partNamed(parts.featureMaps, id);
  const features = rows[0]?.length ?? 0;
  requireFeatures(features);
  const isEntangled = settings['entangled'] === true;
  const circuit = map.circuit(features, {
    ...own,
    ...(isEntangled ? {} : { entanglement: 'none' }),
  });
  yield { kind: 'define', key, circuit, observables: [] };
  const at = (places: readonly number[]) => places.map((i) => rows[i] as Float64Array);
  const steps = fitSteps(at(train), [map.scaling]);
  return yield* fidelityKernel(preprocessed(at([...train, ...test]), steps), train.length);
}

/** Groups by size, largest first; of equal ones that of the first row. */
function bySize({ groups, ...rest }: Grouping): Grouping {
  const kinds = [...new Set(groups)];
  const sizeOf = (group: number): number => groups.filter((one) => one === group).length;
  const order = kinds.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  return { ...rest, groups: groups.map((group) => order.indexOf(group)) };
}

function standardisedRows(rows: readonly Float64Array[]): readonly Float64Array[] {
  return preprocessed(rows, fitSteps(rows, [{ id: 'standardise' }]));
}

/**
 * k-means over the states of rows: a group's middle is the mean of its density matrices, and a row's squared distance
 * from it follows from fidelities alone (after Lloyd, Mohseni and Rebentrost 2013), so that they are asked for once.
 */
export const quantumKMeans = defineAlgorithm({
  id: 'quantum-k-means',
  title: 'Quantum k-means',
  summary: 'Groups of rows whose states are alike, by fidelities, beside k-means on the columns.',
  source: 'Lloyd, Mohseni and Rebentrost 2013, arXiv:1307.0411',
  limits: '16 columns and 2,000 rows',
  kind: 'quantum',
  takes: unlabelledView,
  result: clustering,
  steps: { name: 'steps', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'clusters',
      title: 'Groups',
      help: 'How many groups the rows are put into.',
      default: 2,
      min: 1,
      max: 100,
    },
    {
      kind: 'member',
      id: 'featureMap',
      title: 'Feature map',
      help: 'How a row becomes a quantum state.',
      registry: 'feature-map',
      default: { id: 'angle-ry' },
    },
    {
      kind: 'integer',
      id: 'restarts',
      title: 'Starts',
      help: 'From how many drawn middles it begins; the groups of the least distances are kept.',
      default: 10,
      min: 1,
      max: 1000,
      advanced: true,
    },
    entangledParameter,
  ],
  isUsual: true,
  canPause: true,
  asks: () => ['overlaps'],
  needs: ({ rows, names }) => ({
    ownBytes: 8 * 4 * rows.length ** 2,
    qubits: names.length,
    answerBytes: rows.length * 16 * 2 ** names.length,
  }),
  *run({ view, settings, parts, seed, usage }) {
    const { rows, train, test, names, used } = view;
    const size = train.length;
    const count = settings['clusters'] as number;
    requireRows(rows.length, size, count);
    const all = yield* compared(view, settings, parts);
    const kernel: Kernel = { values: all.subarray(0, size * size), size };
    const restarts = settings['restarts'] as number;
    const found = bySize(groupedBy(kernel, { count, restarts, rng: rngOf(seed, 340) }));
    const known = train.map((i) => rows[i] as Float64Array);
    const plain = standardisedRows(known);
    const linear = new Float64Array(plain.flatMap((a) => plain.map((b) => dotOf(a, b))));
    const onColumns = { values: linear, size };
    const beside = groupedBy(onColumns, { count, restarts, rng: rngOf(seed, 340) });
    const apart = (i: number, j: number): number =>
      Math.sqrt(squaredDistance(plain[i] as Float64Array, plain[j] as Float64Array));
    const explained = shareExplained(kernel, found);
    yield {
      kind: 'progress',
      progress: { fraction: 1, message: 'grouped', step: 1, metrics: { explained } },
    };
    const groupOf = nearestGroup(kernel, found.groups);
    const places = [...train, ...test];
    const said = places
      .map((place, k) => {
        const row = all.subarray(k * size, (k + 1) * size);
        const { group, distance } = groupOf(1, row);
        const cluster = k < size ? (found.groups[k] as number) : group;
        return {
          row: used[place] as number,
          cluster,
          distance: Math.max(0, distance),
          isTest: k >= size,
          values: [...(rows[place] as Float64Array)],
        };
      })
      .sort((a, b) => a.row - b.row);
    const groups = [...new Set(found.groups)].sort((a, b) => a - b);
    return {
      result: {
        names: [...names],
        clusters: groups.map((group) => {
          const members = known.filter((_, i) => found.groups[i] === group);
          return { size: members.length, mean: [...meanOf(members)] };
        }),
        assignments: said,
        explained,
        silhouette: silhouetteOf(found.groups, apart),
        rounds: found.rounds,
        baseline: {
          algorithm: 'k-means',
          explained: shareExplained(onColumns, beside),
          silhouette: silhouetteOf(beside.groups, apart),
          adjustedRandIndex: adjustedRandIndex(found.groups, beside.groups),
        },
        ...usage(),
      },
      warnings: [],
    };
  },
});

function shareExplained(kernel: Kernel, { inertia }: Grouping): number {
  const spread = spreadIn(kernel);
  return spread > 0 ? 1 - inertia / spread : Number.NaN;
}

function requireRows(rows: number, size: number, count: number): void {
  if (rows > mostRows) {
    throw new AppError(
      'too-large',
      `At most ${mostRows} rows are compared by their states; there are ${rows}. Name fewer in problem.rows, or draw some by problem.sampleSize.`,
      { path: 'problem.sampleSize' },
    );
  }
  if (count <= size) return;
  throw new AppError('bad-input', `${size} training rows make no ${count} groups. Ask for fewer.`, {
    path: 'settings.clusters',
  });
}
