import type { Statement3 } from '../syntax3/nodes.ts';
import { compileAlias } from './aliases.ts';
import { compileAssignment, compileDeclaration } from './assignments.ts';
import { compileGate, compileSubroutine } from './definitions.ts';
import { compileCondition, compileExpression, compileScalar, convertCode } from './code.ts';
import { checkBox, compileDuration } from './durations.ts';
import { checkOperands, compileGateCall } from './gate-calls.ts';
import { loopValues } from './loops.ts';
import { compileMeasure } from './measurements.ts';
import type { Code, Step, WireCode } from './program-steps.ts';
import { type Context, inside, newSlot, Scope } from './scope.ts';
import { resolveScalarType } from './type-syntax.ts';
import { intType, isScalar, nameOfType } from './types.ts';
import { compileWires } from './wires.ts';
import type { CaseSyntax, Expression3, ForSyntax } from '../syntax3/nodes.ts';

const inGates: ReadonlySet<string> = new Set([
  'call',
  'barrier',
  'for',
  'block',
  'box',
  'delay',
  'nop',
  'broken',
  'empty',
  'end',
  'pragma',
]);

/** Adds the steps of a statement to `context.pending`; faults are reported. */
export function compileStatement(context: Context, syntax: Statement3): void {
  if (context.state.isSpent) return;
  if (context.place === 'gate' && !inGates.has(syntax.kind)) {
    const message = `A gate can hold only calls of gates, loops and barriers; “${syntax.kind === 'stop' ? 'end' : syntax.kind}” cannot stand here. Use a subroutine (“def”).`;
    context.reporter.error('not-in-gate', message, syntax);
    return;
  }
  const steps = context.pending;
  const { start, end } = syntax;
  switch (syntax.kind) {
    case 'declaration':
      compileDeclaration(context, syntax);
      return;
    case 'assignment':
      compileAssignment(context, syntax);
      return;
    case 'alias':
      compileAlias(context, syntax);
      return;
    case 'measure':
      compileMeasure(context, syntax.source, syntax.target, syntax);
      return;
    case 'gate':
      compileGate(context, syntax);
      return;
    case 'def':
      compileSubroutine(context, syntax);
      return;
    case 'call': {
      const step = compileGateCall(context, syntax);
      if (step !== null) steps.push(step);
      return;
    }
    case 'reset': {
      const wires = compileWires(context, syntax.operand);
      if (wires !== null) steps.push({ kind: 'reset', wires, start, end });
      return;
    }
    case 'barrier':
    case 'delay':
      compileIdle(context, syntax);
      return;
    case 'block':
      steps.push(blockOf(context, syntax.body, syntax));
      return;
    case 'box':
      compileBox(context, syntax);
      return;
    case 'expression':
      compileExpression(context, syntax.value);
      return;
    case 'if':
    case 'while':
    case 'for':
    case 'switch':
      compileControl(context, syntax);
      return;
    case 'return':
    case 'break':
    case 'continue':
    case 'stop':
      compileJump(context, syntax);
      return;
    case 'include':
    case 'version':
      context.reporter.error(
        'not-global',
        `“${syntax.kind}” stands only at the top of a program.`,
        syntax,
      );
      return;
    default:
  }
}

function compileIdle(context: Context, syntax: Statement3 & { kind: 'barrier' | 'delay' }): void {
  const { start, end, operands } = syntax;
  const wires = operands.map((operand) => compileWires(context, operand));
  const sound = wires.filter((one): one is WireCode => one !== null);
  if (sound.length < wires.length) return;
  const all = sound.length === 0 ? null : sound;
  if (syntax.kind === 'barrier') {
    context.pending.push({ kind: 'barrier', wires: all, start, end });
    return;
  }
  const duration = compileDuration(context, syntax.duration);
  if (duration === null || !checkOperands(context, sound)) return;
  context.pending.push({ kind: 'delay', label: 'delay', wires: all, duration, start, end });
}

function compileBox(context: Context, syntax: Statement3 & { kind: 'box' }): void {
  const block = blockOf(context, syntax.body, syntax);
  const duration = syntax.duration === null ? null : compileDuration(context, syntax.duration);
  if (block.kind !== 'block') return;
  if (duration === null) {
    context.pending.push({ ...block, isBox: true });
    return;
  }
  checkBox(context, duration, block.body, syntax.duration ?? syntax);
  context.pending.push({ ...block, isBox: true, duration });
}

/** Statements with names of their own. */
function blockOf(
  context: Context,
  body: readonly Statement3[],
  place: { readonly start: number; readonly end: number },
  scope = new Scope(context.scope),
  changes: Partial<Context> = {},
): Step {
  const pending: Step[] = [];
  const inner = inside(context, { scope, pending, isGlobal: false, ...changes });
  for (const statement of body) compileStatement(inner, statement);
  const { start, end } = place;
  return { kind: 'block', body: pending, locals: scope.locals, isCall: false, start, end };
}

function compileControl(
  context: Context,
  syntax: Statement3 & { kind: 'if' | 'while' | 'for' | 'switch' },
): void {
  const { start, end } = syntax;
  switch (syntax.kind) {
    case 'if': {
      const condition = compileCondition(context, syntax.condition);
      const body = blockOf(context, syntax.body, syntax);
      const otherwise =
        syntax.otherwise === null ? [] : [blockOf(context, syntax.otherwise, syntax)];
      if (condition === null) return;
      context.pending.push({ kind: 'if', condition, body: [body], otherwise, start, end });
      return;
    }
    case 'while': {
      const before: Step[] = [];
      const condition = compileCondition(inside(context, { pending: before }), syntax.condition);
      const body = blockOf(context, syntax.body, syntax, undefined, { isInLoop: true });
      if (condition === null) return;
      context.pending.push({ kind: 'while', before, condition, body: [body], start, end });
      return;
    }
    case 'for':
      compileFor(context, syntax);
      return;
    case 'switch':
      compileSwitch(context, syntax);
  }
}

