import { parseDocument } from '#shared/qasm/document.ts';
import { type Command, textOption } from '../command.ts';
import { includeBeside, languageOption, readText } from '../input.ts';
import { diagnosticLine, shownDiagnostic } from '../output.ts';

/** `ketbench check FILE`: everything that is wrong with a program, in source order. */
export const command: Command = {
  usage: 'check FILE [--language 2|3] [--lenient]',
  summary: 'Find the faults of an OpenQASM program, each with its place.',
  help: '--lenient: faults that the OpenQASM 2 paper forbids but tools tolerate are warnings.',
  arguments: [1, 1],
  options: { language: { type: 'string' }, lenient: { type: 'boolean' } },
  async run(invocation) {
    const file = invocation.positionals[0] ?? '-';
    const language = languageOption(textOption(invocation, 'language'));
    const document = parseDocument(readText(file), {
      ...(language === undefined ? {} : { language }),
      lenient: invocation.values.lenient === true,
      include: includeBeside(file),
    });
    const ok = document.diagnostics.every(({ severity }) => severity !== 'error');
    const diagnostics = document.diagnostics.map(shownDiagnostic);
    invocation.print({ ok, language: document.language, diagnostics }, () =>
      [
        ...document.diagnostics.map((diagnostic) => diagnosticLine(file, diagnostic)),
        ok ? `${file}: OpenQASM ${document.language}, no errors` : `${file}: has errors`,
      ].join('\n'),
    );
    return ok ? 0 : 2;
  },
};
