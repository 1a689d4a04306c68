import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { JobDraft } from '#renderer/lib/job-draft.ts';
import { entriesOf, type Offer } from '#renderer/lib/job-offer.ts';

/** The fields that every job has, whatever it solves; their order is that of the form. */
export function runFields(offer: Offer): readonly ParameterDescriptor[] {
  const gradients = entriesOf(offer, 'gradient').map(({ id, title }) => ({ value: id, title }));
  return [
    text('name', 'Name', 'Empty: made from the method and the problem.'),
    number('shots', 'Shots', 'Measurements of each circuit. Empty: exact expectations.', {
      kind: 'integer',
    }),
    number(
      'targetError',
      'Target error',
      'Expectations are measured until their standard error is so small, within the shots.',
      { exclusiveMin: true },
    ),
    number('seed', 'Seed', 'The same spec and seed give the same result.', {
      kind: 'integer',
      default: 0,
    }),
    {
      kind: 'choice',
      id: 'gradient',
      title: 'Gradient',
      help: 'Empty: the best that the backend allows.',
      default: null,
      options: gradients,
      advanced: true,
    },
    {
      kind: 'group',
      id: 'limits',
      title: 'Limits',
      help: 'It ends where it would go beyond one of them. Empty: no limit.',
      default: null,
      advanced: true,
      members: [
        number('seconds', 'Computing time', '', { unit: 's' }),
        number('cost', 'Cost', '', { unit: 'USD' }),
        number('memoryBytes', 'Memory', '', { unit: 'bytes' }),
      ],
    },
    { ...text('modelId', 'Model', 'Id under which the trained model is kept.'), advanced: true },
  ];
}

function text(id: string, title: string, help: string): ParameterDescriptor {
  return { kind: 'text', id, title, help, default: null };
}

type NumberField = Extract<ParameterDescriptor, { kind: 'integer' | 'number' }>;

function number(
  id: string,
  title: string,
  help: string,
  more: Partial<NumberField> = {},
): ParameterDescriptor {
  return { kind: 'number', id, title, help, default: null, min: 0, ...more };
}

/** Why the queue would not take the priority; null where it does. */
export function priorityFaultOf({ priority }: JobDraft): string | null {
  const isFit =
    typeof priority === 'number' && Number.isInteger(priority) && Math.abs(priority) <= 10;
  return isFit ? null : 'Expected a whole number from −10 to 10.';
}
