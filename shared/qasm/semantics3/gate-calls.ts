import type { GateOperation } from '../../circuit/circuit.ts';
import { type Expression, numberOf } from '../../circuit/expression.ts';
import { universalName } from '../../circuit/global-phase.ts';
import { gateNamed, gates } from '../../gates/registry.ts';
import { nearest } from '../semantics/suggest.ts';
import type { CallSyntax3 } from '../syntax3/nodes.ts';
import { compileScalar, convertCode } from './code.ts';
import { Memory } from './memory.ts';
import { spend } from './budget.ts';
import { namesIn } from './names.ts';
import type { Code, GateSymbol, ModifierCode, Step, WireCode } from './program-steps.ts';
import type { Context } from './scope.ts';
import { callSubroutine } from './subroutine-calls.ts';
import { constantInteger } from './type-syntax.ts';
import { floatType } from './types.ts';
import { compileWires } from './wires.ts';

/** Gates of the language itself. `gate` is their name in the circuit. */
const languageGates: readonly GateSymbol[] = [
  { name: 'U', gate: 'u', parameterCount: 3, qubitCount: 1 },
  { name: 'gphase', gate: 'gphase', parameterCount: 1, qubitCount: 0 },
].map((facts) => ({ kind: 'gate', isUserDefined: false, ...facts }));

/** Names that stdgates.inc declares. */
export const standardNames: readonly string[] =
  'p x y z h s sdg t tdg sx rx ry rz cx cy cz cp crx cry crz ch swap ccx cswap cu CX phase cphase id u1 u2 u3'.split(
    ' ',
  );

/** What stdgates.inc declares. */
export function standardGates(): GateSymbol[] {
  return standardNames.flatMap((name) => {
    const gate = gateNamed(name, 3) ?? gates.find((one) => one.id === name);
    if (gate === undefined) return [];
    const counts = { parameterCount: gate.parameterNames.length, qubitCount: gate.qubitCount };
    return [{ kind: 'gate' as const, name, gate: gate.id, ...counts, isUserDefined: false }];
  });
}

/** A gate on qubits, with its modifiers; also a subroutine that is called like a gate. */
export function compileGateCall(context: Context, syntax: CallSyntax3): Step | null {
  const name = syntax.name.text;
  const symbol = languageGate(context, name) ?? context.scope.find(name);
  if (symbol?.kind === 'subroutine' && syntax.parameters.length === 0) {
    callSubroutine(context, symbol, syntax.operands, syntax);
    return null;
  }
  if (symbol?.kind !== 'gate') return reportUnknown(context, syntax, symbol !== null);
  const parameters = compileParameters(context, syntax);
  const modifiers = compileModifiers(context, syntax);
  const operands = compileOperands(context, syntax);
  if (parameters === null || modifiers === null || operands === null) return null;
  const controls = modifiers.reduce((sum, one) => sum + one.controls, 0);
  if (!checkCounts(context, syntax, symbol, controls)) return null;
  if (!checkOperands(context, operands)) return null;
  if (modifiers.length === 0 && context.place !== 'gate' && !isTaken(context, symbol)) {
    const operations = fixedOperations(context, syntax, symbol, parameters, operands);
    if (operations !== null)
      return { kind: 'gates', operations, start: syntax.start, end: syntax.end };
  }
  return {
    kind: 'gate',
    symbol,
    parameters,
    modifiers: modifiers.map(({ code }) => code),
    operands,
    ownNames: context.state.ownNames,
    start: syntax.start,
    end: syntax.end,
  };
}

/** Whether the circuit's name of a built-in gate is that of a gate of the program's own. */
function isTaken({ state }: Context, { gate, isUserDefined }: GateSymbol): boolean {
  return !isUserDefined && state.ownNames.has(gate);
}

/** A gate that needs no declaration, by a name of the circuit that the program's own gates leave free. */
function languageGate({ state }: Context, name: string): GateSymbol | undefined {
  const found = languageGates.find((gate) => gate.name === name);
  return found !== undefined && state.ownNames.has(found.gate)
    ? { ...found, gate: universalName }
    : found;
}

/** Most gates are numbers on known qubits: keeping their operations alone takes far less memory. */
function fixedOperations(
  context: Context,
  syntax: CallSyntax3,
  symbol: GateSymbol,
  parameters: readonly Code[],
  operands: readonly WireCode[],
): GateOperation[] | null {
  const angles: Expression[] = [];
  for (const { constant, formula } of parameters) {
    if (typeof constant !== 'number') return null;
    angles.push(formula?.(noMemory) ?? numberOf(constant));
  }
  let rounds = 1;
  for (const { fixed, isRegister } of operands) {
    if (fixed === undefined) return null;
    if (isRegister) rounds = fixed.length;
  }
  if (rounds > 1 && !spend(context, rounds, syntax)) return [];
  const { gate } = symbol;
  return Array.from({ length: rounds }, (_, round) => {
    const qubits = operands.map(
      ({ fixed, isRegister }) => fixed?.[isRegister ? round : 0] as number,
    );
    return { kind: 'gate', gate, parameters: angles, qubits };
  });
}

/** A formula without variables reads nothing. */
const noMemory = new Memory([]);

