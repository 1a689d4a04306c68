import { z } from 'zod';
import type { Figure } from '../../figures/figure.ts';
import { estimateField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';

const schema = z.object({
  /** What was changed from point to point. */
  quantity: z.object({ title: z.string(), unit: z.string() }),
  points: z
    .array(
      z.object({
        at: z.number(),
        /** From the lowest up, in the unit of the Hamiltonian's coefficients. */
        energies: z.array(estimateField).min(1),
        /** By diagonalisation, as many, where that is possible and the energies are not these themselves. */
        exact: z.array(z.number()).optional(),
        /** Of a molecule, in Hartree like its energies. */
        hartreeFock: z.number().optional(),
      }),
    )
    .min(1),
  optimizer: z.object({ iterations: z.number(), converged: z.boolean() }).optional(),
  ...usageFields,
});

export type ScanResult = z.infer<typeof schema>;

/** Energies along a quantity. */
export const scan = defineResult({
  kind: 'scan',
  title: 'Scan',
  summary: 'The lowest energies along a quantity, such as a bond length or a field.',
  schema,
  metrics: [
    {
      id: 'energy',
      title: 'Lowest energy',
      unit: '',
      better: 'lower',
      of: (result) => lowestOf(result).energy.value,
    },
  ],
  live: [{ id: 'pointEnergy', title: 'Energy', unit: '', better: null }],
  read(result) {
    const { quantity, points, optimizer } = result;
    const { energy, at } = lowestOf(result);
    const unit = points.some(({ hartreeFock }) => hartreeFock !== undefined) ? 'Ha' : '';
    const isProvisional = optimizer?.converged === false;
    return {
      headline: { title: 'Lowest energy', value: energy, ...(unit === '' ? {} : { unit }) },
      facts: [
        {
          title: quantity.title,
          value: at,
          ...(quantity.unit === '' ? {} : { unit: quantity.unit }),
        },
      ],
      ...(isProvisional ? { caveat: 'stopped before converging' } : {}),
      notes: isProvisional
        ? [
            {
              tone: 'warning' as const,
              text: 'At some points the optimiser stopped before converging. Give it more iterations, or take the curve as provisional.',
            },
          ]
        : [],
      tables: [tableOf(result, unit)],
      figures: [curvesOf(result, unit)],
    };
  },
});

/** “Bond length” inside a sentence; letters of axes stay as they are. */
function inSentence(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function lowestOf({ points }: ScanResult) {
  const all = points.map(({ at, energies }) => ({ at, energy: energies[0] ?? unknown }));
  return all.reduce((best, one) => (one.energy.value < best.energy.value ? one : best), {
    at: Number.NaN,
    energy: { ...unknown, value: Number.POSITIVE_INFINITY },
  });
}

const unknown = { value: Number.NaN, stderr: Number.NaN };

function levelCount({ points }: ScanResult): number {
  return Math.max(...points.map(({ energies }) => energies.length));
}

function tableOf(result: ScanResult, unit: string) {
  const { quantity, points } = result;
  const levels = Array.from({ length: levelCount(result) }, (_, k) => k);
  const hasExact = points.some(({ exact }) => exact !== undefined);
  const hasFock = points.some(({ hartreeFock }) => hartreeFock !== undefined);
  const nameOf = (k: number) => (levels.length === 1 ? 'Energy' : `Energy ${k}`);
  return {
    id: 'scan',
    title: `Energies along ${inSentence(quantity.title)}`,
    columns: [
      { id: 'at', title: quantity.title, unit: quantity.unit },
      ...levels.map((k) => ({ id: `energy-${k}`, title: nameOf(k), unit })),
      ...(hasExact ? levels.map((k) => ({ id: `exact-${k}`, title: `Exact ${k}`, unit })) : []),
      ...(hasFock ? [{ id: 'hartree-fock', title: 'Hartree-Fock', unit }] : []),
    ],
    rows: points.map(({ at, energies, exact, hartreeFock }) => [
      at,
      ...levels.map((k) => energies[k] ?? null),
      ...(hasExact ? levels.map((k) => exact?.[k] ?? null) : []),
      ...(hasFock ? [hartreeFock ?? null] : []),
    ]),
  };
}

/** One curve a level; found energies are points where the exact curve stands beside them. */
function curvesOf(result: ScanResult, unit: string): Figure {
  const { quantity, points } = result;
  const levels = Array.from({ length: levelCount(result) }, (_, k) => k);
  const name = (what: string, k: number) => (levels.length === 1 ? what : `${what} ${k}`);
  type Point = ScanResult['points'][number];
  const curve = (
    title: string,
    mark: 'line' | 'points',
    of: (point: Point) => number | undefined,
  ) => {
    const known = points.filter((point) => of(point) !== undefined);
    const y = known.map((point) => of(point) as number);
    return { name: title, mark, x: known.map(({ at }) => at), y };
  };
  const hasExact = points.some(({ exact }) => exact !== undefined);
  const curves = [
    ...levels.map((k) => {
      const mark = hasExact ? 'points' : 'line';
      const found = curve(name('Energy', k), mark, ({ energies }) => energies[k]?.value);
      return { ...found, ...bandOf(points, k) };
    }),
    ...levels.map((k) => curve(name('Exact', k), 'line', ({ exact }) => exact?.[k])),
    curve('Hartree-Fock', 'line', ({ hartreeFock }) => hartreeFock),
  ];
  const isSampled = curves.some((one) => 'low' in one);
  return {
    kind: 'lines',
    id: 'scan',
    title: `Energy against ${inSentence(quantity.title)}`,
    ...(isSampled ? { note: 'Bands: one standard error to each side.' } : {}),
    x: { title: quantity.title, unit: quantity.unit },
    y: { title: 'Energy', unit },
    lines: curves.filter(({ x }) => x.length > 0),
  };
}

/** One standard error to each side, where there is any. */
function bandOf(points: ScanResult['points'], level: number) {
  const known = points.flatMap(({ energies }) => energies[level] ?? []);
  if (known.every(({ stderr }) => stderr === 0)) return {};
  return {
    low: known.map(({ value, stderr }) => value - stderr),
    high: known.map(({ value, stderr }) => value + stderr),
  };
}
