import type { Expression3 } from '../syntax3/nodes.ts';
import { spend } from './budget.ts';
import { compileSelection } from './indexing.ts';
import type { Memory, Wires } from './memory.ts';
import { isHidden, reportHidden, reportUndeclared } from './names.ts';
import type { WireCode } from './program-steps.ts';
import type { Context, QubitsSymbol } from './scope.ts';

/** The qubits that an operand names; null with a problem where it names none. */
export function compileWires(context: Context, syntax: Expression3): WireCode | null {
  switch (syntax.kind) {
    case 'name':
      return namedWires(context, syntax);
    case 'index':
      return indexedWires(context, syntax);
    case 'binary':
      if (syntax.operator === '++') return joinedWires(context, syntax.left, syntax.right, syntax);
      break;
    default:
      break;
  }
  const message = 'A qubit or a quantum register was expected here, such as q or q[0].';
  return context.reporter.error('wrong-kind', message, syntax);
}

export function wiresOf(
  place: { readonly start: number; readonly end: number },
  text: string,
  wires: Pick<WireCode, 'size' | 'isRegister' | 'run'> & { readonly fixed?: Wires | undefined },
): WireCode {
  const { size, isRegister, run, fixed } = wires;
  const base = { start: place.start, end: place.end, text, size, isRegister };
  return fixed === undefined ? { ...base, run } : { ...base, run: () => fixed, fixed };
}

function namedWires(context: Context, syntax: Expression3 & { kind: 'name' }): WireCode | null {
  const name = syntax.token.text;
  if (name.startsWith('$')) {
    if (context.place !== 'gate') return symbolWires(context.state.hardwareQubit(name), syntax);
    const message = 'A gate acts on the qubits it is called with, not on physical ones.';
    return context.reporter.error('not-in-gate', message, syntax);
  }
  const symbol = context.scope.find(name);
  if (symbol === null) return reportUndeclared(context, name, syntax);
  if (symbol.kind === 'qubits') {
    return isHidden(context, name)
      ? reportHidden(context, name, syntax)
      : symbolWires(symbol, syntax);
  }
  const what =
    symbol.kind === 'variable' || symbol.kind === 'bit-alias'
      ? 'a classical variable'
      : `a ${symbol.kind}`;
  const message = `“${name}” is ${what}; a qubit or a quantum register was expected here.`;
  return context.reporter.error('wrong-kind', message, syntax);
}

function symbolWires(
  symbol: QubitsSymbol,
  place: { readonly start: number; readonly end: number },
): WireCode {
  const { size, isRegister, fixed, slot, name } = symbol;
  const run = (memory: Memory): Wires => memory.read(slot) as Wires;
  return wiresOf(place, name, { size, isRegister, run, fixed });
}

function indexedWires(context: Context, syntax: Expression3 & { kind: 'index' }): WireCode | null {
  const base = compileWires(context, syntax.base);
  const [index, more] = syntax.indices;
  if (base === null || index === undefined) return null;
  if (more !== undefined) {
    const message = `One index is enough here; ${syntax.indices.length} came.`;
    return context.reporter.error('too-many-indices', message, more);
  }
  if (!base.isRegister) {
    const message = `“${base.text}” is a single qubit and has no index.`;
    return context.reporter.error('wrong-kind', message, syntax);
  }
  const selection = compileSelection(context, index, base.size, `“${base.text}”`);
  if (selection === null) return null;
  const isOne = selection.kind === 'one';
  const run = (memory: Memory): Wires => {
    const wires = base.run(memory);
    const places = selection.run(memory, wires.length);
    return (typeof places === 'number' ? [places] : places).map((place) => wires[place] as number);
  };
  const { fixed } = base;
  const places = typeof selection.fixed === 'number' ? [selection.fixed] : selection.fixed;
  const known =
    fixed === undefined || places === null
      ? undefined
      : places.map((place) => fixed[place] as number);
  if (places !== undefined && places !== null && new Set(places).size < places.length) {
    const message = 'A qubit comes twice in this set. Name each one once.';
    return context.reporter.error('duplicate-qubit', message, index);
  }
  const size = isOne ? 1 : (places?.length ?? -1);
  const suffix = typeof selection.fixed === 'number' ? `[${selection.fixed}]` : '[…]';
  return wiresOf(syntax, base.text + suffix, { size, isRegister: !isOne, run, fixed: known });
}

function joinedWires(
  context: Context,
  left: Expression3,
  right: Expression3,
  place: Expression3,
): WireCode | null {
  const first = compileWires(context, left);
  const second = compileWires(context, right);
  if (first === null || second === null) return null;
  const size = first.size < 0 || second.size < 0 ? -1 : first.size + second.size;
  const run = (memory: Memory): Wires => [...first.run(memory), ...second.run(memory)];
  const fixed =
    first.fixed === undefined || second.fixed === undefined
      ? undefined
      : [...first.fixed, ...second.fixed];
  if (fixed !== undefined && new Set(fixed).size < fixed.length) {
    const message = 'A qubit comes twice in what is joined here.';
    return context.reporter.error('duplicate-qubit', message, place);
  }
  if (!spend(context, fixed?.length ?? 0, place)) return null;
  return wiresOf(place, `${first.text} ++ ${second.text}`, { size, isRegister: true, run, fixed });
}
