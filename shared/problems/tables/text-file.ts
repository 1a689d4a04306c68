import { AppError } from '../../base/errors.ts';
import type { ProblemFiles } from '../view.ts';

/** The text that a problem carries or names; null where it does neither. */
export function textOfFile(
  { text, file }: { readonly text?: string | undefined; readonly file?: string | undefined },
  files: ProblemFiles,
): string | null {
  if (text !== undefined) return text;
  if (file === undefined) return null;
  const found = files.get(file);
  if (found?.kind === 'text') return found.text;
  throw new AppError('not-found', `There is no file “${file}”.`, { name: file });
}
