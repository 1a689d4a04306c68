import { join } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { libraryFolder } from '../../storage/home.ts';
import { type Command, type Invocation, textOption } from '../command.ts';

/** `ketbench library …`: the folder of everything that is kept, as a whole. */
export const command: Command = {
  usage:
    'library check | library export [-o FILE.zip] | library backup [-o FILE.zip] | library import FILE.zip',
  summary: 'Check the library on disk, write it into one file, or bring such a file in.',
  help: `“check” reads everything once; damaged files are set aside and their backups used. “export” writes
circuits, data, jobs, comparisons, models, gates and calibrations into one file, for another computer or
another person; “backup” takes the vault along as well, as encrypted as it is. “import” adds what is not
there yet; what is there stays as it is, and jobs that had not ended are left out. Close Ketbench before
you check or import.`,
  arguments: [1, 2],
  options: { output: { type: 'string', short: 'o' } },
  async run(invocation) {
    const [action, file] = invocation.positionals;
    if (action === 'check' && file === undefined) return check(invocation);
    if ((action === 'export' || action === 'backup') && file === undefined) {
      return archive(invocation, action);
    }
    if (action === 'import' && file !== undefined) return bringIn(invocation, file);
    throw new AppError('bad-input', `Usage: ketbench ${command.usage}`);
  },
};

async function check(invocation: Invocation): Promise<number> {
  const folder = libraryFolder();
  const { checkLibrary } = await import('../../library-check.ts');
  const report = await checkLibrary(folder);
  invocation.print(report, () =>
    [
      ...report.problems.map((problem) => `${problem.level}: ${problem.text}`),
      `${folder}: ${report.documents} documents, ${report.dataSets} data sets, ${report.jobs} jobs, ${report.problems.length} problems`,
    ].join('\n'),
  );
  return report.problems.length === 0 ? 0 : 1;
}

async function archive(invocation: Invocation, action: 'export' | 'backup'): Promise<number> {
  const day = new Date().toISOString().slice(0, 10);
  const path = textOption(invocation, 'output') ?? join('.', `ketbench-${action}-${day}.zip`);
  const { archiveLibrary } = await import('../../library-archive.ts');
  const report = await archiveLibrary(libraryFolder(), path, { withKeys: action === 'backup' });
  invocation.print(report, () => {
    const keys = report.hasKeys ? ', the encrypted vault among them' : '';
    return `${path}: ${report.files} files${keys}, ${Math.ceil(report.bytes / 1024)} KiB`;
  });
  return 0;
}

async function bringIn(invocation: Invocation, file: string): Promise<number> {
  const { importArchive } = await import('../../library-archive.ts');
  const report = await importArchive(libraryFolder(), file);
  invocation.print(report, () =>
    [
      ...Object.entries(report.imported).map(
        ([what, count]) =>
          `${count} ${what.replace(/[A-Z]/, (letter) => ` ${letter.toLowerCase()}`)}`,
      ),
      ...report.skipped.map(({ what, why }) => `left out: ${what}: ${why}`),
    ].join('\n'),
  );
  return 0;
}
