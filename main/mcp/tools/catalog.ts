import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import { catalogKinds } from '#shared/catalog/parameter.ts';
import { defineTool } from '../tool.ts';

const kind = z.enum(catalogKinds);

export const listMembers = defineTool({
  name: 'list_members',
  title: 'List what Ketbench has',
  description:
    'Algorithms, problems, optimizers, ansatze, mitigation, devices, example specs and all else of the catalog, one line each. Without a kind: how many there are of each.',
  scope: 'read',
  input: z.strictObject({ kind: kind.optional() }),
  async run(input, context) {
    const entries = await context.request('catalog.list', input);
    const result =
      input.kind === undefined
        ? Object.fromEntries(
            Array.from(
              Map.groupBy(entries, (entry) => entry.kind),
              ([name, members]) => [name, members.length],
            ),
          )
        : entries.map(({ id, title, summary }) => ({ id, title, summary }));
    return {
      result,
      format: 'Ids are those of job specs.',
      next: ['explain_member', 'check_job'],
    };
  },
});

export const explainMember = defineTool({
  name: 'explain_member',
  title: 'Explain one member of the catalog',
  description:
    'Parameters with types, units, defaults and limits, and the facts of one member, e.g. kind “algorithm” and id “qaoa”. The fields of a problem are what its spec takes.',
  scope: 'read',
  input: z.strictObject({ kind, id: z.string() }),
  async run({ kind: asked, id }, context) {
    const entries = await context.request('catalog.list', { kind: asked });
    const entry = entries.find((one) => one.id === id);
    if (entry === undefined) {
      throw new AppError(
        'not-found',
        `There is no ${asked} “${id}”; there are: ${entries.map((one) => one.id).join(', ')}.`,
      );
    }
    return {
      result: entry,
      format:
        'Parameters are the members of `settings` (algorithm), of `problem` (problem) or of the object that names the id.',
      next: ['check_job'],
    };
  },
});
