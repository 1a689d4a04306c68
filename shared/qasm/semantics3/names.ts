import { nearest } from '../semantics/suggest.ts';
import type { Token } from '../syntax/tokens.ts';
import type { Stretch } from '../syntax3/nodes.ts';
import type { Context, Scope } from './scope.ts';

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

/**
 * Whether a name belongs to the program around a gate or a subroutine. Their bodies see its constants,
 * gates and subroutines, but none of its qubits and variables.
 */
export function isHidden({ place, scope: inner }: Context, name: string): boolean {
  if (place === 'program') return false;
  for (let scope: Scope | null = inner; scope !== null; scope = scope.parent) {
    if (scope.hasOwn(name)) return scope.parent === null;
  }
  return false;
}

/** Says that a gate or a subroutine cannot see a name of the program around it. */
export function reportHidden(context: Context, name: string, place: Stretch): null {
  const message =
    context.place === 'gate'
      ? `“${name}” is not among the gate's own qubits and parameters; its body can name only these and constants. Pass it to the gate.`
      : `“${name}” belongs to the program around the subroutine, which sees only its constants, gates and subroutines. Make it a “const” or a parameter.`;
  const code = context.place === 'gate' ? 'not-in-gate' : 'not-visible';
  return context.reporter.error(code, message, place);
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
