import { AppError } from '../../base/errors.ts';
import type { Circuit, GateDefinition, Operation } from '../../circuit/circuit.ts';
import { printCircuit3 } from './circuit3.ts';
import { operationPrinter2 } from './operations.ts';
import { paperGates } from '../semantics/environment.ts';

/**
 * The circuit as canonical text; reading it gives an equal circuit. What the language
 * cannot express is an `unsupported` error that names it; `printOpaque` may write a comment for
 * blocks that stand in no text.
 */
export function printCircuit(
  circuit: Circuit,
  language: 2 | 3,
  printOpaque?: (operation: Operation & { kind: 'opaque' }) => string,
): string {
  if (language === 3) return printCircuit3(circuit, printOpaque);
  checkNames(circuit);
  const lines = [`OPENQASM ${language}.0;`];
  if (!circuit.definitions.some((definition) => paperGates.has(definition.name))) {
    lines.push('include "qelib1.inc";');
  }
  for (const definition of circuit.definitions) lines.push(printDefinition2(definition, circuit));
  for (const { name, size } of circuit.qubitRegisters) lines.push(`qreg ${name}[${size}];`);
  for (const { name, size } of circuit.bitRegisters) lines.push(`creg ${name}[${size}];`);
  const printer = operationPrinter2(circuit);
  for (const operation of circuit.operations) {
    const isComment = operation.kind === 'opaque' && printOpaque !== undefined;
    lines.push(isComment ? printOpaque(operation) : printer.print(operation));
  }
  return `${lines.join('\n')}\n`;
}

/** `gate name(a, b) q, r { … }`, or `opaque …;` for one without a body. */
export function printDefinition2(definition: GateDefinition, circuit: Circuit): string {
  const { name, parameterNames, qubitNames, body } = definition;
  const angles = parameterNames.length === 0 ? '' : `(${parameterNames.join(', ')})`;
  const head = `${name}${angles} ${qubitNames.join(', ')}`;
  if (body === null) return `opaque ${head};`;
  if (body.length === 0) return `gate ${head} { }`;
  // Inside a body the gate's own qubits are the registers, each of one wire that takes no index.
  const printer = operationPrinter2({ ...circuit, parameters: [], operations: [] });
  const steps = body.map((step) => `  ${printStep(step, qubitNames, printer.print)}`);
  return `gate ${head} {\n${steps.join('\n')}\n}`;
}

function printStep(
  step: Operation,
  qubitNames: readonly string[],
  print: (operation: Operation) => string,
): string {
  const names = (qubits: readonly number[]): string =>
    qubits.map((qubit) => qubitNames[qubit] ?? `q${qubit}`).join(', ');
  if (step.kind === 'barrier') return `barrier ${names(step.qubits)};`;
  if (step.kind === 'gate') {
    const withoutWires = print({ ...step, qubits: [] });
    return withoutWires.replace(/ ;$/, ` ${names(step.qubits)};`);
  }
  throw new AppError('unsupported', `The body of a gate cannot hold a ${step.kind}.`);
}

function checkNames(circuit: Circuit): void {
  const names = [
    ...circuit.qubitRegisters.map(({ name }) => name),
    ...circuit.bitRegisters.map(({ name }) => name),
    ...circuit.definitions.map(({ name }) => name),
  ];
  for (const name of names) {
    if (isName2(name)) continue;
    throw new AppError(
      'unsupported',
      `“${name}” cannot be a name in OpenQASM 2. Use a small letter, then letters, digits and _.`,
      { name },
    );
  }
}

/** Letters, digits and _ with a letter or _ first; strictly a small letter, which tools do not insist on. */
function isName2(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
