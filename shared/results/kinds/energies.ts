import { z } from 'zod';
import { estimateField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';
import { trainingMetrics } from '../training-metrics.ts';

const schema = z.object({
  /** From the lowest up, in the unit of the Hamiltonian's coefficients. */
  energies: z.array(estimateField).min(1),
  /** Of the circuit that prepares the state; empty for methods without one. */
  parameters: z.array(z.number()),
  /** Gates of that circuit by name. */
  gateCounts: z.record(z.string(), z.number()),
  ...usageFields,
});

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
  live: [{ id: 'energy', title: 'Energy', unit: '', better: 'lower' }, ...trainingMetrics],
  read({ energies: found, parameters, gateCounts }) {
    const [lowest = { value: Number.NaN, stderr: Number.NaN }] = found;
    const gates = Object.entries(gateCounts);
    return {
      headline: { title: 'Lowest energy', value: lowest },
      facts:
        found.length < 2 ? [] : [{ title: 'Gap', value: (found[1]?.value ?? 0) - lowest.value }],
      notes: [],
      tables: [
        {
          id: 'energies',
          title: 'Energies',
          columns: [
            { id: 'level', title: 'Level' },
            { id: 'energy', title: 'Energy' },
          ],
          rows: found.map((energy, level) => [level, energy]),
        },
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
                rows: parameters.map((value, k) => [`θ${k}`, value]),
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
      figures:
        found.length < 2
          ? []
          : [
              {
                kind: 'scatter',
                id: 'levels',
                title: 'Energy levels',
                x: { title: 'Level', unit: '', isCount: true },
                y: { title: 'Energy', unit: '' },
                groups: [
                  {
                    name: 'Energy',
                    points: found.map(({ value, stderr }, level) => ({
                      x: level,
                      y: value,
                      stderr,
                    })),
                  },
                ],
              },
            ],
    };
  },
});
