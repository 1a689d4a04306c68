import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';

const settings = [
  {
    kind: 'choice',
    id: 'id',
    title: 'Step',
    help: 'What is done to the features; everything is fitted on the training part alone.',
    default: null,
    required: true,
    options: [
      { value: 'standardise', title: 'Mean 0 and deviation 1' },
      { value: 'minmax', title: 'Range' },
      { value: 'robust', title: 'Median 0 and interquartile range 1' },
      { value: 'pca', title: 'Principal components' },
    ],
  },
  {
    kind: 'number',
    id: 'low',
    title: 'Low',
    help: 'Where a range (minmax) puts the least training value. Empty: 0.',
    default: null,
  },
  {
    kind: 'number',
    id: 'high',
    title: 'High',
    help: 'Where a range (minmax) puts the largest training value. Empty: 1.',
    default: null,
  },
  {
    kind: 'choice',
    id: 'clip',
    title: 'Outside the range',
    help: 'What a range (minmax) does with values beyond those of the training part. Empty: nothing.',
    default: null,
    options: [
      { value: 'yes', title: 'Held at its ends' },
      { value: 'no', title: 'Left there' },
    ],
  },
  {
    kind: 'integer',
    id: 'components',
    title: 'Components',
    help: 'How many principal components are kept. Empty: all.',
    default: null,
    min: 1,
  },
] as const satisfies readonly ParameterDescriptor[];

/** A step that is fitted on training rows and then done to every row. */
export type Step = ValuesOf<typeof settings>;

/** Steps in the order in which they are done. */
export const preprocessingField = {
  kind: 'list',
  id: 'preprocessing',
  title: 'Preprocessing',
  help: 'Steps on the features, fitted inside each training part. Empty: those that suit the learner.',
  default: null,
  members: settings,
  advanced: true,
} as const satisfies ParameterDescriptor;

/** What is wrong between the settings of a step; `path` counts from the problem. */
export function preprocessingFaults(
  steps: readonly Step[] | undefined,
): { path: string; message: string }[] {
  return (steps ?? []).flatMap(({ id, low, high, clip, components }, k) => {
    const at = (field: string): string => `preprocessing[${k}].${field}`;
    const faults: { path: string; message: string }[] = [];
    if (id !== 'minmax') {
      for (const [field, value] of Object.entries({ low, high, clip })) {
        if (value === undefined) continue;
        faults.push({ path: at(field), message: `Only “minmax” has “${field}”, not “${id}”.` });
      }
    } else if (!((low ?? 0) < (high ?? 1))) {
      faults.push({ path: at('high'), message: 'A range must end above where it begins.' });
    }
    if (id !== 'pca' && components !== undefined) {
      faults.push({
        path: at('components'),
        message: `Only “pca” has “components”, not “${id}”.`,
      });
    }
    return faults;
  });
}
