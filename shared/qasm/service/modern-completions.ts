import type { ParsedDocument } from '../document.ts';
import { builtInFunctions } from '../semantics3/functions.ts';
import type { Symbol3 } from '../semantics3/scope.ts';
import type { Token } from '../syntax/tokens.ts';
import { typeWords } from '../syntax3/words.ts';
import type { Completion } from './completions.ts';
import type { Spot } from './locate.ts';
import { describeSymbol, kindOfSymbol } from './modern.ts';
import { globalSymbols, type LocalName, localNamesAt } from './modern-scope.ts';

type Offer = Pick<Completion, 'label' | 'kind' | 'detail'> & { readonly text?: string };

/** More wires than these are not listed; their number can be typed. */
const maximumWires = 64;

const statementWords: readonly Offer[] = [
  ['qubit', 'qubits', 'qubit['],
  ['bit', 'classical bits', 'bit['],
  ['int', 'a signed integer', 'int['],
  ['uint', 'an unsigned integer', 'uint['],
  ['float', 'a real number', 'float['],
  ['angle', 'an angle', 'angle['],
  ['bool', 'true or false', 'bool '],
  ['complex', 'a complex number', 'complex['],
  ['duration', 'a time', 'duration '],
  ['array', 'an array', 'array['],
  ['const', 'a constant', 'const '],
  ['input', 'a value from outside', 'input '],
  ['output', 'a value to outside', 'output '],
  ['let', 'another name', 'let '],
  ['gate', 'a gate of your own', 'gate '],
  ['def', 'a subroutine', 'def '],
  ['extern', 'a function from outside', 'extern '],
  ['if', 'on a condition', 'if ('],
  ['else', 'otherwise', 'else '],
  ['for', 'a loop over values', 'for '],
  ['while', 'a loop on a condition', 'while ('],
  ['switch', 'by the value of an integer', 'switch ('],
  ['break', 'leave the loop', 'break;'],
  ['continue', 'next round', 'continue;'],
  ['return', 'leave the subroutine', 'return '],
  ['end', 'end the program', 'end;'],
  ['measure', 'qubits', 'measure '],
  ['reset', 'qubits to |0⟩', 'reset '],
  ['barrier', 'keep the order', 'barrier '],
  ['delay', 'wait', 'delay['],
  ['box', 'one timed block', 'box '],
  ['include', 'read another file', 'include "stdgates.inc";'],
].map(([label = '', detail = '', text = '']) => ({ label, kind: 'keyword', detail, text }));

const modifiers: readonly Offer[] = [
  ['ctrl', 'under a control', 'ctrl @ '],
  ['negctrl', 'under a control that wants 0', 'negctrl @ '],
  ['inv', 'the inverse', 'inv @ '],
  ['pow', 'a power', 'pow('],
].map(([label = '', detail = '', text = '']) => ({ label, kind: 'keyword', detail, text }));

const expressionWords: readonly Offer[] = [
  ...['pi', 'tau', 'euler', 'true', 'false'].map(
    (label): Offer => ({ label, kind: 'constant', detail: 'constant' }),
  ),
  ...builtInFunctions.map(
    (label): Offer => ({ label, kind: 'function', detail: 'function', text: `${label}(` }),
  ),
];

/** What fits at a place of an OpenQASM 3 program, the best first. */
export function modernOffers(
  document: ParsedDocument,
  spot: Spot,
  before: readonly Token[],
  offset: number,
): readonly Offer[] {
  const statement = sinceStart(before);
  const [first] = statement;
  const last = statement.at(-1);
  const names = new NamesHere(document, spot, offset);
  if (first === undefined || last === undefined) {
    const isBlank = spot.statement === 0 && before.length === 0;
    return [...(isBlank ? [versionLine] : []), ...names.starts()];
  }
  if (first.text === 'include') {
    return [{ label: '"stdgates.inc"', kind: 'file', detail: 'the standard gates' }];
  }
  if (last.kind === '@') return [...names.gates(), ...modifiers];
  if (last.kind === '[') return names.indices(statement.at(-2)?.text ?? '');
  if (declares(statement)) return [];
  if (last.kind === '->') return names.bits();
  if (openParentheses(statement) > 0 || last.kind === '=' || isOperator(last)) {
    const measured: Offer[] = last.kind === '=' ? [measureWord] : [];
    return [...measured, ...names.values()];
  }
  if (['measure', 'reset', 'barrier', 'delay'].includes(first.text)) return names.wires();
  if (first.text === 'return' || first.text === 'in') return names.values();
  if (last.kind === ')' && /^(?:if|while|for)$/.test(first.text)) return names.starts();
  if (last.kind === 'identifier' || last.kind === ',' || last.kind === ')' || last.kind === ']') {
    return names.wires();
  }
  return names.values();
}

const versionLine: Offer = {
  label: 'OPENQASM 3.0;',
  kind: 'keyword',
  detail: 'the version line',
  text: 'OPENQASM 3.0;\ninclude "stdgates.inc";\n',
};

const measureWord: Offer = {
  label: 'measure',
  kind: 'keyword',
  detail: 'qubits',
  text: 'measure ',
};

