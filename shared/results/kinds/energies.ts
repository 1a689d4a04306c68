import { z } from 'zod';
import type { DataTable, TableCell } from '../../figures/data-table.ts';
import type { Figure } from '../../figures/figure.ts';
import { courseFields, courseFigure, courseTable } from '../course.ts';
import { estimateField, usageFields } from '../fields.ts';
import type { Note, Reading } from '../reading.ts';
import { defineResult } from '../result-kind.ts';
import { trainingMetrics } from '../training-metrics.ts';

const schema = z.object({
  /** From the lowest up, in the unit of the Hamiltonian's coefficients. */
  energies: z.array(estimateField).min(1),
  /** Of the circuit that prepares the state; empty for methods without one. */
  parameters: z.array(z.number()),
  /** Gates of that circuit by name. */
  gateCounts: z.record(z.string(), z.number()),
  /** Parameters of the circuit of each state, in the order of the energies, where several were looked for. */
  stateParameters: z.array(z.array(z.number())).optional(),
  /** The lowest energies by diagonalisation, as many as were looked for, where that is possible. */
  exact: z.array(z.number()).optional(),
  /** What the electrons are whose energies these are; energies are in Hartree then. */
  molecule: z
    .object({
      /** Of the determinant of the lowest orbitals. */
      hartreeFock: z.number(),
      nuclearRepulsion: z.number().optional(),
      /** Of spin up and of spin down. */
      electrons: z.array(z.number()),
      orbitals: z.number(),
      mapping: z.string(),
    })
    .optional(),
  /** Basis states that measurements showed, and those among which the energies were found. */
  configurations: z.object({ sampled: z.number(), used: z.number() }).optional(),
  evaluations: z.number().optional(),
  optimizer: z.object({ iterations: z.number(), converged: z.boolean() }).optional(),
  /** By what a circuit grew, and what was reached with it. */
  growth: z
    .array(
      z.object({
        operator: z.string(),
        /** Of the whole pool, before the operator was chosen. */
        gradientNorm: z.number(),
        energy: z.number(),
      }),
    )
    .optional(),
  /** What was observed on the way through imaginary time. */
  ...courseFields.partial().shape,
  ...usageFields,
});

export type EnergiesResult = z.infer<typeof schema>;

/** Energies of a Hamiltonian. */
export const energies = defineResult({
  kind: 'energies',
  title: 'Energies',
  summary: 'The lowest energies of a Hamiltonian that were found.',
  schema,
  metrics: [
    {
      id: 'energy',
      title: 'Lowest energy',
      unit: '',
      better: 'lower',
      of: (result) => result.energies[0]?.value ?? null,
    },
  ],
  live: [
    { id: 'energy', title: 'Energy', unit: '', better: 'lower' },
    { id: 'lowestEnergy', title: 'Lowest energy so far', unit: '', better: 'lower' },
    ...trainingMetrics,
  ],
  read: readEnergies,
});

function readEnergies(result: EnergiesResult): Reading {
  const { energies: found, parameters, gateCounts, exact, optimizer, times, observables } = result;
  const { molecule, configurations, growth = [] } = result;
  const unit = molecule === undefined ? {} : { unit: 'Ha' };
  const known = (title: string, value: number | undefined) =>
    value === undefined ? [] : [{ title, value, ...unit }];
  const [lowest = { value: Number.NaN, stderr: Number.NaN }] = found;
  const gates = Object.entries(gateCounts);
  const isProvisional = optimizer?.converged === false;
  return {
    headline: { title: 'Lowest energy', value: lowest, ...unit },
    facts: [
      ...known('Exact lowest energy', exact?.[0]),
      ...known('Hartree-Fock energy', molecule?.hartreeFock),
      ...known('Correlation energy', molecule && lowest.value - molecule.hartreeFock),
      ...known('Nuclear repulsion', molecule?.nuclearRepulsion),
      ...known('Gap', found[1] && found[1].value - lowest.value),
      ...seenFacts(configurations),
    ],
    ...(isProvisional ? { caveat: 'stopped before converging' } : {}),
    notes: [
      ...(isProvisional
        ? [
            {
              tone: 'warning' as const,
              text: 'The optimiser stopped before converging. Give it more iterations, or take the result as provisional.',
            },
          ]
        : []),
      ...distances(found, exact ?? []),
      ...(molecule === undefined || exact === undefined ? [] : [sectorNote(molecule)]),
    ],
    tables: [
      levelsTable(found, exact ?? [], unit.unit ?? ''),
      ...(growth.length === 0 ? [] : [growthTable(growth, unit.unit ?? '')]),
      ...(times === undefined || observables === undefined
        ? []
        : [courseTable({ times, observables })]),
      ...(parameters.length === 0
        ? []
        : [
            {
              id: 'parameters',
              title: 'Parameters',
              isDetail: true,
              columns: [
                { id: 'parameter', title: 'Parameter' },
                { id: 'value', title: 'Value', unit: 'rad' },
              ],
              rows: parameters.map((value, k): TableCell[] => [`θ${k}`, value]),
            },
          ]),
      ...(gates.length === 0
        ? []
        : [
            {
              id: 'gates',
              title: 'Gates of the circuit',
              isDetail: true,
              columns: [
                { id: 'gate', title: 'Gate' },
                { id: 'count', title: 'Count' },
              ],
              rows: gates,
            },
          ]),
    ],
    figures: [
      ...(found.length < 2 ? [] : [levelsFigure(found, exact ?? [], unit.unit ?? '')]),
      ...(growth.length === 0 ? [] : [growthFigure(growth, exact?.[0], unit.unit ?? '')]),
      ...(times === undefined || observables === undefined
        ? []
        : [courseFigure({ times, observables }, 'Imaginary time')]),
    ],
  };
}

