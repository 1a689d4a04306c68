import { AppError } from '../../base/errors.ts';
import type { Imported, Importer } from './importer.ts';
import { ionqImporter } from './ionq.ts';
import { jsonImporter } from './json.ts';
import { quilImporter } from './quil.ts';
import { quirkImporter } from './quirk.ts';

/** Every format besides OpenQASM that circuits can be read from, sorted by id. */
export const importers: readonly Importer[] = [
  ionqImporter,
  jsonImporter,
  quilImporter,
  quirkImporter,
];

/** Texts beyond this are not read: 64 MiB of UTF-16 units. */
const maximumLength = 64 * 1024 * 1024;

/**
 * The importer for a file: by its extension and looks, or by its looks alone. Null for OpenQASM, which
 * is read as it is, and for what nothing recognises.
 */
export function importerFor(text: string, fileName: string): Importer | null {
  const extension = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (/^(?:qasm|qasm2|qasm3|inc)$/.test(extension)) return null;
  const named = importers.filter(({ fileExtensions }) => fileExtensions.includes(extension));
  const [only, other] = named;
  if (only !== undefined && other === undefined) return only;
  const start = text.slice(0, 1 << 20);
  const candidates = named.length > 0 ? named : importers;
  const found = candidates.find((one) => one.recognises(start));
  if (found !== undefined) return found;
  return only ?? null;
}

/** Runs an importer; a text that is too long is refused before it is looked at. */
export function importText(importer: Importer, text: string): Imported {
  if (text.length <= maximumLength) return importer.import(text);
  throw new AppError(
    'too-large',
    `A circuit's text has at most ${maximumLength} characters; this one has ${text.length}.`,
    { length: text.length },
  );
}