/** The tokens since the last `;`, or brace of a block. */
function sinceStart(before: readonly Token[]): readonly Token[] {
  const last = before.findLastIndex(({ kind }) => kind === ';' || kind === '{' || kind === '}');
  const isSet = before[last]?.kind !== ';' && /^(?:=|\[|\(|,)$/.test(before[last - 1]?.kind ?? '');
  return isSet ? sinceStart(before.slice(0, last)) : before.slice(last + 1);
}

function openParentheses(tokens: readonly Token[]): number {
  let depth = 0;
  for (const { kind } of tokens) {
    if (kind === '(') depth++;
    else if (kind === ')') depth--;
  }
  return depth;
}

function isOperator({ kind }: Token): boolean {
  return /^(?:[-+*/%<>^&|~!:]|==|!=|<=|>=|&&|\|\||\*\*|<<|>>|\+\+|.?=)$/.test(kind);
}

/** Whether a new name is being typed: behind a type, `gate`, `def` or `let`. */
function declares(statement: readonly Token[]): boolean {
  const words = statement.filter(({ kind }) => kind === 'identifier');
  const [first, second] = words;
  const last = statement.at(-1);
  if (first === undefined || last === undefined || openParentheses(statement) > 0) return false;
  if (['gate', 'def', 'extern', 'let'].includes(first.text)) return statement.length === 1;
  const head = ['const', 'input', 'output'].includes(first.text) ? second : first;
  const isType = head !== undefined && typeWords.has(head.text);
  return (
    isType && (last === head || last.kind === ']') && !statement.some(({ kind }) => kind === '=')
  );
}

class NamesHere {
  readonly #locals: readonly LocalName[];
  readonly #symbols: readonly Symbol3[];

  constructor(document: ParsedDocument, spot: Spot, offset: number) {
    this.#locals = localNamesAt(document, spot, offset).toReversed();
    const hidden = new Set(this.#locals.map(({ token }) => token.text));
    this.#symbols = globalSymbols(document, spot).filter(({ name }) => !hidden.has(name));
  }

  starts(): Offer[] {
    return [
      ...this.gates(),
      ...modifiers,
      ...statementWords,
      ...this.#callable(),
      ...this.#variables(),
      ...this.wires().filter(({ kind }) => kind === 'register'),
    ];
  }

  gates(): Offer[] {
    const gates = this.#symbols.flatMap((symbol): Offer[] => {
      if (symbol.kind !== 'gate') return [];
      const text = symbol.parameterCount > 0 ? `${symbol.name}(` : `${symbol.name} `;
      return [{ label: symbol.name, kind: 'gate', detail: describeSymbol(symbol), text }];
    });
    const own = gates.filter(({ detail }) => detail.startsWith('gate'));
    const standard = gates.filter(({ detail }) => !detail.startsWith('gate'));
    const universal: Offer = {
      label: 'U',
      kind: 'gate',
      detail: 'U(θ, φ, λ) on 1 qubit',
      text: 'U(',
    };
    const phase: Offer = {
      label: 'gphase',
      kind: 'gate',
      detail: 'a global phase',
      text: 'gphase(',
    };
    return [...own, ...standard, universal, phase];
  }

  #callable(): Offer[] {
    return this.#symbols.flatMap((symbol): Offer[] =>
      symbol.kind === 'subroutine'
        ? [
            {
              label: symbol.name,
              kind: 'function',
              detail: describeSymbol(symbol),
              text: `${symbol.name}(`,
            },
          ]
        : [],
    );
  }

  #variables(): Offer[] {
    const locals = this.#locals.flatMap(({ token, kind, detail }): Offer[] =>
      kind === 'qubit' ? [] : [{ label: token.text, kind: 'parameter', detail }],
    );
    const globals = this.#symbols.flatMap((symbol): Offer[] =>
      symbol.kind === 'variable' || symbol.kind === 'bit-alias'
        ? [{ label: symbol.name, kind: kindOfSymbol(symbol), detail: describeSymbol(symbol) }]
        : [],
    );
    return [...locals, ...globals];
  }

  values(): Offer[] {
    return [...this.#variables(), ...this.#callable(), ...expressionWords];
  }

  wires(): Offer[] {
    const locals = this.#locals.flatMap(({ token, kind, detail }): Offer[] =>
      kind === 'qubit' ? [{ label: token.text, kind: 'wire', detail }] : [],
    );
    const offers: Offer[] = [...locals];
    const registers = this.#symbols.filter((symbol) => symbol.kind === 'qubits');
    for (const symbol of registers) {
      offers.push({ label: symbol.name, kind: 'register', detail: describeSymbol(symbol) });
    }
    for (const { name, size, isRegister } of registers) {
      for (let i = 0; isRegister && i < size && offers.length < maximumWires; i++) {
        offers.push({ label: `${name}[${i}]`, kind: 'wire', detail: `qubit ${i} of ${name}` });
      }
    }
    return offers;
  }

  bits(): Offer[] {
    const offers: Offer[] = [];
    for (const symbol of this.#symbols) {
      if (symbol.kind !== 'variable' || symbol.type.kind !== 'bit') continue;
      offers.push({ label: symbol.name, kind: 'register', detail: describeSymbol(symbol) });
      for (let i = 0; symbol.type.isRegister && i < symbol.type.width; i++) {
        if (offers.length >= maximumWires) break;
        offers.push({
          label: `${symbol.name}[${i}]`,
          kind: 'wire',
          detail: `bit ${i} of ${symbol.name}`,
        });
      }
    }
    return offers;
  }

  indices(name: string): Offer[] {
    const symbol = this.#symbols.find((one) => one.name === name);
    const size =
      symbol?.kind === 'qubits'
        ? symbol.size
        : symbol?.kind === 'variable' && symbol.type.kind === 'bit'
          ? symbol.type.width
          : symbol?.kind === 'variable' && symbol.type.kind === 'array'
            ? (symbol.type.shape?.[0] ?? 0)
            : 0;
    const places = Array.from({ length: Math.min(Math.max(size, 0), maximumWires) }, (_, i) => ({
      label: String(i),
      kind: 'wire' as const,
      detail: `of ${size} in ${name}`,
    }));
    return [...places, ...this.#variables()];
  }
}
