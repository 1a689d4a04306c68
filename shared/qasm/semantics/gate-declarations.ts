import type { GateDefinition, Operation } from '../../circuit/circuit.ts';
import type { Expression } from '../../circuit/expression.ts';
import type { CallSyntax, GateSyntax, OperandSyntax, StatementSyntax } from '../syntax/nodes.ts';
import type { Token } from '../syntax/tokens.ts';
import type { Environment } from './environment.ts';
import { expressionOf, type ParameterScope } from './expressions.ts';
import { checkArity, findGate } from './gate-calls.ts';
import type { Reporter } from './reporter.ts';

/** The declared gate; null where its header is wrong. A faulty body is reported and left short. */
export function analyseGateDeclaration(
  syntax: GateSyntax,
  environment: Environment,
  reporter: Reporter,
): GateDefinition | null {
  const scope = new Set<string>();
  const parameters = declareNames(syntax.parameters, scope, reporter);
  const qubits = declareNames(syntax.qubits, scope, reporter);
  if (qubits.length === 0) return null;
  const wires = new Map(qubits.map((name, i) => [name, i]));
  const body =
    syntax.body === null
      ? null
      : analyseBody(syntax.body, { parameters: new Set(parameters), wires }, environment, reporter);
  return { name: syntax.name.text, parameterNames: parameters, qubitNames: qubits, body };
}

interface BodyScope {
  readonly parameters: ReadonlySet<string>;
  readonly wires: ReadonlyMap<string, number>;
}

function declareNames(names: readonly Token[], taken: Set<string>, reporter: Reporter): string[] {
  const declared: string[] = [];
  for (const name of names) {
    if (taken.has(name.text)) {
      const message = `“${name.text}” stands twice in this gate's head. Give each parameter and qubit a name of its own.`;
      reporter.error('already-declared', message, name);
      continue;
    }
    taken.add(name.text);
    declared.push(name.text);
  }
  return declared;
}

function analyseBody(
  body: readonly StatementSyntax[],
  scope: BodyScope,
  environment: Environment,
  reporter: Reporter,
): Operation[] {
  const operations: Operation[] = [];
  for (const statement of body) {
    const operation = analyseBodyStatement(statement, scope, environment, reporter);
    if (operation !== null) operations.push(operation);
  }
  return operations;
}

function analyseBodyStatement(
  statement: StatementSyntax,
  scope: BodyScope,
  environment: Environment,
  reporter: Reporter,
): Operation | null {
  switch (statement.kind) {
    case 'call':
      return analyseBodyCall(statement, scope, environment, reporter);
    case 'barrier': {
      // Without operands (tolerated when lenient) it spans all qubits of the gate.
      if (statement.operands.length === 0) {
        return { kind: 'barrier', qubits: [...scope.wires.values()] };
      }
      const qubits = resolveBodyOperands(statement.operands, scope, environment, reporter);
      return qubits === null ? null : { kind: 'barrier', qubits: [...new Set(qubits)] };
    }
    case 'broken':
    case 'empty':
    case 'end':
      return null;
    default:
      return reporter.error(
        'only-gates-in-body',
        'Only gates and barriers may stand in the body of a gate. Put this after the gate.',
        statement,
      );
  }
}

function analyseBodyCall(
  call: CallSyntax,
  scope: BodyScope,
  environment: Environment,
  reporter: Reporter,
): Operation | null {
  if (scope.wires.has(call.name.text) || scope.parameters.has(call.name.text)) {
    const kind = scope.wires.has(call.name.text) ? 'qubit' : 'parameter';
    const message = `“${call.name.text}” is a ${kind} of this gate; the name of a gate was expected.`;
    return reporter.error('wrong-kind', message, call.name);
  }
  const gate = findGate(call, environment, reporter);
  if (gate === null || !checkArity(call, gate, reporter)) return null;
  const parameters = analyseParameters(call, scope, reporter);
  const qubits = resolveBodyOperands(call.operands, scope, environment, reporter);
  if (parameters === null || qubits === null) return null;
  const twice = qubits.findIndex((qubit, i) => qubits.indexOf(qubit) !== i);
  if (twice >= 0) {
    const operand = call.operands[twice] as OperandSyntax;
    const message = `“${operand.name.text}” is used twice by one gate. Its qubits must differ.`;
    return reporter.error('duplicate-qubit', message, operand);
  }
  return { kind: 'gate', gate: gate.gate, qubits, parameters };
}

function analyseParameters(
  call: CallSyntax,
  scope: BodyScope,
  reporter: Reporter,
): Expression[] | null {
  const names: ParameterScope = (name) => {
    if (scope.parameters.has(name)) return { ok: true };
    if (scope.wires.has(name)) {
      return { why: `“${name}” is a qubit of this gate; an angle was expected here.` };
    }
    return { why: `“${name}” is not a parameter of this gate. Add it to the gate's parentheses.` };
  };
  const parameters: Expression[] = [];
  for (const syntax of call.parameters) {
    const expression = expressionOf(syntax, names, reporter);
    if (expression !== null) parameters.push(expression);
  }
  return parameters.length === call.parameters.length ? parameters : null;
}

function resolveBodyOperands(
  operands: readonly OperandSyntax[],
  scope: BodyScope,
  environment: Environment,
  reporter: Reporter,
): number[] | null {
  const qubits: number[] = [];
  for (const operand of operands) {
    const wire = scope.wires.get(operand.name.text);
    if (wire === undefined) {
      reporter.error(
        'wrong-kind',
        `“${operand.name.text}” is ${describe(operand.name.text, scope, environment)}. In the body of a gate only its own qubits can be used.`,
        operand.name,
      );
    } else if (operand.index !== null) {
      const message = `“${operand.name.text}” is one qubit here and has no wires to count. Remove the index.`;
      reporter.error('indexed-qubit', message, operand);
    } else qubits.push(wire);
  }
  return qubits.length === operands.length ? qubits : null;
}

function describe(name: string, scope: BodyScope, environment: Environment): string {
  if (scope.parameters.has(name)) return 'a parameter of this gate';
  const thing = environment.find(name);
  if (thing === null) return 'not declared';
  if (thing.kind === 'gate') return 'a gate';
  return thing.of === 'qubit' ? 'a quantum register' : 'a classical register';
}
