import { writeFileSync } from 'node:fs';
import { AppError } from '#shared/base/errors.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import type { Exporter } from '#shared/qasm/exporters/exporter.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { type Command, textOption } from '../command.ts';
import { includeBeside, languageOption, readText } from '../input.ts';

/** `ketbench convert FILE --to FORMAT`: a circuit in another language, with what was lost. */
export const command: Command = {
  usage: 'convert FILE --to FORMAT [--language 2|3] [-o OUT]',
  summary: 'Write a circuit in another language, and say what it cannot express there.',
  help: `Formats: ${exporters.map(({ id, title }) => `${id} (${title})`).join(', ')}.`,
  arguments: [1, 1],
  options: {
    to: { type: 'string' },
    language: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  run(invocation) {
    const file = invocation.positionals[0] ?? '-';
    const exporter = exporterNamed(textOption(invocation, 'to'));
    const language = languageOption(textOption(invocation, 'language'));
    const document = parseDocument(readText(file), {
      ...(language === undefined ? {} : { language }),
      lenient: true,
      include: includeBeside(file),
    });
    if (document.circuit === null) {
      throw new AppError('bad-input', 'The program has errors and cannot be converted.', {
        file,
        diagnostics: document.diagnostics,
      });
    }
    const { text, losses } = exporter.export(document.circuit);
    const path = textOption(invocation, 'output');
    if (path !== undefined) writeFileSync(path, text);
    for (const { what, why } of invocation.json ? [] : losses) {
      process.stderr.write(`lost: ${what} (${why})\n`);
    }
    const written = path === undefined ? { text } : { path };
    invocation.print({ format: exporter.id, ...written, losses }, () =>
      path === undefined ? text : `${path}: written`,
    );
    return Promise.resolve(0);
  },
};

function exporterNamed(format: string | undefined): Exporter {
  const exporter = exporters.find(({ id }) => id === format);
  if (exporter !== undefined) return exporter;
  const known = exporters.map(({ id }) => id).join(', ');
  const got = format === undefined ? 'no --to' : `“${format}”`;
  throw new AppError('bad-input', `Expected --to with one of ${known}; got ${got}.`, {
    option: 'to',
  });
}
