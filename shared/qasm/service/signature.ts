import { gateById } from '../../gates/registry.ts';
import type { ParsedDocument } from '../document.ts';
import { builtInFunctions } from '../semantics3/functions.ts';
import { nameOfType } from '../semantics3/types.ts';
import type { Token } from '../syntax/tokens.ts';
import { type Spot, spotAt } from './locate.ts';
import { globalSymbol } from './modern-scope.ts';

/** What a call takes, and which of it is being typed. */
export interface Signature {
  readonly label: string;
  readonly summary: string;
  /** Each a stretch [start, end) of the label. */
  readonly parameters: readonly { readonly start: number; readonly end: number }[];
  /** Index in `parameters`. */
  readonly active: number;
}

/** The signature of the call around the offset; null where there is none. */
export function signatureAt(document: ParsedDocument, offset: number): Signature | null {
  const spot = spotAt(document, offset);
  const before = spot.tokens.filter((token) => spot.base + token.end <= offset);
  const open = openCall(before);
  if (open !== null) {
    const facts = factsOf(document, spot, open.name.text);
    return facts === null ? null : signatureOf(open.name.text, facts, open.commas, false);
  }
  const call = operandsOf(before);
  const facts = call === null ? null : factsOf(document, spot, call.name.text);
  if (call === null || facts === null || facts.qubits.length === 0) return null;
  return signatureOf(call.name.text, facts, call.commas, true);
}

interface Facts {
  readonly angles: readonly string[];
  readonly qubits: readonly string[];
  readonly summary: string;
}

function signatureOf(
  name: string,
  { angles, qubits, summary }: Facts,
  at: number,
  isBehind: boolean,
): Signature {
  const hasHead = angles.length > 0 || qubits.length === 0;
  const parts: string[] = [name, hasHead ? '(' : ' '];
  const parameters: { start: number; end: number }[] = [];
  let length = name.length + 1;
  const add = (list: readonly string[]): void => {
    list.forEach((one, i) => {
      const lead = i === 0 ? '' : ', ';
      parts.push(lead, one);
      parameters.push({ start: length + lead.length, end: length + lead.length + one.length });
      length += lead.length + one.length;
    });
  };
  add(angles);
  if (hasHead) {
    const close = qubits.length === 0 ? ')' : ') ';
    parts.push(close);
    length += close.length;
  }
  add(qubits);
  const first = isBehind ? angles.length : 0;
  const active = Math.min(first + at, Math.max(parameters.length - 1, 0));
  return { label: parts.join(''), summary, parameters, active };
}

/** The name before the parenthesis that is still open, and the commas since. */
function openCall(
  before: readonly Token[],
): { readonly name: Token; readonly commas: number } | null {
  let depth = 0;
  let commas = 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const { kind } = before[i] as Token;
    if (kind === ';') return null;
    if (kind === ')' || kind === ']') depth++;
    else if (kind === '[') depth--;
    else if (kind === ',' && depth === 0) commas++;
    else if (kind === '(' && depth-- === 0) {
      const name = before[i - 1];
      return name?.kind === 'identifier' ? { name, commas } : null;
    }
  }
  return null;
}

/** A gate whose qubits are being typed: `cx q[0], |`. */
function operandsOf(
  before: readonly Token[],
): { readonly name: Token; readonly commas: number } | null {
  const start =
    before.findLastIndex(({ kind }) => kind === ';' || kind === '{' || kind === '}') + 1;
  const at = Math.max(start, before.findLastIndex(({ kind }) => kind === '@') + 1);
  const name = before[at];
  if (name?.kind !== 'identifier') return null;
  let depth = 0;
  let commas = 0;
  for (const { kind } of before.slice(at + 1)) {
    if (kind === '(' || kind === '[') depth++;
    else if (kind === ')' || kind === ']') depth--;
    else if (kind === ',' && depth === 0) commas++;
    else if (kind === '=' || kind === '->') return null;
  }
  return { name, commas };
}

function factsOf(document: ParsedDocument, spot: Spot, name: string): Facts | null {
  const gate =
    document.language === 3 ? modernGate(document, spot, name) : oldGate(document, spot, name);
  if (gate !== null) return gate;
  if (document.language === 2) {
    return ['sin', 'cos', 'tan', 'exp', 'ln', 'sqrt'].includes(name)
      ? { angles: ['x'], qubits: [], summary: 'A function of a real number.' }
      : null;
  }
  const symbol = globalSymbol(document, spot, name);
  if (symbol?.kind === 'subroutine') {
    const angles = symbol.parameters.map(({ syntax, type }) => {
      const given = syntax.name?.text;
      return given === undefined ? nameOfType(type) : `${nameOfType(type)} ${given}`;
    });
    return { angles, qubits: [], summary: `Gives ${nameOfType(symbol.result)}.` };
  }
  if (symbol !== null || !builtInFunctions.includes(name)) return null;
  const two: Readonly<Record<string, readonly string[]>> = {
    mod: ['a', 'b'],
    pow: ['base', 'exponent'],
    rotl: ['bits', 'places'],
    rotr: ['bits', 'places'],
    sizeof: ['array', 'dimension'],
  };
  return { angles: two[name] ?? ['x'], qubits: [], summary: 'A function of the language.' };
}

function builtInFacts(id: string): Facts | null {
  const gate = gateById(id);
  if (gate === null) return null;
  const qubits = Array.from({ length: gate.qubitCount }, (_, i) =>
    i < gate.controlCount
      ? `control${gate.controlCount > 1 ? i : ''}`
      : `q${i - gate.controlCount}`,
  );
  return { angles: gate.parameterNames, qubits, summary: gate.summary };
}

function modernGate(document: ParsedDocument, spot: Spot, name: string): Facts | null {
  if (name === 'U') return builtInFacts('u');
  const symbol = globalSymbol(document, spot, name);
  if (symbol?.kind !== 'gate') return null;
  if (!symbol.isUserDefined) return builtInFacts(symbol.gate);
  const own = document.modern?.program.state.definitions.find((one) => one.name === name);
  return own === undefined
    ? null
    : { angles: own.parameterNames, qubits: own.qubitNames, summary: 'A gate of this program.' };
}

function oldGate(document: ParsedDocument, spot: Spot, name: string): Facts | null {
  const thing = spot.environment?.find(name);
  if (thing?.kind !== 'gate') return null;
  if (!thing.isUserDefined) return builtInFacts(thing.gate);
  const own = document.program?.meanings
    .flatMap(({ additions }) => additions.definitions)
    .find((one) => one.name === name);
  return own === undefined
    ? null
    : { angles: own.parameterNames, qubits: own.qubitNames, summary: 'A gate of this program.' };
}
