import { z } from 'zod';
import type { DataTable } from '../../figures/data-table.ts';
import type { Figure } from '../../figures/figure.ts';
import { estimateField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';

const schema = z.object({
  observables: z
    .array(
      z.object({
        observable: z.string(),
        /** As the backend gave it, without any technique. */
        raw: estimateField,
        /** At each scale of the noise, where it was scaled. */
        scaled: z.array(z.object({ scale: z.number(), ...estimateField.shape })).optional(),
        /** After each technique, in their order; `facts` are what is to be known of it. */
        steps: z
          .array(
            z.object({
              technique: z.string(),
              ...estimateField.shape,
              facts: z.record(z.string(), z.union([z.number(), z.string()])),
            }),
          )
          .optional(),
        mitigated: estimateField,
      }),
    )
    .min(1),
  ...usageFields,
});

type Observable = z.infer<typeof schema>['observables'][number];

/** Expectation values of observables. */
export const expectations = defineResult({
  kind: 'expectations',
  title: 'Expectation values',
  summary: 'Mean values of observables, raw and after mitigation.',
  schema,
  metrics: [],
  live: [],
  read({ observables }) {
    const isMitigated = observables.some(({ steps }) => steps !== undefined);
    const isScaled = observables.some(({ scaled }) => scaled !== undefined);
    const first = observables[0] as Observable;
    return {
      headline: {
        title: isMitigated ? `${first.observable}, mitigated` : first.observable,
        value: first.mitigated,
      },
      facts: [],
      notes: [],
      tables: [
        {
          id: 'observables',
          title: 'Observables',
          columns: [
            { id: 'observable', title: 'Observable' },
            { id: 'raw', title: isMitigated ? 'Raw' : 'Value' },
            ...(isMitigated ? [{ id: 'mitigated', title: 'Mitigated' }] : []),
          ],
          rows: observables.map(({ observable, raw, mitigated }) =>
            isMitigated ? [observable, raw, mitigated] : [observable, raw],
          ),
        },
        ...(isMitigated ? [stepsOf(observables)] : []),
        ...(isScaled
          ? [
              {
                id: 'scaled',
                title: 'Values by the scale of the noise',
                isDetail: true,
                columns: [
                  { id: 'observable', title: 'Observable' },
                  { id: 'scale', title: 'Scale' },
                  { id: 'value', title: 'Value' },
                ],
                rows: observables.flatMap(({ observable, scaled = [] }) =>
                  scaled.map(({ scale, value, stderr }) => [observable, scale, { value, stderr }]),
                ),
              },
            ]
          : []),
      ],
      figures: [
        estimatesOf(observables, isMitigated),
        ...(isScaled ? [scalesOf(observables)] : []),
      ],
    };
  },
});

function stepsOf(observables: readonly Observable[]): DataTable {
  return {
    id: 'steps',
    title: 'After each technique',
    isDetail: true,
    columns: [
      { id: 'observable', title: 'Observable' },
      { id: 'technique', title: 'Technique' },
      { id: 'value', title: 'Value' },
      { id: 'facts', title: 'Facts' },
    ],
    rows: observables.flatMap(({ observable, steps = [] }) =>
      steps.map(({ technique, value, stderr, facts }) => [
        observable,
        technique,
        { value, stderr },
        Object.entries(facts)
          .map(([name, fact]) => `${name} ${fact}`)
          .join(', '),
      ]),
    ),
  };
}

function estimatesOf(observables: readonly Observable[], isMitigated: boolean): Figure {
  return {
    kind: 'estimates',
    id: 'estimates',
    title: 'Expectation values',
    note: 'Bars: one standard error to each side.',
    x: { title: 'Expectation value', unit: '' },
    y: { title: 'Observable', unit: '' },
    groups: isMitigated ? ['raw', 'mitigated'] : ['value'],
    rows: observables.map(({ observable, raw, mitigated }) => ({
      label: observable,
      estimates: isMitigated ? [raw, mitigated] : [raw],
    })),
  };
}

/** What an extrapolation to no noise started from; its result stands at scale 0. */
function scalesOf(observables: readonly Observable[]): Figure {
  return {
    kind: 'scatter',
    id: 'scales',
    title: 'Values by the scale of the noise',
    note: 'At scale 0 stands the mitigated value.',
    x: { title: 'Scale of the noise', unit: '' },
    y: { title: 'Expectation value', unit: '' },
    groups: observables.map(({ observable, scaled = [], mitigated }) => ({
      name: observable,
      points: [{ scale: 0, ...mitigated }, ...scaled].map(({ scale, value, stderr }) => ({
        x: scale,
        y: value,
        stderr,
      })),
    })),
  };
}
