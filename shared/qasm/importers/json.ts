import { z } from 'zod';
import type { Circuit, GateDefinition, Operation } from '../../circuit/circuit.ts';
import { operationChecker } from '../../circuit/validate.ts';
import { isFiniteFormula } from './finite.ts';
import { registerValue } from '../../circuit/condition.ts';
import { type Expression, mathFunctions, type MathFunction } from '../../circuit/expression.ts';
import { Losses } from '../exporters/exporter.ts';
import { ImportFault, type Importer, importWith, maximumOperations } from './importer.ts';
import { fieldOf, type JsonNode, readJsonText } from './json-text.ts';

const wire = z.int().gte(0);
/** Digits in quotes, where the number is larger than JSON numbers are exact. */
const longNumber = z
  .string()
  .max(20_000)
  .regex(/^[0-9]+$/, 'not a number')
  .transform((digits) => registerValue(BigInt(digits)));
const bit = z.union([z.literal(0), z.literal(1)]);
const name = z.string().regex(/^[\p{L}_][\p{L}\p{Nd}_]*$/u, 'not a name');
const physicalName = z.string().regex(/^\$[0-9]+$/, 'not a name');

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('number'),
      value: z.number(),
      text: z
        .string()
        .max(100)
        .regex(/^[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?$/, 'not a number')
        .optional(),
    }) as z.ZodType<Expression> & z.core.$ZodTypeDiscriminable,
    z.strictObject({ kind: z.literal('constant'), name: z.enum(['pi', 'tau', 'euler']) }),
    z.strictObject({ kind: z.literal('parameter'), name }),
    z.strictObject({ kind: z.literal('negate'), operand: expression }),
    z.strictObject({
      kind: z.literal('binary'),
      operator: z.enum(['+', '-', '*', '/', '^', '%']),
      left: expression,
      right: expression,
    }),
    z.strictObject({
      kind: z.literal('call'),
      name: z.enum(Object.keys(mathFunctions) as [MathFunction, ...MathFunction[]]),
      arguments: z.array(expression).length(1),
    }),
  ]),
);

const operation: z.ZodType<Operation> = z.lazy(
  () =>
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('gate'),
        gate: name,
        parameters: z.array(expression),
        qubits: z.array(wire),
        controls: z.array(z.strictObject({ qubit: wire, value: bit })).optional(),
        power: z.number().optional(),
      }),
      z.strictObject({ kind: z.literal('measure'), qubit: wire, bit: wire.nullable() }),
      z.strictObject({ kind: z.literal('reset'), qubit: wire }),
      z.strictObject({ kind: z.literal('barrier'), qubits: z.array(wire) }),
      z.strictObject({
        kind: z.literal('if'),
        condition: z.strictObject({
          bits: z.array(wire).min(1),
          value: z.union([wire, longNumber]),
          negated: z.boolean().optional(),
        }),
        body: z.array(operation),
        otherwise: z.array(operation),
      }),
      z.strictObject({
        kind: z.literal('opaque'),
        label: z.string(),
        qubits: z.array(wire),
        bits: z.array(wire),
        isInert: z.literal(true).optional(),
      }),
    ]) as z.ZodType<Operation>,
);

const register = z.strictObject({ name, size: z.int().gte(1).lte(65_536) });
/** A physical qubit is a register of its own. */
const qubitRegister = z.union([
  register,
  z.strictObject({ name: physicalName, size: z.literal(1) }),
]);

const definition: z.ZodType<GateDefinition> = z.strictObject({
  name,
  parameterNames: z.array(name),
  qubitNames: z.array(name),
  body: z.array(operation).nullable(),
});

const circuit: z.ZodType<Circuit> = z.strictObject({
  qubitRegisters: z.array(qubitRegister),
  bitRegisters: z.array(register),
  parameters: z.array(z.strictObject({ name, value: z.number().nullable() })),
  definitions: z.array(definition),
  operations: z.array(operation).max(maximumOperations),
});

