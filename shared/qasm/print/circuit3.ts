import { AppError } from '../../base/errors.ts';
import type { Circuit, GateDefinition, Operation } from '../../circuit/circuit.ts';
import { standardNames } from '../semantics3/gate-calls.ts';
import { standardDeclaration, universalDeclaration } from '../semantics3/standard-declarations.ts';
import { type GateNames3, gateNames3, isUniversalName } from './names3.ts';
import { gateHead3, operationPrinter3 } from './operations3.ts';

/** The circuit as OpenQASM 3 text. Gates that stdgates.inc lacks are declared in it. */
export function printCircuit3(
  circuit: Circuit,
  printOpaque?: (operation: Operation & { kind: 'opaque' }) => string,
): string {
  const printer = operationPrinter3(circuit);
  const names = gateNames3(circuit);
  const definitions = circuit.definitions.map((one) => printDefinition3(one, names));
  const operations = circuit.operations.map((operation) =>
    operation.kind === 'opaque' && printOpaque !== undefined
      ? printOpaque(operation)
      : printer.print(operation),
  );
  const missing = new Set([...names.missing, ...printer.missing]);
  const lines = ['OPENQASM 3.0;'];
  const hidesStandard = circuit.definitions.some(({ name }) => standardNames.includes(name));
  if (!hidesStandard) lines.push('include "stdgates.inc";');
  for (const { name, value } of circuit.parameters) {
    lines.push(value === null ? `input float[64] ${name};` : `const float[64] ${name} = ${value};`);
  }
  lines.push(...declarationsOf(missing).values(), ...definitions);
  for (const { name, size } of circuit.qubitRegisters) {
    if (!name.startsWith('$')) lines.push(`qubit[${size}] ${name};`);
  }
  for (const { name, size } of circuit.bitRegisters) lines.push(`bit[${size}] ${name};`);
  return `${[...lines, ...operations].join('\n')}\n`;
}

/** `gate name(a, b) q, r { … }`. */
export function printDefinition3(
  { name, parameterNames, qubitNames, body }: GateDefinition,
  names: GateNames3,
): string {
  if (body === null) {
    throw new AppError(
      'unsupported',
      `OpenQASM 3 has no opaque gates, and “${name}” has no body. Give it one.`,
      { gate: name },
    );
  }
  const angles = parameterNames.length === 0 ? '' : `(${parameterNames.join(', ')})`;
  const operands = (qubits: readonly number[]): string =>
    qubits.map((qubit) => qubitNames[qubit] ?? `q${qubit}`).join(', ');
  const steps = body.map((step) => {
    if (step.kind === 'barrier') return `  barrier ${operands(step.qubits)};\n`;
    if (step.kind !== 'gate') return '';
    const qubits = [...(step.controls ?? []).map((control) => control.qubit), ...step.qubits];
    const written = names.call(step, true);
    const head = gateHead3(written.operation, written.name, ', ');
    return qubits.length === 0 ? `  ${head};\n` : `  ${head} ${operands(qubits)};\n`;
  });
  const inner = steps.length === 0 ? ' ' : `\n${steps.join('')}`;
  return `gate ${name}${angles} ${qubitNames.join(', ')} {${inner}}`;
}

/** Declarations of these gates and of those that they are made of, each before it is used. */
export function declarationsOf(missing: ReadonlySet<string>): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  const declare = (id: string): void => {
    if (lines.has(id)) return;
    if (isUniversalName(id)) {
      lines.set(id, universalDeclaration(id));
      return;
    }
    const definition = standardDeclaration(id);
    if (definition === null) {
      const message = `There is no gate “${id}”. Declare it or correct its name.`;
      throw new AppError('bad-input', message, { gate: id });
    }
    const names = gateNames3({ definitions: [] });
    const text = printDefinition3(definition, names).replaceAll(/\s+/g, ' ');
    names.missing.forEach(declare);
    lines.set(id, text);
  };
  [...missing].sort().forEach(declare);
  return lines;
}
