import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { PredictionsResult } from '#shared/results/kinds/predictions.ts';
import { type Command, textOption } from '../command.ts';
import { endedJob, exitCodeOfJob } from '../follow-job.ts';
import { importedTable } from '../job-input.ts';
import { integerOption } from '../input.ts';
import { formatTable } from '../output.ts';
import { openSession } from '../session.ts';

/** `ketbench predict MODEL --data CSV`: what a trained model says of the rows of a file. */
export const command: Command = {
  usage: 'predict MODEL --data CSV [--backend B] [--shots N] [--seed S] [--watch]',
  summary: 'Predict rows of a table by a trained model.',
  help: `MODEL is an id of “ketbench models list”. The file needs the columns that the model was trained on;
where it has the target too, the predictions are scored. Features that are distributed otherwise than in
training are told as warnings. A quantum model asks its circuits of the backend; with shots every row has an
interval. Ctrl-C cancels.`,
  arguments: [1, 1],
  options: {
    data: { type: 'string' },
    backend: { type: 'string' },
    shots: { type: 'string' },
    seed: { type: 'string' },
    watch: { type: 'boolean' },
  },
  async run(invocation) {
    const session = await openSession({ publish: true });
    try {
      const table = textOption(invocation, 'data');
      if (table === undefined) {
        throw new AppError('bad-input', `Name the file: ketbench ${command.usage}`);
      }
      const model = invocation.positionals[0] ?? '';
      const data = await importedTable(table, { folder: process.cwd(), session });
      const spec = {
        algorithm: 'predict',
        problem: { kind: 'prediction', model, data },
        ...given('backend', textOption(invocation, 'backend')),
        ...given('shots', integerOption('shots', textOption(invocation, 'shots'))),
        ...given('seed', integerOption('seed', textOption(invocation, 'seed'))),
      };
      const { jobId } = await session.request('jobs.submit', { spec });
      const document = await endedJob(session, jobId, invocation.values.watch === true);
      if (document.error !== undefined) {
        const { code, message, details } = document.error;
        throw new AppError(code, message, details);
      }
      for (const warning of document.warnings) process.stderr.write(`warning: ${warning}\n`);
      const result = document.result as PredictionsResult;
      invocation.print({ ...result, warnings: document.warnings, jobId }, () => textOf(result));
      return exitCodeOfJob(document);
    } finally {
      await session.close();
    }
  },
};

function given(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [name]: value };
}

function textOf({ predictions }: PredictionsResult): string {
  return formatTable(
    predictions.map(({ row, prediction, score, interval }) => [
      String(row),
      String(prediction),
      score === undefined ? '' : score.toPrecision(6),
      interval === undefined
        ? ''
        : stringifyPlain(interval.map((end) => Number(Number(end).toPrecision(6)))),
    ]),
  );
}
