import { gateById } from '../../gates/registry.ts';
import type { ParsedDocument } from '../document.ts';
import type { Environment, GateSymbol } from '../semantics/environment.ts';
import { standardGateNames } from '../semantics/suggest.ts';
import type { Token } from '../syntax/tokens.ts';
import { type Spot, spotAt } from './locate.ts';
import { modernOffers } from './modern-completions.ts';

/** One thing that can be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind:
    | 'keyword'
    | 'gate'
    | 'register'
    | 'wire'
    | 'parameter'
    | 'function'
    | 'constant'
    | 'file';
  /** A few words beside the label. */
  readonly detail: string;
  /** Replaces [start, end) of the text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

type Offer = Pick<Completion, 'label' | 'kind' | 'detail'> & { readonly text?: string };

/** More wires than these are not listed; their number can be typed. */
const maximumWires = 64;

const statementWords: readonly Offer[] = [
  { label: 'qreg', kind: 'keyword', detail: 'qubits', text: 'qreg ' },
  { label: 'creg', kind: 'keyword', detail: 'classical bits', text: 'creg ' },
  { label: 'gate', kind: 'keyword', detail: 'a gate of your own', text: 'gate ' },
  { label: 'opaque', kind: 'keyword', detail: 'a gate without a body', text: 'opaque ' },
  { label: 'include', kind: 'keyword', detail: 'read another file', text: 'include "qelib1.inc";' },
  { label: 'measure', kind: 'keyword', detail: 'qubit -> bit', text: 'measure ' },
  { label: 'reset', kind: 'keyword', detail: 'qubit to |0⟩', text: 'reset ' },
  { label: 'barrier', kind: 'keyword', detail: 'keep the order', text: 'barrier ' },
  { label: 'if', kind: 'keyword', detail: 'on a classical register', text: 'if (' },
];

const functions: readonly Offer[] = ['sin', 'cos', 'tan', 'exp', 'ln', 'sqrt'].map((label) => ({
  label,
  kind: 'function',
  detail: 'function',
  text: `${label}(`,
}));

/** What fits at an offset, the best first; the caller filters by what is typed already. */
export function completionsAt(document: ParsedDocument, offset: number): readonly Completion[] {
  if (/\/\/[^\r\n]*$/.test(document.text.slice(lineStartBefore(document.text, offset), offset))) {
    return [];
  }
  const spot = spotAt(document, offset);
  const isTyping = spot.token?.kind === 'identifier';
  const start = isTyping && spot.token !== null ? spot.base + spot.token.start : offset;
  const end =
    isTyping && spot.token !== null ? Math.max(offset, spot.base + spot.token.end) : offset;
  const before = spot.tokens.filter((token) => spot.base + token.end <= start);
  return offersFor(document, spot, before, offset).map((offer) => ({
    label: offer.label,
    kind: offer.kind,
    detail: offer.detail,
    text: offer.text ?? offer.label,
    start,
    end,
  }));
}

function lineStartBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

function offersFor(
  document: ParsedDocument,
  spot: Spot,
  before: readonly Token[],
  offset: number,
): readonly Offer[] {
  if (document.language === 3) return modernOffers(document, spot, before, offset);
  const { environment } = spot;
  if (environment === null) {
    const text = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';
    return [{ label: 'OPENQASM 2.0;', kind: 'keyword', detail: 'the version line', text }];
  }
  const statement = currentStatement(before);
  const [first] = statement;
  const isBody = statement.length < before.length && spot.syntax.kind === 'gate';
  if (first === undefined) return isBody ? bodyStarts(environment) : starts(environment);
  const last = statement.at(-1) as Token;
  if (isInParentheses(statement)) {
    return first.text === 'if'
      ? wholeRegisters(environment, 'bit')
      : anglesFor(spot, statement, first);
  }
  if (last.kind === '[') return indices(environment, statement.at(-2)?.text ?? '');
  if (first.text === 'if' && last.kind === ')') return [...gateOffers(environment), ...conditional];
  if (first.text === 'include') {
    return [{ label: '"qelib1.inc"', kind: 'file', detail: 'the standard gates' }];
  }
  if (['qreg', 'creg', 'gate', 'opaque', 'OPENQASM'].includes(first.text)) return [];
  if (last.kind === '->') return wires(environment, 'bit');
  if (last.kind === 'identifier' || last.kind === ',' || last.kind === ')') {
    if (isBody || document.tree.statements[spot.statement]?.syntax.kind === 'gate')
      return locals(spot);
    return wires(environment, 'qubit');
  }
  return [];
}