function compileFor(context: Context, syntax: ForSyntax): void {
  const type = resolveScalarType(context, syntax.type);
  const values = type === null ? null : loopValues(context, syntax.values, type);
  const scope = new Scope(context.scope);
  const slot = newSlot(inside(context, { scope }));
  scope.add({
    kind: 'variable',
    name: syntax.name.text,
    slot,
    type: type ?? intType,
    isConst: false,
    isParameter: false,
  });
  const body = blockOf(context, syntax.body, syntax, scope, { isInLoop: true });
  if (values === null || body.kind !== 'block') return;
  const { start, end } = syntax;
  // The loop variable lives as long as the loop, not as one of its rounds.
  const inner: Step = { ...body, locals: body.locals.filter((one) => one !== slot) };
  context.scope.locals.push(slot);
  const name = syntax.name.text;
  context.pending.push({ kind: 'for', name, slot, values, body: [inner], start, end });
}

function compileSwitch(context: Context, syntax: Statement3 & { kind: 'switch' }): void {
  const subject = compileScalar(context, syntax.subject);
  const whole = subject === null ? null : wholeOf(context, subject, syntax.subject);
  checkCases(context, syntax);
  const cases: { labels: readonly bigint[]; body: readonly Step[] }[] = [];
  let otherwise: readonly Step[] = [];
  const seen = new Set<bigint>();
  for (const one of syntax.cases) {
    const body = [blockOf(context, one.body, one)];
    if (one.labels.length === 0) otherwise = body;
    else cases.push({ labels: one.labels.flatMap((label) => labelOf(context, label, seen)), body });
  }
  if (whole === null) return;
  const { start, end } = syntax;
  context.pending.push({ kind: 'switch', subject: whole, cases, otherwise, start, end });
}

/** What a switch chooses by is an integer as it stands; nothing else is converted to one. */
function wholeOf(context: Context, subject: Code, syntax: Expression3): Code | null {
  const { kind } = subject.type;
  if (kind === 'int' || kind === 'uint') return subject;
  const message = `A switch chooses by an integer, but this is ${nameOfType(subject.type)}. Convert it: int(…).`;
  context.reporter.error('wrong-type', message, syntax);
  return null;
}

/** At least one case, and one default, which is the last. */
function checkCases(context: Context, { cases, subject }: Statement3 & { kind: 'switch' }): void {
  const isDefault = (one: CaseSyntax): boolean => one.labels.length === 0;
  if (cases.every(isDefault)) {
    const message = 'A switch has at least one “case”.';
    context.reporter.error('missing-case', message, cases[0] ?? subject);
    return;
  }
  const early = cases.slice(0, -1).find(isDefault);
  if (early === undefined) return;
  const message = 'A switch has one “default” at most, after every “case”.';
  context.reporter.error('misplaced-default', message, early);
}

function labelOf(context: Context, syntax: Expression3, seen: Set<bigint>): bigint[] {
  const code = compileScalar(context, syntax);
  if (code === null) return [];
  const isWhole = code.type.kind === 'int' || code.type.kind === 'uint';
  const whole = isWhole ? code : convertCode(context, code, intType);
  if (whole === null) return [];
  const { constant } = whole;
  if (typeof constant !== 'bigint') {
    context.reporter.error('not-constant', 'The values of a case must be constants.', syntax);
    return [];
  }
  if (seen.has(constant)) {
    context.reporter.error('already-declared', `The case ${constant} comes twice.`, syntax);
  }
  seen.add(constant);
  return [constant];
}

function compileJump(
  context: Context,
  syntax: Statement3 & { kind: 'return' | 'break' | 'continue' | 'stop' },
): void {
  const { start, end } = syntax;
  if (syntax.kind === 'return') {
    compileReturn(context, syntax);
    return;
  }
  if (syntax.kind !== 'stop' && !context.isInLoop) {
    const message = `“${syntax.kind}” stands only inside a loop.`;
    context.reporter.error('outside-loop', message, syntax);
    return;
  }
  context.pending.push({ kind: syntax.kind === 'stop' ? 'end' : syntax.kind, start, end });
}

function compileReturn(context: Context, syntax: Statement3 & { kind: 'return' }): void {
  const { start, end } = syntax;
  const { result } = context;
  if (context.place !== 'subroutine' || result === null) {
    const message = '“return” stands only inside a subroutine (“def”).';
    context.reporter.error('outside-subroutine', message, syntax);
    return;
  }
  const { type, slot } = result;
  if (syntax.value !== null) {
    const code = compileScalar(context, syntax.value);
    if (code === null) return;
    if (!isScalar(type)) {
      const message = `This subroutine returns nothing, but ${nameOfType(code.type)} came.`;
      context.reporter.error('wrong-type', message, syntax.value);
      return;
    }
    const value = convertCode(context, code, type);
    if (value === null) return;
    const run: (Step & { kind: 'run' })['run'] = (memory) => {
      memory.slots[slot] = value.run(memory);
    };
    context.pending.push({ kind: 'run', run, writes: [slot], start, end });
  } else if (isScalar(type)) {
    context.reporter.error(
      'wrong-type',
      `A value of type ${nameOfType(type)} must be returned.`,
      syntax,
    );
  }
  context.pending.push({ kind: 'return', start, end });
}
