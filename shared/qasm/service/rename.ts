import { AppError } from '../../base/errors.ts';
import { type ParsedDocument, type TextEdit, updateDocument } from '../document.ts';
import { tokensOf } from '../syntax/nodes.ts';
import { reservedWords } from '../syntax/pieces.ts';
import { reservedWords3 } from '../syntax3/words.ts';
import { definitionAt } from './definition.ts';
import { spotAt } from './locate.ts';

/** A stretch of the text, in UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Every place that means what the name at the offset means, its declaration included; in order. */
export function referencesAt(document: ParsedDocument, offset: number): readonly TextRange[] {
  const target = definitionAt(document, offset);
  const { token } = spotAt(document, offset);
  if (target === null || token === null) return [];
  const found: TextRange[] = [];
  document.tree.starts.forEach((base, statement) => {
    const width = document.tree.statements[statement]?.width ?? 0;
    // Reading tokens costs more than looking for the word.
    if (!document.text.slice(base, base + width).includes(token.text)) return;
    for (const one of tokensOf(document.tree, statement)) {
      if (one.kind !== 'identifier' || one.text !== token.text) continue;
      const meant = definitionAt(document, base + one.start);
      if (meant?.start === target.start)
        found.push({ start: base + one.start, end: base + one.end });
    }
  });
  return found;
}

/** The name that could be changed at the offset; null where it is built in or no name. */
export function renameTargetAt(document: ParsedDocument, offset: number): TextRange | null {
  const { token, base } = spotAt(document, offset);
  if (token === null || definitionAt(document, offset) === null) return null;
  return { start: base + token.start, end: base + token.end };
}

/** The edits that give the thing at the offset another name; `bad-input` where it cannot have it. */
export function renameEdits(
  document: ParsedDocument,
  offset: number,
  to: string,
): readonly TextEdit[] {
  const isName =
    document.language === 3
      ? /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}_]*$/u.test(to) && !reservedWords3.has(to)
      : /^[a-z][A-Za-z0-9_]*$/.test(to) && !reservedWords.has(to);
  if (!isName) {
    const message = `“${to}” cannot be a name in OpenQASM ${document.language}. Use letters, digits and _, and no word of the language.`;
    throw new AppError('bad-input', message, { name: to });
  }
  const places = referencesAt(document, offset);
  if (places.length === 0) {
    throw new AppError(
      'bad-input',
      'What stands here is built in or has no name. Choose a name that the program declares.',
    );
  }
  const edits = places.map(({ start, end }) => ({ start, end, text: to }));
  const after = updateDocument(document, edits);
  const count = ({ diagnostics }: ParsedDocument): number =>
    diagnostics.filter(({ severity }) => severity === 'error').length;
  if (count(after) > count(document)) {
    throw new AppError(
      'bad-input',
      `“${to}” means something else in this program. Choose another name.`,
      {
        name: to,
      },
    );
  }
  return edits;
}
