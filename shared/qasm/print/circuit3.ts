import { AppError } from '../../base/errors.ts';
import type { Circuit, GateDefinition, Operation } from '../../circuit/circuit.ts';
import { gateById } from '../../gates/registry.ts';
import { standardNames } from '../semantics3/gate-calls.ts';
import { numberOf } from '../../circuit/expression.ts';
import { gateNames3 } from './names3.ts';
import { gateHead3, operationPrinter3 } from './operations3.ts';

/** The circuit as OpenQASM 3 text. Gates that stdgates.inc lacks are declared in it. */
export function printCircuit3(
  circuit: Circuit,
  printOpaque?: (operation: Operation & { kind: 'opaque' }) => string,
): string {
  const printer = operationPrinter3(circuit);
  const names = gateNames3(circuit);
  const definitions = circuit.definitions.map((one) => printDefinition(one, names.name));
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
  lines.push(...declarationsOf(missing), ...definitions);
  for (const { name, size } of circuit.qubitRegisters) {
    if (!name.startsWith('$')) lines.push(`qubit[${size}] ${name};`);
  }
  for (const { name, size } of circuit.bitRegisters) lines.push(`bit[${size}] ${name};`);
  return `${[...lines, ...operations].join('\n')}\n`;
}

function printDefinition(
  { name, parameterNames, qubitNames, body }: GateDefinition,
  nameOf: ReturnType<typeof gateNames3>['name'],
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
    const head = gateHead3(step, nameOf(step.gate).name, ', ');
    return qubits.length === 0 ? `  ${head};\n` : `  ${head} ${operands(qubits)};\n`;
  });
  const inner = steps.length === 0 ? ' ' : `\n${steps.join('')}`;
  return `gate ${name}${angles} ${qubitNames.join(', ')} {${inner}}`;
}

/** Gates with angles, whose decompositions the registry has for numbers only. */
const formulas: Readonly<Record<string, string>> = {
  cu3: 'gate cu3(theta, phi, lambda) a, b { cu(theta, phi, lambda, 0) a, b; }',
  rxx: 'gate rxx(theta) a, b { h a; h b; cx a, b; rz(theta) b; cx a, b; h b; h a; }',
  ryy: 'gate ryy(theta) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(theta) b; cx a, b; rx(-pi/2) b; rx(-pi/2) a; }',
  rzz: 'gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }',
  u0: 'gate u0(gamma) a { }',
};

/** The same gate under controls or as an inverse of one that stdgates.inc has. */
const modified: Readonly<Record<string, string>> = {
  c3sqrtx: 'ctrl(3) @ sx',
  c3sxdg: 'ctrl(3) @ inv @ sx',
  c3x: 'ctrl(3) @ x',
  c4x: 'ctrl(4) @ x',
  ccz: 'ctrl(2) @ z',
  csx: 'ctrl @ sx',
  csxdg: 'ctrl @ inv @ sx',
  sxdg: 'inv @ sx',
};

/** Declarations of these gates and of those that they are made of, each before it is used. */
function declarationsOf(missing: ReadonlySet<string>): string[] {
  const lines = new Map<string, string>();
  const declare = (id: string): void => {
    const gate = gateById(id);
    if (lines.has(id)) return;
    if (gate === null) {
      const message = `There is no gate “${id}”. Declare it or correct its name.`;
      throw new AppError('bad-input', message, { gate: id });
    }
    const qubits = Array.from({ length: gate.qubitCount }, (_, i) => `q${i}`);
    const modifier = modified[id];
    const formula = formulas[id];
    if (formula !== undefined || modifier !== undefined) {
      lines.set(
        id,
        formula ?? `gate ${id} ${qubits.join(', ')} { ${modifier} ${qubits.join(', ')}; }`,
      );
      return;
    }
    const names = gateNames3({ definitions: [] });
    const steps = (gate.decomposition?.([]) ?? []).map((step) => {
      const head = gateHead3(
        { kind: 'gate', gate: step.gate, parameters: step.parameters.map(numberOf), qubits: [] },
        names.name(step.gate).name,
        ', ',
      );
      return `${head} ${step.qubits.map((qubit) => `q${qubit}`).join(', ')};`;
    });
    names.missing.forEach(declare);
    lines.set(id, `gate ${id} ${qubits.join(', ')} { ${steps.join(' ')} }`);
  };
  [...missing].sort().forEach(declare);
  return [...lines.values()];
}
