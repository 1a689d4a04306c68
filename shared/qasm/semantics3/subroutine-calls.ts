import { AppError } from '../../base/errors.ts';
import type { Expression3 } from '../syntax3/nodes.ts';
import { compileExpression, convertCode } from './code.ts';
import type { Memory } from './memory.ts';
import { reportUndeclared } from './names.ts';
import type { Code, Step, WireCode } from './program-steps.ts';
import { type Context, newSlot, type SubroutineSymbol } from './scope.ts';
import { bitsType, bitType, isScalar, nameOfType, type Type } from './types.ts';
import type { ArrayView } from './values.ts';
import { compileWires } from './wires.ts';

/** `measure q` as a value: the outcome is put into a variable of its own before the statement. */
export function compileMeasurement(
  context: Context,
  syntax: Expression3 & { readonly kind: 'measure' },
): Code | null {
  if (context.place === 'gate') {
    const message = 'A gate cannot measure. Use a subroutine (“def”) instead.';
    return context.reporter.error('not-in-gate', message, syntax);
  }
  const wires = compileWires(context, syntax.operand);
  if (wires === null) return null;
  const slot = newSlot(context);
  const size = Math.max(wires.size, 1);
  const type = wires.isRegister ? bitsType(wires.size) : bitType;
  const place = { start: syntax.start, end: syntax.end };
  const cells = (memory: Memory) => {
    memory.slots[slot] ??= 0n;
    const count = wires.size < 0 ? wires.run(memory).length : size;
    return Array.from({ length: count }, (_, bit) => ({ slot, bit }));
  };
  context.pending.push({ kind: 'measure', wires, cells, writes: [slot], ...place });
  return { type, run: (memory) => memory.read(slot), ...place };
}

/** A call of a subroutine: its body runs before the statement that the call stands in. */
export function compileSubroutineCall(
  context: Context,
  syntax: Expression3 & { readonly kind: 'call' },
): Code | null {
  const name = syntax.name.text;
  const symbol = context.scope.find(name);
  if (symbol === null) return reportUndeclared(context, name, syntax.name);
  if (symbol.kind !== 'subroutine') {
    const message = `“${name}” cannot be called like this: it is a ${symbol.kind}.`;
    return context.reporter.error('wrong-kind', message, syntax.name);
  }
  if (context.place === 'gate') {
    const message = 'A gate cannot call a subroutine.';
    return context.reporter.error('not-in-gate', message, syntax);
  }
  return callSubroutine(context, symbol, syntax.arguments, syntax);
}

/** The steps of a call; also for `name q;`, as older programs write it. */
export function callSubroutine(
  context: Context,
  symbol: SubroutineSymbol,
  given: readonly Expression3[],
  place: { readonly start: number; readonly end: number },
): Code | null {
  const { name, parameters, body } = symbol;
  if (given.length !== parameters.length) {
    const message = `“${name}” takes ${parameters.length} arguments, but ${given.length} came.`;
    return context.reporter.error('wrong-parameter-count', message, place);
  }
  if (body === null && !symbol.isExtern) {
    const message = `“${name}” calls itself. A subroutine can call only those declared before it.`;
    return context.reporter.error('recursive-call', message, place);
  }
  const moves: ((memory: Memory) => void)[] = [];
  for (const [i, parameter] of parameters.entries()) {
    const move = passArgument(context, given[i] as Expression3, parameter);
    if (move === null) return null;
    moves.push(move);
  }
  const { start, end } = place;
  // An array that is passed to be changed belongs to the caller.
  const passed = given.map((one, i) =>
    parameters[i]?.type.kind === 'array' ? arrayIn(context, one) : null,
  );
  const writes = [...parameters.map(({ slot }) => slot), ...passed.filter((one) => one !== null)];
  const run = (memory: Memory): void => moves.forEach((move) => move(memory));
  const steps: Step[] = [{ kind: 'run', run, writes, start, end }];
  if (body === null) {
    const message = `“${name}” is an extern: it is computed outside of the program, and nothing is bound to it here.`;
    context.reporter.warn('unbound-extern', message, place);
    steps.push({ kind: 'refuse', message, start, end });
  } else {
    const call = { body, locals: symbol.locals, isCall: true, callee: name } as const;
    steps.push({ kind: 'block', ...call, start, end });
  }
  context.pending.push(...steps);
  if (!isScalar(symbol.result)) return { type: symbol.result, run: () => undefined, start, end };
  const slot = newSlot(context);
  context.pending.push({
    kind: 'run',
    run: (memory) => {
      memory.slots[slot] = memory.read(symbol.resultSlot);
    },
    writes: [slot],
    start,
    end,
  });
  return { type: symbol.result, run: (memory) => memory.read(slot), start, end };
}

/** The slot of the array that an argument is, or is a part of. */
function arrayIn(context: Context, syntax: Expression3): number | null {
  let at = syntax;
  while (at.kind === 'index') at = at.base;
  const symbol = at.kind === 'name' ? context.scope.find(at.token.text) : null;
  return symbol?.kind === 'variable' ? symbol.slot : null;
}

/** What puts an argument into the slot of its parameter. */
function passArgument(
  context: Context,
  syntax: Expression3,
  parameter: SubroutineSymbol['parameters'][number],
): ((memory: Memory) => void) | null {
  const { type, slot } = parameter;
  if (type.kind === 'qubit') {
    const wires = compileWires(context, syntax);
    if (wires === null || !fits(context, wires, type)) return null;
    return (memory) => {
      const passed = wires.run(memory);
      if (passed.length !== type.width) {
        throw new AppError(
          'bad-input',
          `${type.width} qubits were expected, but ${passed.length} came.`,
        );
      }
      memory.slots[slot] = passed;
    };
  }
  const code = compileExpression(context, syntax);
  if (code === null) return null;
  if (type.kind === 'array') return passArray(context, code, type, slot);
  const value = isScalar(type) ? convertCode(context, code, type) : null;
  if (value === null) return null;
  return (memory) => {
    memory.slots[slot] = value.run(memory);
  };
}

function fits(context: Context, wires: WireCode, type: Type & { kind: 'qubit' }): boolean {
  if (wires.size < 0 || wires.size === type.width) return true;
  const message = `${nameOfType(type)} was expected, but ${wires.size} qubits came.`;
  context.reporter.error('wrong-qubit-count', message, wires);
  return false;
}

function passArray(
  context: Context,
  code: Code,
  type: Type & { kind: 'array' },
  slot: number,
): ((memory: Memory) => void) | null {
  const from = code.type;
  const isSameShape =
    from.kind === 'array' &&
    from.rank === type.rank &&
    (type.shape === null || from.shape === null || type.shape.join() === from.shape.join());
  if (from.kind !== 'array' || !isSameShape || nameOfType(from.item) !== nameOfType(type.item)) {
    const message = `${nameOfType(type)} was expected, but ${nameOfType(from)} came.`;
    return context.reporter.error('wrong-type', message, code);
  }
  if (from.isReadonly && !type.isReadonly) {
    const message = 'A readonly array cannot be passed where it may be changed.';
    return context.reporter.error('assign-to-constant', message, code);
  }
  return (memory) => {
    const view = code.run(memory) as ArrayView;
    memory.slots[slot] = view;
  };
}
