import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { journals, widths } from '#shared/figures/journals.ts';
import { reportFormats } from '#shared/ipc/library.ts';
import { writeDurably } from '../../storage/files.ts';
import { type Command, textOption } from '../command.ts';
import { choiceOption, integerOption } from '../input.ts';
import { openSession, type Session } from '../session.ts';

/** `ketbench report ID`: figures and tables of a job or a benchmark as files. */
export const command: Command = {
  usage: `report ID --to ${reportFormats.join('|')} [--width single|double] [--journal ${journals.map(({ id }) => id).join('|')}] [--dpi N] -o DIR`,
  summary: 'Write a report on a job or a benchmark.',
  help: `ID may be the beginning of an id. Figures of a paper are as wide as a column or the text of the journal
(89 and 183 mm unless another is named), in text of 5 to 7 pt with its font embedded. A bundle is an
RO-Crate that “ketbench verify” runs again. --dpi: resolution of a PNG, 600 where it is left out. --journal also
says what that journal would send back of the figures, as warnings and as “lint” with --json.`,
  arguments: [1, 1],
  options: {
    to: { type: 'string' },
    width: { type: 'string' },
    journal: { type: 'string' },
    dpi: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  async run(invocation) {
    const format = choiceOption('to', textOption(invocation, 'to'), reportFormats);
    if (format === undefined) throw new AppError('bad-input', `Usage: ketbench ${command.usage}`);
    const folder = textOption(invocation, 'output') ?? '.';
    const width = choiceOption('width', textOption(invocation, 'width'), widths);
    const named = journals.map(({ id }) => id);
    const journal = choiceOption('journal', textOption(invocation, 'journal'), named);
    const dpi = integerOption('dpi', textOption(invocation, 'dpi'));
    const session = await openSession();
    try {
      const id = await findId(session, invocation.positionals[0] ?? '');
      const files = await session.request('reports.make', {
        id,
        format,
        ...(width === undefined ? {} : { width }),
        ...(journal === undefined ? {} : { journal }),
        ...(dpi === undefined ? {} : { dpi }),
      });
      mkdirSync(folder, { recursive: true });
      const paths: string[] = [];
      for (const { name, text, bytes } of files) {
        const path = join(folder, name);
        await writeDurably(path, bytes ?? text, { mode: 0o644 });
        paths.push(path);
      }
      const wide = width === undefined ? {} : { width };
      const lint =
        journal === undefined
          ? []
          : await session.request('reports.lint', { id, journal, ...wide });
      const told = journal === undefined ? {} : { lint };
      invocation.print({ id, format, files: paths, ...told }, () => paths.join('\n'));
      for (const { figure, fault } of lint) {
        process.stderr.write(`warning: figure ${figure}: ${fault}\n`);
      }
      return 0;
    } finally {
      await session.close();
    }
  },
};

async function findId(session: Session, given: string): Promise<string> {
  const { jobs } = await session.request('jobs.list', { limit: 1000 });
  const benchmarks = await session.request('benchmarks.list', {});
  const ids = [
    ...jobs.map(({ jobId }) => jobId),
    ...benchmarks.map(({ benchmarkId }) => benchmarkId),
  ];
  const fitting = ids.filter((id) => id.startsWith(given));
  if (fitting.length === 1 && fitting[0] !== undefined) return fitting[0];
  throw new AppError(
    fitting.length === 0 ? 'not-found' : 'bad-input',
    fitting.length === 0
      ? `There is no job or benchmark “${given}”.`
      : `${fitting.length} ids begin with “${given}”: give more of it.`,
    { id: given },
  );
}
