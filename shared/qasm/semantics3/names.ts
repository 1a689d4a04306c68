import { nearest } from '../semantics/suggest.ts';
import type { Token } from '../syntax/tokens.ts';
import type { Stretch } from '../syntax3/nodes.ts';
import type { Context } from './scope.ts';

/** Says that a name is not declared, with the nearest one that is. */
export function reportUndeclared(context: Context, name: string, place: Stretch): null {
  const near = nearest(
    name,
    namesIn(context, () => true),
  );
  const advice = near === null ? 'Declare it before it is used.' : `Did you mean “${near}”?`;
  const fix =
    near === null
      ? undefined
      : { title: `Write “${near}”`, edits: [{ start: place.start, end: place.end, text: near }] };
  const message = `“${name}” is not declared here. ${advice}`;
  return context.reporter.error('undeclared-name', message, place, fix);
}

/** At most 500 names that can be used here; a hostile file may declare very many. */
export function namesIn(context: Context, isWanted: (kind: string) => boolean): string[] {
  const names: string[] = [];
  for (const symbol of context.scope.names()) {
    if (isWanted(symbol.kind)) names.push(symbol.name);
    if (names.length === 500) break;
  }
  return names;
}

/**
 * False with a problem where the name is declared in this block already. Gates of the standard file
 * may be hidden by a variable of the same name, such as “t”.
 */
export function isFree(context: Context, name: Token, isGate = false): boolean {
  if (!context.scope.hasOwn(name.text)) return true;
  const symbol = context.scope.find(name.text);
  if (!isGate && symbol?.kind === 'gate' && !symbol.isUserDefined) return true;
  const message = `“${name.text}” is already declared here. Choose another name.`;
  context.reporter.error('already-declared', message, name);
  return false;
}
