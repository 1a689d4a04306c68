import type { Expression3, Statement3 } from '../syntax3/nodes.ts';
import type { Cell, Content, Memory } from './memory.ts';
import { spend } from './budget.ts';
import { isFree } from './names.ts';
import { maximumWidth } from './type-syntax.ts';
import { type Context, newSlot } from './scope.ts';
import { compileTarget } from './targets.ts';
import { bitsType, isScalar, type Type } from './types.ts';
import { compileWires } from './wires.ts';

/** `let name = …;` for qubits, bits and arrays. */
export function compileAlias(context: Context, syntax: Statement3 & { kind: 'alias' }): void {
  const { start, end } = syntax;
  const name = syntax.name.text;
  if (!isFree(context, syntax.name)) return;
  const physical = physicalIn(syntax.value);
  if (physical !== null) {
    const message =
      'A physical qubit has its number as its only name; “let” cannot give it another one.';
    context.reporter.error('alias-of-physical', message, physical);
    return;
  }
  const first = firstName(syntax.value);
  const symbol = first === null ? null : context.scope.find(first);
  const slot = newSlot(context);
  if (symbol?.kind === 'qubits' || symbol === null) {
    const wires = compileWires(context, syntax.value);
    if (wires === null) return;
    const { size, isRegister, fixed } = wires;
    const base = { kind: 'qubits', name, slot, size, isRegister } as const;
    context.scope.add(fixed === undefined ? base : { ...base, fixed });
    const run = (memory: Memory): void => {
      memory.slots[slot] = wires.run(memory);
    };
    if (fixed === undefined) context.pending.push({ kind: 'run', run, writes: [slot], start, end });
    return;
  }
  const bits = aliasedBits(context, syntax.value);
  if (bits === null) return;
  const { type, cells } = bits;
  const run = (memory: Memory): void => {
    memory.slots[slot] = cells(memory);
  };
  if (type.kind === 'array') {
    context.scope.add({ kind: 'variable', name, slot, type, isConst: false, isParameter: false });
  } else if (isScalar(type)) {
    context.scope.add({ kind: 'bit-alias', name, slot, type, slots: bits.slots });
  }
  context.pending.push({ kind: 'run', run, writes: [slot], start, end });
}

/** The first physical qubit that is named, such as `$0`. */
function physicalIn(syntax: Expression3): Expression3 | null {
  switch (syntax.kind) {
    case 'name':
      return syntax.token.text.startsWith('$') ? syntax : null;
    case 'index':
      return physicalIn(syntax.base);
    case 'binary':
      return physicalIn(syntax.left) ?? physicalIn(syntax.right);
    default:
      return null;
  }
}

function firstName(syntax: Expression3): string | null {
  let at: Expression3 = syntax;
  for (;;) {
    if (at.kind === 'name') return at.token.text;
    if (at.kind === 'index') at = at.base;
    else if (at.kind === 'binary') at = at.left;
    else return null;
  }
}

interface AliasedBits {
  readonly type: Type;
  readonly cells: (memory: Memory) => Content;
  readonly slots: readonly number[];
}

function aliasedBits(context: Context, syntax: Expression3): AliasedBits | null {
  if (syntax.kind === 'binary' && syntax.operator === '++') {
    const left = aliasedBits(context, syntax.left);
    const right = aliasedBits(context, syntax.right);
    if (left === null || right === null) return null;
    const [a, b] = [left.type, right.type];
    if (a.kind !== 'bit' || b.kind !== 'bit') {
      return context.reporter.error('wrong-type', 'Only bits and qubits can be joined.', syntax);
    }
    const width = a.width < 0 || b.width < 0 ? -1 : a.width + b.width;
    if (width > maximumWidth) {
      const message = `${width} bits are more than a register may have; the most is ${maximumWidth}.`;
      return context.reporter.error('register-too-large', message, syntax);
    }
    if (!spend(context, Math.max(width, 1), syntax)) return null;
    const cells = (memory: Memory): Content => [
      ...(left.cells(memory) as readonly Cell[]),
      ...(right.cells(memory) as readonly Cell[]),
    ];
    return { type: bitsType(width), cells, slots: [...left.slots, ...right.slots] };
  }
  const target = compileTarget(context, syntax);
  if (target === null) return null;
  if (target.type.kind === 'array') {
    return { type: target.type, cells: target.load, slots: target.slots };
  }
  const listed = 'width' in target.type ? Math.max(target.type.width, 1) : 1;
  if (!spend(context, listed, syntax)) return null;
  if (target.cells !== null) return { type: target.type, cells: target.cells, slots: target.slots };
  return context.reporter.error(
    'wrong-type',
    'Only qubits, bits and arrays can have another name.',
    syntax,
  );
}
