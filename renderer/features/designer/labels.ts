import { type Circuit, nameOfIndex, type Operation } from '#shared/circuit/circuit.ts';
import { type Expression, printExpression } from '#shared/circuit/expression.ts';
import { inGreek } from '#shared/circuit/greek.ts';
import { countOf } from '#renderer/lib/format.ts';
import { conditionWords } from '#shared/circuit/condition-rows.ts';
import { registryGateOf } from './gate-drawing.ts';
import type { Glyph } from './layout.ts';

const longest = 14;

/** A parameter as it stands on a gate: π for pi, θ for theta, numbers cut to four digits. */
function formatParameter(expression: Expression): string {
  if (expression.kind === 'number') {
    const text = expression.text ?? String(expression.value);
    return text.length <= 6 ? text : String(Number(expression.value.toPrecision(4)));
  }
  const text = inGreek(printExpression(expression))
    .replace(/^\((-[\d.]+)\)/, '$1')
    .replace(/([\d.])\*([πτ])/g, '$1$2')
    .replaceAll('*', '·');
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

export function formatParameters(parameters: readonly Expression[]): string {
  return parameters.map(formatParameter).join(', ');
}

/** What a glyph stands for: a block with its state, or its operation. */
export function nameOfGlyph(circuit: Circuit, glyph: Glyph): string {
  const { block } = glyph;
  const operation = circuit.operations[glyph.index];
  if (block === undefined || glyph.place !== undefined) {
    return glyph.place === undefined && operation !== undefined
      ? nameOfOperation(circuit, operation)
      : nameOfInside(circuit, glyph);
  }
  const state = block.isOpen ? 'open' : 'closed';
  return `Block ${block.label}, ${countOf(block.count, 'operation')}, ${state}`;
}

/** A glyph in a block: its look says what it is, because it stands for no operation of the circuit. */
function nameOfInside(circuit: Circuit, { block, drawing }: Glyph): string {
  const on = (rows: readonly number[]): string =>
    rows.map((row) => nameOfIndex(circuit.qubitRegisters, row)).join(' and ');
  if (block !== undefined) return `Block ${block.label}`;
  switch (drawing.kind) {
    case 'measure':
      return `Measure ${on([drawing.row])}`;
    case 'barrier':
      return `Barrier on ${countOf(drawing.rows.length, 'qubit')}`;
    default: {
      const controls = drawing.controls.map(({ row }) => row);
      const under = controls.length === 0 ? '' : `, control ${on(controls)},`;
      const symbol = drawing.kind === 'box' ? drawing.symbol : signNames[drawing.sign];
      return `${symbol}${under} on ${on(drawing.targets)}`;
    }
  }
}

const signNames = { plus: 'X', cross: 'SWAP', dot: 'Z' } as const;

/** A name for screen readers and messages: "H on q[0]", "CX, control q[0], on q[1]". */
export function nameOfOperation(circuit: Circuit, operation: Operation): string {
  const qubit = (index: number): string => nameOfIndex(circuit.qubitRegisters, index);
  switch (operation.kind) {
    case 'gate': {
      const gate = registryGateOf(circuit, operation);
      const own = gate?.controlCount ?? 0;
      const controls = [
        ...(operation.controls ?? []).map((control) => control.qubit),
        ...operation.qubits.slice(0, own),
      ].map(qubit);
      const angles =
        operation.parameters.length === 0 ? '' : ` (${formatParameters(operation.parameters)})`;
      const controlled = controls.length === 0 ? '' : `, control ${controls.join(' and ')},`;
      const targets = operation.qubits.slice(own).map(qubit).join(' and ');
      return `${operation.gate.toUpperCase()}${angles}${controlled} on ${targets}`;
    }
    case 'measure': {
      const into =
        operation.bit === null ? '' : ` into ${nameOfIndex(circuit.bitRegisters, operation.bit)}`;
      return `Measure ${qubit(operation.qubit)}${into}`;
    }
    case 'reset':
      return `Reset ${qubit(operation.qubit)}`;
    case 'barrier':
      return `Barrier on ${countOf(operation.qubits.length, 'qubit')}`;
    case 'if': {
      const body = operation.body.map((inner) => nameOfOperation(circuit, inner)).join('; ');
      return `If ${conditionWords(circuit, operation.condition)}: ${body}`;
    }
    case 'opaque':
      return `Block ${operation.label} on ${operation.qubits.map(qubit).join(' and ')}`;
  }
}