function reportUnknown(context: Context, syntax: CallSyntax3, isOther: boolean): null {
  const name = syntax.name.text;
  if (isOther) {
    return context.reporter.error('wrong-kind', `“${name}” is not a gate.`, syntax.name);
  }
  if (standardNames.includes(name)) {
    return context.reporter.error(
      'missing-include',
      `“${name}” is declared in stdgates.inc, which is not included here. Write: include "stdgates.inc";`,
      syntax.name,
    );
  }
  const near = nearest(
    name,
    namesIn(context, (kind) => kind === 'gate'),
  );
  const advice =
    near === null ? 'Declare it with “gate” before it is used.' : `Did you mean “${near}”?`;
  const { start, end } = syntax.name;
  const fix =
    near === null ? undefined : { title: `Write “${near}”`, edits: [{ start, end, text: near }] };
  const message = `There is no gate “${name}”. ${advice}`;
  return context.reporter.error('unknown-gate', message, syntax.name, fix);
}

function compileParameters(context: Context, syntax: CallSyntax3): Code[] | null {
  const codes = syntax.parameters.map((parameter) => {
    const code = compileScalar(context, parameter);
    const real = code === null ? null : convertCode(context, code, floatType);
    if (real === null || typeof real.constant !== 'number' || Number.isFinite(real.constant))
      return real;
    const message = `This angle is not a finite number (${real.constant}). Look for a division by zero, or a root or logarithm of a negative number.`;
    return context.reporter.error('not-finite', message, parameter);
  });
  const sound = codes.filter((code) => code !== null);
  return sound.length === codes.length ? sound : null;
}

function compileModifiers(
  context: Context,
  syntax: CallSyntax3,
): { readonly code: ModifierCode; readonly controls: number }[] | null {
  const modifiers: { code: ModifierCode; controls: number }[] = [];
  for (const { kind, argument } of syntax.modifiers) {
    if (kind === 'inv') modifiers.push({ code: { kind, argument: null }, controls: 0 });
    else if (kind === 'pow') {
      const code = argument === null ? null : compileScalar(context, argument);
      const exponent = code === null ? null : convertCode(context, code, floatType);
      if (exponent === null) return null;
      modifiers.push({ code: { kind, argument: exponent }, controls: 0 });
    } else {
      const count =
        argument === null ? 1 : constantInteger(context, argument, 'The number of controls');
      if (count === null) return null;
      if (count < 1 || count > 64) {
        const message = `The number of controls goes from 1 to 64; ${count} came.`;
        return context.reporter.error('wrong-qubit-count', message, argument ?? syntax);
      }
      for (let i = 0; i < count; i++) {
        modifiers.push({ code: { kind, argument: null }, controls: 1 });
      }
    }
  }
  return modifiers;
}

function compileOperands(context: Context, syntax: CallSyntax3): WireCode[] | null {
  const wires = syntax.operands.map((operand) => compileWires(context, operand));
  const sound = wires.filter((one) => one !== null);
  return sound.length === wires.length ? sound : null;
}

function checkCounts(
  context: Context,
  syntax: CallSyntax3,
  symbol: GateSymbol,
  controls: number,
): boolean {
  const { reporter } = context;
  const came = syntax.parameters.length;
  if (came !== symbol.parameterCount) {
    const message = `“${symbol.name}” takes ${count(symbol.parameterCount, 'parameter')}, but ${came} came.`;
    reporter.error('wrong-parameter-count', message, syntax.parameters[0] ?? syntax.name);
    return false;
  }
  const wanted = symbol.qubitCount + controls;
  const operands = syntax.operands.length;
  if (operands === wanted) return true;
  const withControls = controls > 0 ? ' with its controls' : '';
  const message = `“${symbol.name}”${withControls} acts on ${count(wanted, 'qubit')}, but ${operands} came.`;
  reporter.error('wrong-qubit-count', message, syntax.operands[0] ?? syntax.name);
  return false;
}

function count(n: number, noun: string): string {
  if (n === 0) return `no ${noun}s`;
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}

/** Registers of one size, and no qubit twice, as far as that is known now. */
export function checkOperands(context: Context, operands: readonly WireCode[]): boolean {
  const registers = operands.filter((one) => one.isRegister && one.size >= 0);
  const [first] = registers;
  const other = registers.find((one) => one.size !== first?.size);
  if (first !== undefined && other !== undefined) {
    const message = `Registers used together must have one size: “${first.text}” has ${first.size}, “${other.text}” has ${other.size}.`;
    context.reporter.error('broadcast-mismatch', message, other);
    return false;
  }
  for (let i = 1; i < operands.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [operands[j] as WireCode, operands[i] as WireCode];
      if (!share(a, b)) continue;
      const message = `${b.text} is used twice by one gate. Its qubits must differ.`;
      context.reporter.error('duplicate-qubit', message, b);
      return false;
    }
  }
  return true;
}

function share(a: WireCode, b: WireCode): boolean {
  if (a.fixed === undefined || b.fixed === undefined) return false;
  const [left, right] = [a.fixed, b.fixed];
  // Registers run in step; a single qubit meets every one of the other's.
  if (a.isRegister && b.isRegister) return left.some((qubit, i) => qubit === right[i]);
  return left.some((qubit) => right.includes(qubit));
}