const conditional: readonly Offer[] = statementWords.filter(
  ({ label }) => label === 'measure' || label === 'reset',
);

/** The tokens since the last `;`, `{` or `}`. */
function currentStatement(before: readonly Token[]): readonly Token[] {
  const last = before.findLastIndex(({ kind }) => kind === ';' || kind === '{' || kind === '}');
  return before.slice(last + 1);
}

function isInParentheses(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const { kind } of tokens) {
    if (kind === '(') depth++;
    else if (kind === ')') depth--;
  }
  return depth > 0;
}

function starts(environment: Environment): Offer[] {
  return [...gateOffers(environment), ...statementWords];
}

function bodyStarts(environment: Environment): Offer[] {
  const barrier = statementWords.filter(({ label }) => label === 'barrier');
  return [...gateOffers(environment), ...barrier];
}

function gateOffers(environment: Environment): Offer[] {
  const own: Offer[] = [];
  for (const thing of environment.declared()) {
    if (thing.kind === 'gate') own.push(gateOffer(thing));
  }
  const standard = standardGateNames().flatMap((name) => {
    const thing = environment.find(name);
    return thing?.kind === 'gate' && !thing.isUserDefined ? [gateOffer(thing)] : [];
  });
  return [...own, ...standard];
}

function gateOffer(gate: GateSymbol): Offer {
  const known = gate.isUserDefined ? null : gateById(gate.gate);
  return {
    label: gate.name,
    kind: 'gate',
    detail: known?.title ?? 'gate of this program',
    text: gate.parameterCount > 0 ? `${gate.name}(` : `${gate.name} `,
  };
}

function wholeRegisters(environment: Environment, of: 'qubit' | 'bit'): Offer[] {
  const offers: Offer[] = [];
  for (const thing of environment.declared()) {
    if (thing.kind !== 'register' || thing.of !== of) continue;
    offers.push({ label: thing.name, kind: 'register', detail: `${thing.size} ${of}s` });
  }
  return offers;
}

function wires(environment: Environment, of: 'qubit' | 'bit'): Offer[] {
  const offers = wholeRegisters(environment, of);
  for (const thing of environment.declared()) {
    if (thing.kind !== 'register' || thing.of !== of) continue;
    for (let i = 0; i < thing.size && offers.length < maximumWires; i++) {
      offers.push({
        label: `${thing.name}[${i}]`,
        kind: 'wire',
        detail: `${of} ${thing.offset + i}`,
      });
    }
  }
  return offers;
}

function indices(environment: Environment, name: string): Offer[] {
  const thing = environment.find(name);
  if (thing === null || thing.kind !== 'register') return [];
  return Array.from({ length: Math.min(thing.size, maximumWires) }, (_, i) => ({
    label: String(i),
    kind: 'wire',
    detail: `${thing.of} ${thing.offset + i}`,
  }));
}

function anglesFor(spot: Spot, statement: readonly Token[], first: Token): readonly Offer[] {
  // The parentheses of a gate's head take new names.
  if (first.text === 'gate' || first.text === 'opaque') return [];
  const names: Offer[] =
    spot.syntax.kind === 'gate' && statement.length > 0
      ? spot.syntax.parameters.map(({ text }) => ({
          label: text,
          kind: 'parameter',
          detail: 'parameter of this gate',
        }))
      : [];
  return [...names, { label: 'pi', kind: 'constant', detail: '3.14159…' }, ...functions];
}

function locals(spot: Spot): Offer[] {
  if (spot.syntax.kind !== 'gate') return [];
  return spot.syntax.qubits.map(({ text }) => ({
    label: text,
    kind: 'wire',
    detail: 'qubit of this gate',
  }));
}
