import { AppError } from '#shared/base/errors.ts';
import type { Command } from '../command.ts';
import { libraryFolder } from '../../storage/home.ts';

/** `ketbench library check`: reads everything once and says what was damaged. */
export const command: Command = {
  usage: 'library check',
  summary: 'Check the library on disk; damaged files are set aside and their backups used.',
  arguments: [1, 1],
  options: {},
  async run(invocation) {
    if (invocation.positionals[0] !== 'check') {
      throw new AppError('bad-input', `Usage: ketbench ${command.usage}`);
    }
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
  },
};
