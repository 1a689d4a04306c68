import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type Expression, numberOf, substitute } from '#shared/circuit/expression.ts';
import { applyTextEdits, type TextEdit } from '#shared/qasm/document.ts';
import { tokensOf } from '#shared/qasm/syntax/nodes.ts';
import { readAngle } from './angle.ts';
import type { OpenDocument } from './workspace/open-document.ts';
import { type NamedParameter, parametersOf } from './workspace/parameters.ts';

/** The named parameters that have a value, with the formula that was typed for it. */
export interface BoundValue {
  readonly name: string;
  readonly formula: string;
}

function valued(document: OpenDocument): readonly NamedParameter[] {
  return parametersOf(document).filter(({ value }) => value !== null);
}

/** What the sliders say: "theta = pi/2". */
export function boundValues(document: OpenDocument): readonly BoundValue[] {
  return valued(document).map(({ name, setting }) => ({ name, formula: setting.value.trim() }));
}

/**
 * The circuit with the sliders' values in place of its named parameters, formulas as they were typed:
 * for targets that take numbers only. A parameter whose value cannot be read stays.
 */
export function boundCircuit(document: OpenDocument): Circuit {
  const values = new Map(
    valued(document).map((parameter) => [parameter.name, expressionOf(parameter)] as const),
  );
  const { drawn } = document;
  if (values.size === 0) return drawn;
  return {
    ...drawn,
    parameters: drawn.parameters.filter(({ name }) => !values.has(name)),
    operations: drawn.operations.map((operation) => bound(operation, values)),
  };
}

function expressionOf({ setting, value, isWhole }: NamedParameter): Expression {
  const read = isWhole ? null : readAngle(setting.value);
  return read?.ok === true ? read.value : numberOf(value ?? 0);
}

function bound(operation: Operation, values: ReadonlyMap<string, Expression>): Operation {
  const within = (list: readonly Operation[]): readonly Operation[] =>
    list.map((one) => bound(one, values));
  switch (operation.kind) {
    case 'gate':
      return {
        ...operation,
        parameters: operation.parameters.map((one) =>
          substitute(one, (name) => values.get(name) ?? null),
        ),
      };
    case 'if':
      return { ...operation, body: within(operation.body), otherwise: within(operation.otherwise) };
    default:
      return operation;
  }
}

/**
 * The text with the sliders' values in place of its inputs: `input float theta;` becomes
 * `const float theta = pi/2;`. For what reads OpenQASM and has nowhere to give values.
 */
export function boundSource(document: OpenDocument): string {
  const { tree, text } = document.parsed;
  const values = new Map(valued(document).map((parameter) => [parameter.name, parameter]));
  const edits: TextEdit[] = [];
  for (let index = 0; index < tree.statements.length && values.size > 0; index++) {
    const tokens = tokensOf(tree, index);
    const [first] = tokens;
    const end = tokens.findLast((token) => token.text === ';');
    const name = tokens.findLast((token) => token.start < (end?.start ?? 0));
    const parameter = values.get(name?.text ?? '');
    if (first?.text !== 'input' || end === undefined || parameter === undefined) continue;
    // Tokens count from where their statement begins.
    const base = tree.starts[index] ?? 0;
    const at = base + end.start;
    edits.push(
      { start: base + first.start, end: base + first.end, text: 'const' },
      { start: at, end: at, text: ` = ${literalOf(parameter)}` },
    );
  }
  return applyTextEdits(text, edits);
}

function literalOf({ type, value, setting }: NamedParameter): string {
  const number = value ?? 0;
  if (type === 'bool') return number === 0 ? 'false' : 'true';
  const bits = /^bit\[(\d+)\]$/.exec(type)?.[1];
  if (bits !== undefined) return `"${number.toString(2).padStart(Number(bits), '0')}"`;
  // A formula of whole numbers would be divided as whole numbers.
  return /^[\d.]*\*?pi(\/\d+)?$/.test(setting.value.trim()) ? setting.value.trim() : String(number);
}
