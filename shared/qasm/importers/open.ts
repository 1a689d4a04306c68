import { AppError } from '../../base/errors.ts';
import type { Circuit } from '../../circuit/circuit.ts';
import type { ExportLoss } from '../exporters/exporter.ts';
import { printCircuit } from '../print/circuit.ts';
import { importText, importerFor, importers } from './registry.ts';
import type { Importer } from './importer.ts';

/** A file of any format that was read, as the text of a document. */
export interface OpenedText {
  readonly text: string;
  /** The format that it came from; null where it was OpenQASM already. */
  readonly from: string | null;
  readonly losses: readonly ExportLoss[];
}

/** The circuit of a text in another format; `bad-input` with its diagnostics where it has faults. */
export function readImported(
  importer: Importer,
  text: string,
  fileName: string,
): { readonly circuit: Circuit; readonly losses: readonly ExportLoss[] } {
  const { circuit, diagnostics, losses } = importText(importer, text);
  if (circuit !== null) return { circuit, losses };
  const [first] = diagnostics;
  const place = first === undefined ? '' : ` ${first.line}:${first.column}: ${first.message}`;
  throw new AppError('bad-input', `${fileName} cannot be read as ${importer.title}.${place}`, {
    file: fileName,
    diagnostics,
  });
}

/** OpenQASM stays as it is; another format becomes OpenQASM 3. */
export function openAsDocument(fileName: string, text: string): OpenedText {
  const importer = importerFor(text, fileName);
  if (importer === null) return { text, from: null, losses: [] };
  const { circuit, losses } = readImported(importer, text, fileName);
  return { text: printCircuit(circuit, 3), from: importer.title, losses };
}

/** Extensions of every file that can be opened, each with its dot. */
export const openableExtensions: readonly string[] = [
  ...new Set([
    'qasm',
    'qasm2',
    'qasm3',
    'txt',
    ...importers.flatMap(({ fileExtensions }) => fileExtensions),
  ]),
].map((extension) => `.${extension}`);
