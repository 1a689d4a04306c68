import { gateById } from '../../gates/registry.ts';
import type { Symbol3 } from '../semantics3/scope.ts';
import { nameOfType } from '../semantics3/types.ts';
import type { StatementSyntax } from '../syntax/nodes.ts';
import type { Token } from '../syntax/tokens.ts';

/** How an editor marks a name. */
export function kindOfSymbol(symbol: Symbol3): 'gate' | 'function' | 'register' | 'parameter' {
  switch (symbol.kind) {
    case 'gate':
      return 'gate';
    case 'subroutine':
      return 'function';
    case 'variable':
      return symbol.type.kind === 'bit' ? 'register' : 'parameter';
    default:
      return 'register';
  }
}

/** Type, value or signature of a name. */
export function describeSymbol(symbol: Symbol3): string {
  switch (symbol.kind) {
    case 'variable': {
      const { constant, type } = symbol;
      const value = typeof constant === 'object' ? `${constant.re} + ${constant.im}im` : constant;
      return value === undefined ? nameOfType(type) : `const ${nameOfType(type)} = ${value}`;
    }
    case 'qubits':
      return symbol.isRegister ? `qubit[${symbol.size}]` : 'qubit';
    case 'bit-alias':
      return `another name for ${nameOfType(symbol.type)}`;
    case 'gate': {
      const title = symbol.isUserDefined ? null : gateById(symbol.gate)?.title;
      const counts = `${countOf(symbol.parameterCount, 'parameter')}, ${countOf(symbol.qubitCount, 'qubit')}`;
      return title === null || title === undefined ? `gate: ${counts}` : `${title}: ${counts}`;
    }
    case 'subroutine': {
      const parameters = symbol.parameters.map(({ type }) => nameOfType(type)).join(', ');
      return `def (${parameters}) -> ${nameOfType(symbol.result)}`;
    }
  }
}

/** The name that a statement of OpenQASM 3 declares at the top of the program. */
export function modernName(syntax: StatementSyntax): Token | null {
  if (syntax.kind !== 'modern') return null;
  const { statement } = syntax;
  switch (statement.kind) {
    case 'declaration':
    case 'gate':
    case 'def':
    case 'alias':
      return statement.name;
    default:
      return null;
  }
}

function countOf(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
