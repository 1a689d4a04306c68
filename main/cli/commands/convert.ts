import { writeFileSync } from 'node:fs';
import { AppError } from '#shared/base/errors.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import type { Exporter, ExportLoss } from '#shared/qasm/exporters/exporter.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { svgExporter } from '#shared/qasm/exporters/svg.ts';
import { readImported } from '#shared/qasm/importers/open.ts';
import { problemFormats } from '#shared/problems/formats/registry.ts';
import { importerFor, importers } from '#shared/qasm/importers/registry.ts';
import { type Command, type Invocation, textOption } from '../command.ts';
import { paintDrawing } from '../../browser/picture.ts';
import { readBinaryProblem } from '../read-problem.ts';
import { includeBeside, languageOption, readText } from '../input.ts';

/** `ketbench convert FILE --to FORMAT`: a circuit in another language, or a problem in another format, with what was lost. */
export const command: Command = {
  usage: 'convert FILE --to FORMAT [--from FORMAT] [--language 2|3] [-o OUT]',
  summary:
    'Write a circuit in another language, or a problem of bits in another format, and say what is lost.',
  help: [
    `--to: ${exporters.map(({ id, title }) => `${id} (${title})`).join(', ')}, png (picture, painted by an installed Chromium).`,
    `For problems (a spec or problem in JSON, or a file .${problemFormats.map(({ id }) => id).join(', .')}): ${problemFormats.map(({ id, title }) => `${id} (${title})`).join(', ')}.`,
    `--from: qasm2, qasm3, ${importers.map(({ id, title }) => `${id} (${title})`).join(', ')}; by the file's name and looks without it.`,
  ].join('\n'),
  arguments: [1, 1],
  options: {
    to: { type: 'string' },
    from: { type: 'string' },
    language: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  async run(invocation) {
    const format = textOption(invocation, 'to');
    const path = textOption(invocation, 'output');
    const problemFormat = problemFormats.find(({ id }) => id === format);
    if (problemFormat !== undefined) {
      const problem = readBinaryProblem(invocation.positionals[0] ?? '');
      return write(invocation, { format, path, ...problemFormat.write(problem) });
    }
    const isPicture = format === 'png';
    if (isPicture && path === undefined) {
      throw new AppError('bad-input', 'A PNG is no text: name its file with -o OUT.png.', {
        option: 'output',
      });
    }
    const exporter = isPicture ? svgExporter : exporterNamed(format);
    const read = readCircuit(invocation);
    const { text, link, losses: left } = exporter.export(read.circuit);
    const losses = [...read.losses, ...left];
    const bytes = isPicture ? { bytes: paintDrawing(text) } : {};
    return write(invocation, { format, path, text, link, losses, ...bytes });
  },
};

interface Written {
  readonly format: string | undefined;
  readonly path: string | undefined;
  readonly text: string;
  /** What the file holds where that is not the text. */
  readonly bytes?: Uint8Array;
  readonly link?: string | undefined;
  readonly losses: readonly ExportLoss[];
}

async function write(
  invocation: Invocation,
  { format, path, text, bytes, link, losses }: Written,
): Promise<number> {
  if (path !== undefined) writeFileSync(path, bytes ?? text);
  for (const { what, why } of invocation.json ? [] : losses) {
    process.stderr.write(`lost: ${what} (${why})\n`);
  }
  const written = path === undefined ? { text } : { path };
  const address = link === undefined ? {} : { link };
  invocation.print({ format, ...written, ...address, losses }, () =>
    path === undefined ? text : `${path}: written`,
  );
  return Promise.resolve(0);
}

interface ReadCircuit {
  readonly circuit: Circuit;
  readonly losses: readonly ExportLoss[];
}

/** OpenQASM by its version line, other formats by `--from` or by the file. */
function readCircuit(invocation: Invocation): ReadCircuit {
  const file = invocation.positionals[0] ?? '-';
  const from = textOption(invocation, 'from');
  const text = readText(file);
  if (from === 'qasm2' || from === 'qasm3')
    return readOpenQasm(file, text, from === 'qasm2' ? 2 : 3);
  const named = importers.find(({ id }) => id === from);
  if (from !== undefined && named === undefined) {
    const known = ['qasm2', 'qasm3', ...importers.map(({ id }) => id)].join(', ');
    throw new AppError('bad-input', `Expected --from with one of ${known}; got “${from}”.`, {
      option: 'from',
    });
  }
  const language = languageOption(textOption(invocation, 'language'));
  const importer = named ?? (language === undefined ? importerFor(text, file) : null);
  return importer === null
    ? readOpenQasm(file, text, language)
    : readImported(importer, text, file);
}

function readOpenQasm(file: string, text: string, language: 2 | 3 | undefined): ReadCircuit {
  const document = parseDocument(text, {
    ...(language === undefined ? {} : { language }),
    lenient: true,
    include: includeBeside(file),
  });
  if (document.circuit !== null) return { circuit: document.circuit, losses: [] };
  throw new AppError('bad-input', 'The program has errors and cannot be converted.', {
    file,
    diagnostics: document.diagnostics,
  });
}

function exporterNamed(format: string | undefined): Exporter {
  const exporter = exporters.find(({ id }) => id === format);
  if (exporter !== undefined) return exporter;
  const known = [...exporters, ...problemFormats]
    .map(({ id }) => id)
    .concat('png')
    .join(', ');
  const got = format === undefined ? 'no --to' : `“${format}”`;
  throw new AppError('bad-input', `Expected --to with one of ${known}; got ${got}.`, {
    option: 'to',
  });
}
