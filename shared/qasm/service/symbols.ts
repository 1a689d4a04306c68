import type { ParsedDocument } from '../document.ts';
import type { StatementSyntax } from '../syntax/nodes.ts';
import type { Token } from '../syntax/tokens.ts';
import type { Statement3, TypeSyntax } from '../syntax3/nodes.ts';

/** Something that the program declares, for an outline. */
export interface DocumentSymbol {
  readonly name: string;
  readonly kind: 'register' | 'gate' | 'subroutine' | 'constant' | 'variable';
  readonly detail: string;
  /** The whole declaration, and the name in it. */
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
}

type Found = Pick<DocumentSymbol, 'kind' | 'detail'> & { readonly name: Token };

/** What the program declares at its top, in order. */
export function documentSymbols(document: ParsedDocument): readonly DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  document.tree.statements.forEach(({ syntax }, i) => {
    const base = document.tree.starts[i] as number;
    const textOf = (type: TypeSyntax): string =>
      document.text.slice(base + type.start, base + type.end);
    const found = syntax.kind === 'modern' ? modern(syntax.statement, textOf) : old(syntax);
    if (found === null) return;
    const { name, kind, detail } = found;
    symbols.push({
      name: name.text,
      kind,
      detail,
      start: base + syntax.start,
      end: base + syntax.end,
      nameStart: base + name.start,
      nameEnd: base + name.end,
    });
  });
  return symbols;
}

function names(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(', ');
}

function old(syntax: StatementSyntax): Found | null {
  if (syntax.kind === 'register') {
    const word = syntax.of === 'qubit' ? 'qreg' : 'creg';
    return { name: syntax.name, kind: 'register', detail: `${word} [${syntax.size.text}]` };
  }
  if (syntax.kind !== 'gate') return null;
  const angles = syntax.parameters.length === 0 ? '' : `(${names(syntax.parameters)}) `;
  return { name: syntax.name, kind: 'gate', detail: angles + names(syntax.qubits) };
}

function modern(statement: Statement3, textOf: (type: TypeSyntax) => string): Found | null {
  switch (statement.kind) {
    case 'declaration': {
      const { type, modifier, name } = statement;
      const words = modifier === null ? textOf(type) : `${modifier} ${textOf(type)}`;
      const isRegister = type.name === 'qubit' || type.name === 'bit';
      const kind = modifier === 'const' ? 'constant' : isRegister ? 'register' : 'variable';
      return { name, kind, detail: words };
    }
    case 'alias':
      return { name: statement.name, kind: 'variable', detail: 'another name' };
    case 'gate': {
      const angles = statement.parameters.length === 0 ? '' : `(${names(statement.parameters)}) `;
      return { name: statement.name, kind: 'gate', detail: angles + names(statement.qubits) };
    }
    case 'def': {
      const parameters = statement.parameters.map(({ type }) => textOf(type)).join(', ');
      const result = statement.result === null ? '' : ` -> ${textOf(statement.result)}`;
      return { name: statement.name, kind: 'subroutine', detail: `(${parameters})${result}` };
    }
    default:
      return null;
  }
}
