import { AppError } from '#shared/base/errors.ts';
import { type ParsedDocument, parseDocument } from '#shared/qasm/document.ts';
import { includeBeside, readText } from './input.ts';

/** A program that a circuit holds; its diagnostics as an error where it has faults. */
export function readProgram(file: string, language?: 2 | 3): ParsedDocument {
  const document = parseDocument(readText(file), {
    ...(language === undefined ? {} : { language }),
    lenient: true,
    include: includeBeside(file),
  });
  if (document.circuit !== null) return document;
  throw new AppError('bad-input', `The program “${file}” has errors, or no circuit holds it.`, {
    file,
    diagnostics: document.diagnostics,
  });
}
