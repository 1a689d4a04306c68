import type { Circuit, GateDefinition, Operation } from '../../circuit/circuit.ts';
import { type Expression, substitute } from '../../circuit/expression.ts';
import type { Losses } from '../exporters/exporter.ts';
import { allowedNames, type NameRules } from './allowed-names.ts';

/** The lists of a circuit whose members have names. */
export type NamedKind = 'qubitRegisters' | 'bitRegisters' | 'parameters' | 'definitions';

type Renamings = Readonly<Record<NamedKind, ReadonlyMap<string, string>>>;

/**
 * The circuit with names that the language allows, and different ones; what is renamed is noted. Only
 * the kinds that the target's text names take part; they share one scope. `localRules` are those of
 * parameters and qubits of gates.
 */
export function withAllowedNames(
  circuit: Circuit,
  rules: NameRules,
  kinds: readonly NamedKind[],
  losses: Losses | null,
  localRules = rules,
): Circuit {
  const members = kinds.flatMap((kind) => circuit[kind].map(({ name }) => ({ kind, name })));
  const names = allowedNames(
    members.map(({ name }) => name),
    rules,
  );
  const renamings: Record<NamedKind, Map<string, string>> = {
    qubitRegisters: new Map(),
    bitRegisters: new Map(),
    parameters: new Map(),
    definitions: new Map(),
  };
  members.forEach(({ kind, name }, i) => {
    const fresh = names[i] as string;
    if (fresh === name) return;
    renamings[kind].set(name, fresh);
    const why = rules.isAllowed(name) ? 'something else has it, too' : notAllowed(rules);
    losses?.add(`the name “${name}”`, `${why}; written “${fresh}”`);
  });
  const definitions = kinds.includes('definitions')
    ? circuit.definitions.map((one) => withLocalNames(one, localRules, losses))
    : circuit.definitions;
  const isSame =
    Object.values(renamings).every(({ size }) => size === 0) &&
    definitions.every((one, i) => one === circuit.definitions[i]);
  return isSame ? circuit : renamed({ ...circuit, definitions }, renamings);
}

function notAllowed({ language }: NameRules): string {
  return `it is no free name in ${language}`;
}

/** Parameters and qubits of a gate; they may hide what the program calls so. */
function withLocalNames(
  definition: GateDefinition,
  rules: NameRules,
  losses: Losses | null,
): GateDefinition {
  const { name, parameterNames, qubitNames, body } = definition;
  const before = [...parameterNames, ...qubitNames];
  const after = allowedNames(before, rules);
  if (after.every((one, i) => one === before[i])) return definition;
  after.forEach((fresh, i) => {
    if (fresh === before[i]) return;
    const what = `the name “${before[i]}” in the gate “${name}”`;
    losses?.add(what, `${notAllowed(rules)}; written “${fresh}”`);
  });
  const parameters = new Map(parameterNames.map((one, i) => [one, after[i] as string]));
  return {
    ...definition,
    parameterNames: after.slice(0, parameterNames.length),
    qubitNames: after.slice(parameterNames.length),
    body: body?.map((step) => inOperation(step, new Map(), parameters)) ?? null,
  };
}

function renamed(circuit: Circuit, names: Renamings): Circuit {
  const call = <T extends { readonly name: string }>(kind: NamedKind, one: T): T => ({
    ...one,
    name: names[kind].get(one.name) ?? one.name,
  });
  const definitions = circuit.definitions.map((one) => ({
    ...call('definitions', one),
    body: one.body?.map((step) => inOperation(step, names.definitions, new Map())) ?? null,
  }));
  return {
    qubitRegisters: circuit.qubitRegisters.map((one) => call('qubitRegisters', one)),
    bitRegisters: circuit.bitRegisters.map((one) => call('bitRegisters', one)),
    parameters: circuit.parameters.map((one) => call('parameters', one)),
    definitions,
    operations:
      names.definitions.size === 0 && names.parameters.size === 0
        ? circuit.operations
        : circuit.operations.map((one) => inOperation(one, names.definitions, names.parameters)),
  };
}

function inOperation(
  operation: Operation,
  gates: ReadonlyMap<string, string>,
  parameters: ReadonlyMap<string, string>,
): Operation {
  if (operation.kind === 'gate') {
    return {
      ...operation,
      gate: gates.get(operation.gate) ?? operation.gate,
      parameters: operation.parameters.map((one) => inExpression(one, parameters)),
    };
  }
  if (operation.kind !== 'if') return operation;
  const all = (list: readonly Operation[]): Operation[] =>
    list.map((one) => inOperation(one, gates, parameters));
  return { ...operation, body: all(operation.body), otherwise: all(operation.otherwise) };
}

function inExpression(expression: Expression, names: ReadonlyMap<string, string>): Expression {
  if (names.size === 0 || expression.kind === 'number') return expression;
  return substitute(expression, (name) => {
    const fresh = names.get(name);
    return fresh === undefined ? null : { kind: 'parameter', name: fresh };
  });
}
