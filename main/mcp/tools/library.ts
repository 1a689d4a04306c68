import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import { reportFormats } from '#shared/ipc/library.ts';
import { defineTool } from '../tool.ts';

export const listData = defineTool({
  name: 'list_data',
  title: 'List data sets',
  description: 'Tables of the library, with their columns; a spec names one by its id.',
  scope: 'read',
  input: z.strictObject({}),
  async run(_input, context) {
    return {
      result: await context.request('data.list', {}),
      format: 'Rows count from 0 in specs.',
      next: ['show_data', 'check_job'],
    };
  },
});

export const showData = defineTool({
  name: 'show_data',
  title: 'Show a data set',
  description: 'The first rows of a table, and how its columns were understood.',
  scope: 'read',
  input: z.strictObject({ id: z.string(), rows: z.int().gte(1).lte(200).default(20) }),
  async run(input, context) {
    const preview = await context.request('data.preview', input);
    return {
      result: preview,
      format: 'Cells are texts as they stand in the file.',
      limits: preview.notes,
      next: ['check_job'],
    };
  },
});

export const importData = defineTool({
  name: 'import_data',
  title: 'Import a table',
  description:
    'CSV text becomes a data set of the library. What was converted or guessed is told; faults come with line and column.',
  scope: 'act',
  input: z.strictObject({ name: z.string().min(1).max(200), text: z.string().max(20_000_000) }),
  async run(input, context) {
    const { columns, notes, problems } = await context.request('data.preview', {
      text: input.text,
    });
    if (problems.length > 0) {
      const list = problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n');
      throw new AppError('bad-input', `The table cannot be imported:\n${list}`, { problems });
    }
    const set = await context.request('data.import', input);
    return {
      result: { id: set.id, rows: set.rows, columns },
      format: 'A spec names it by its id.',
      limits: notes,
      next: ['show_data', 'check_job'],
    };
  },
});

export const listModels = defineTool({
  name: 'list_models',
  title: 'List trained models',
  description: 'Models that learners left in the library, with their scores on unseen rows.',
  scope: 'read',
  input: z.strictObject({}),
  async run(_input, context) {
    return {
      result: await context.request('models.list', {}),
      uncertainty: { kind: 'unknown', note: 'model_card has the scores fold by fold.' },
      format: 'Scores are means over the folds.',
      next: ['model_card', 'predict'],
    };
  },
});

export const modelCard = defineTool({
  name: 'model_card',
  title: 'Show a model’s card',
  description:
    'What a model was trained on and how, its scores on each fold, and what it was not tested for.',
  scope: 'read',
  input: z.strictObject({ modelId: z.string() }),
  async run(input, context) {
    return {
      result: await context.request('models.card', input),
      uncertainty: { kind: 'statistical', note: 'The scores of the folds stand beside the mean.' },
      format: 'Features in the order that the model takes them.',
      next: ['predict'],
    };
  },
});

export const writeReport = defineTool({
  name: 'write_report',
  title: 'Write a report',
  description: 'A report on a job or a benchmark that has ended, in one of the report formats.',
  scope: 'read',
  input: z.strictObject({ id: z.string(), format: z.enum(reportFormats).default('json') }),
  async run(input, context) {
    const files = await context.request('reports.make', input);
    return {
      result: files.map((file) => ({
        ...file,
        ...('bytes' in file && file.bytes instanceof Uint8Array
          ? { bytes: Buffer.from(file.bytes).toString('base64') }
          : {}),
      })),
      format: 'Texts as they are; bytes in base64.',
    };
  },
});