/** How large the space of sampled basis states is. */
function seenFacts(configurations: EnergiesResult['configurations']) {
  if (configurations === undefined) return [];
  return [
    { title: 'Basis states seen', value: configurations.sampled },
    { title: 'Basis states used', value: configurations.used },
  ];
}

type Estimates = EnergiesResult['energies'];

/** How far energies are from exact ones, in words. */
function distances(found: Estimates, exact: readonly number[]): Note[] {
  return found.slice(0, exact.length).map(({ value, stderr }, level) => {
    const off = value - (exact[level] ?? Number.NaN);
    const size = Math.abs(off).toPrecision(3);
    const which = found.length < 2 ? 'The energy' : `Energy ${level}`;
    const errors = stderr > 0 ? `, ${(Math.abs(off) / stderr).toPrecision(2)} standard errors` : '';
    const where = off >= 0 ? 'above' : 'below';
    const text =
      Math.abs(off) < 1e-9 * Math.max(1, Math.abs(value))
        ? `${which} is the exact one.`
        : `${which} is ${size} ${where} the exact one${errors}.`;
    return { tone: 'plain', text };
  });
}

/** A circuit may lead to other numbers of electrons; what it is compared with does not. */
function sectorNote({ electrons }: NonNullable<EnergiesResult['molecule']>): Note {
  const [up, down] = electrons;
  const text = `Exact energies are those of ${up} ${up === 1 ? 'electron' : 'electrons'} of spin up and ${down} of spin down.`;
  return { tone: 'plain', text };
}

type Growth = NonNullable<EnergiesResult['growth']>;

function growthTable(growth: Growth, unit: string): DataTable {
  return {
    id: 'growth',
    title: 'Operators of the circuit',
    columns: [
      { id: 'operator', title: 'Operator' },
      { id: 'gradientNorm', title: 'Gradient before', unit },
      { id: 'energy', title: 'Energy', unit },
    ],
    rows: growth.map(({ operator, gradientNorm, energy }) => [operator, gradientNorm, energy]),
  };
}

function growthFigure(growth: Growth, exact: number | undefined, unit: string): Figure {
  const x = growth.map((_, k) => k + 1);
  const y = growth.map(({ energy }) => energy);
  const known =
    exact === undefined ? [] : [{ name: 'Exact', mark: 'line' as const, x, y: x.map(() => exact) }];
  return {
    kind: 'lines',
    id: 'growth',
    title: 'Energy as the circuit grows',
    x: { title: 'Operators', unit: '', isCount: true },
    y: { title: 'Energy', unit },
    lines: [{ name: 'Energy', mark: 'line', x, y }, ...known],
  };
}

function levelsTable(found: Estimates, exact: readonly number[], unit: string): DataTable {
  const isKnown = exact.length > 0;
  return {
    id: 'energies',
    title: 'Energies',
    columns: [
      { id: 'level', title: 'Level' },
      { id: 'energy', title: 'Energy', unit },
      ...(isKnown ? [{ id: 'exact', title: 'Exact', unit }] : []),
    ],
    rows: found.map((energy, level) => [level, energy, ...(isKnown ? [exact[level] ?? null] : [])]),
  };
}

function levelsFigure(found: Estimates, exact: readonly number[], unit: string): Figure {
  const groups = [
    { name: 'Energy', points: found.map(({ value, stderr }, x) => ({ x, y: value, stderr })) },
    { name: 'Exact', points: exact.map((y, x) => ({ x, y })) },
  ];
  return {
    kind: 'scatter',
    id: 'levels',
    title: 'Energy levels',
    x: { title: 'Level', unit: '', isCount: true },
    y: { title: 'Energy', unit },
    groups: groups.filter(({ points }) => points.length > 0),
  };
}