/** What the exporter of the same name writes. */
export const jsonImporter: Importer = {
  id: 'json',
  title: 'Circuit as JSON',
  fileExtensions: ['json'],
  recognises: (text) => /^\s*\{/.test(text) && text.includes('"qubitRegisters"'),
  import: (text) =>
    importWith(text, () => {
      const root = readJsonText(text);
      const checked = circuit.safeParse(JSON.parse(text.replace(/^\ufeff/, '')));
      if (checked.success) {
        checkParts(checked.data, root);
        return { circuit: checked.data, losses: new Losses() };
      }
      const [issue] = checked.error.issues;
      const path = (issue?.path ?? []).map(String);
      const message = `${path.join('.') || 'The circuit'}: ${issue?.message ?? 'not as expected'}.`;
      throw new ImportFault('semantic', 'wrong-type', message, nodeAt(root, path));
    }),
};

/** What the circuit's own check leaves to the language: definitions, names used twice, angles. */
function checkParts(made: Circuit, root: JsonNode): void {
  const refuse = (code: string, message: string, path: readonly string[]): never => {
    throw new ImportFault('semantic', code, message, nodeAt(root, path));
  };
  const parameters = new Set<string>();
  made.parameters.forEach(({ name: own }, i) => {
    if (parameters.has(own)) {
      refuse('duplicate-name', `There are two parameters “${own}”. Rename one.`, [
        'parameters',
        `${i}`,
      ]);
    }
    parameters.add(own);
  });
  made.definitions.forEach((one, i) => {
    const path = ['definitions', `${i}`];
    const names = [...one.parameterNames, ...one.qubitNames];
    if (one.qubitNames.length === 0 || new Set(names).size < names.length) {
      const message = `The gate “${one.name}” needs qubits, and different names for all it has.`;
      refuse('duplicate-name', message, path);
    }
    const check = operationChecker({
      ...made,
      qubitRegisters: [{ name: 'q', size: one.qubitNames.length }],
      bitRegisters: [],
      parameters: one.parameterNames.map((own) => ({ name: own, value: null })),
      // A gate knows those that are declared before it.
      definitions: made.definitions.slice(0, i),
    });
    const later = new Set(made.definitions.slice(i).map(({ name: own }) => own));
    one.body?.forEach((step, k) => {
      const place = [...path, 'body', `${k}`];
      if (step.kind === 'gate' && later.has(step.gate)) {
        const message = `“${one.name}” calls “${step.gate}”, which is not declared before it.`;
        refuse('unknown-gate', message, place);
      }
      const [fault] = check(step);
      if (fault !== undefined) refuse(fault.code, fault.message, place);
      if (step.kind !== 'gate' && step.kind !== 'barrier') {
        refuse('not-in-gate', `The body of a gate cannot hold a ${step.kind}.`, place);
      }
    });
  });
  const checkAngles = (step: Operation, path: readonly string[]): void => {
    if (step.kind === 'gate' && !step.parameters.every(isFiniteFormula)) {
      refuse('not-finite', 'An angle is not a finite real number.', path);
    }
    if (step.kind === 'barrier' && new Set(step.qubits).size < step.qubits.length) {
      refuse('duplicate-qubit', 'A barrier names a qubit twice.', path);
    }
    if (step.kind !== 'if') return;
    if (new Set(step.condition.bits).size < step.condition.bits.length) {
      refuse('duplicate-bit', 'A condition names a bit twice.', path);
    }
    for (const inner of [...step.body, ...step.otherwise]) checkAngles(inner, path);
  };
  made.operations.forEach((step, i) => checkAngles(step, ['operations', `${i}`]));
  made.definitions.forEach((one, i) =>
    one.body?.forEach((step) => checkAngles(step, ['definitions', `${i}`])),
  );
}

/** The value at a path, or the last one on the way to it. */
function nodeAt(root: JsonNode, path: readonly string[]): JsonNode {
  let node = root;
  for (const step of path) {
    const next = node.kind === 'array' ? node.items[Number(step)] : fieldOf(node, step);
    if (next === undefined) break;
    node = next;
  }
  return node;
}
