import { z } from 'zod';
import { courseFields, courseFigure, courseTable } from '../course.ts';
import { usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';

const schema = z.object({
  ...courseFields.shape,
  /** Gates by name of the circuit that reaches the last time. */
  gateCounts: z.record(z.string(), z.number()),
  ...usageFields,
});

/** Observables of a state that evolves in time. */
export const dynamics = defineResult({
  kind: 'dynamics',
  title: 'Dynamics',
  summary: 'Expectation values of observables along a course of times.',
  schema,
  metrics: [],
  live: [{ id: 'observable', title: 'First observable', unit: '', better: null }],
  read({ times, observables, gateCounts }) {
    const first = observables[0];
    const end = times.length - 1;
    return {
      headline: {
        title: `${first?.observable} at time ${times[end]}`,
        value: {
          value: first?.values[end] ?? Number.NaN,
          stderr: first?.stderrs[end] ?? Number.NaN,
        },
      },
      facts: [],
      notes: [],
      tables: [
        courseTable({ times, observables }),
        {
          id: 'gates',
          title: 'Gates of the last circuit',
          isDetail: true,
          columns: [
            { id: 'gate', title: 'Gate' },
            { id: 'count', title: 'Count' },
          ],
          rows: Object.entries(gateCounts),
        },
      ],
      figures: [courseFigure({ times, observables }, 'Time')],
    };
  },
});
