import { z } from 'zod';
import type { DataTable } from '../figures/data-table.ts';
import type { Figure } from '../figures/figure.ts';
import { numberField } from './fields.ts';

/** Observables along a line of times: values[k] and stderrs[k] belong to times[k]. */
export const courseFields = z.object({
  /** From 0 up, in units of one over that of the Hamiltonian's coefficients. */
  times: z.array(z.number()).min(1),
  observables: z
    .array(
      z.object({
        observable: z.string(),
        values: z.array(numberField),
        stderrs: z.array(numberField),
      }),
    )
    .min(1),
});

export type Course = z.infer<typeof courseFields>;

/** One row a time, one column an observable. */
export function courseTable({ times, observables }: Course): DataTable {
  return {
    id: 'course',
    title: 'Expectation values over time',
    isDetail: true,
    columns: [
      { id: 'time', title: 'Time' },
      ...observables.map(({ observable }) => ({ id: observable, title: observable })),
    ],
    rows: times.map((time, k) => [
      time,
      ...observables.map(({ values, stderrs }) => ({
        value: values[k] ?? Number.NaN,
        stderr: stderrs[k] ?? Number.NaN,
      })),
    ]),
  };
}

/** One line an observable, with a band of one standard error where values came from shots. */
export function courseFigure({ times, observables }: Course, time: string): Figure {
  const isSampled = observables.some(({ stderrs }) => stderrs.some((stderr) => stderr > 0));
  return {
    kind: 'lines',
    id: 'course',
    title: 'Expectation values over time',
    ...(isSampled ? { note: 'Bands: one standard error to each side.' } : {}),
    x: { title: time, unit: '' },
    y: { title: 'Expectation value', unit: '' },
    lines: observables.map(({ observable, values, stderrs }) => ({
      name: observable,
      mark: 'line' as const,
      x: times,
      y: values,
      ...(isSampled
        ? {
            low: values.map((value, k) => value - (stderrs[k] ?? 0)),
            high: values.map((value, k) => value + (stderrs[k] ?? 0)),
          }
        : {}),
    })),
  };
}
