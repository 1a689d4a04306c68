import { AppError } from '#shared/base/errors.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { derivativeOf } from '#shared/circuit/differentiate.ts';
import {
  evaluate,
  type Expression,
  parameterOf,
  parametersIn,
} from '#shared/circuit/expression.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { gateById } from '#shared/gates/registry.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { namedRow } from '../simulators/evaluator.ts';
import { operationLimit } from '../simulators/lowering.ts';
import {
  askExpectations,
  definedAs,
  type ExpectationAnswer,
  type GradientAsk,
  type GradientMethod,
  lowerWith,
  mostShots,
} from './gradient-method.ts';
import { type ShiftTerm, shiftRule } from './shift-rules.ts';

/** One angle in a circuit that depends on parameters, with its own name in the shiftable circuit. */
interface Slot {
  readonly expression: Expression;
  /** Found when a gradient is asked for: other asks need no rule. */
  readonly terms: () => readonly ShiftTerm[];
}

interface ShiftableCircuit {
  readonly parameterNames: readonly string[];
  readonly slots: readonly Slot[];
}

/**
 * Gradients from expectations at shifted angles. Each angle that depends on parameters becomes a
 * parameter of its own, so that one gate can be shifted by itself; the chain rule does the rest.
 */
export const parameterShift: GradientMethod = {
  id: 'parameter-shift',
  title: 'Parameter shift',
  summary: 'Exact gradients from expectations at shifted angles; for devices, noise and shots.',
  isExact: true,
  lower: (program) => {
    const shiftable = new Map<string, ShiftableCircuit>();
    return lowerWith(program, {
      define(ask) {
        const { circuit, slots } = openAngles(ask.circuit);
        const parameterNames = ask.circuit.parameters.map(({ name }) => name);
        shiftable.set(ask.key, { parameterNames, slots });
        return { ...ask, circuit };
      },
      gradients: (ask) => shiftedGradients(ask, definedAs(shiftable, ask.key)),
      other(ask) {
        if (ask.kind === 'metric') throw noMetric();
        return 'bindings' in ask
          ? { ...ask, bindings: slotAngles(ask, definedAs(shiftable, ask.key)) }
          : ask;
      },
    });
  },
};

/** The circuit with every open angle as a parameter `angle_k`. */
function openAngles(circuit: Circuit): { circuit: Circuit; slots: Slot[] } {
  const slots: Slot[] = [];
  const open = (operation: Operation): Operation => {
    if (operation.kind !== 'gate') return operation;
    return {
      ...operation,
      parameters: operation.parameters.map((p, index) => openAngle(p, index, operation, slots)),
    };
  };
  const operations = flattenOperations(circuit, operationLimit).map(open);
  const parameters = slots.map((_, k) => ({ name: `angle_${k}`, value: null }));
  return { circuit: { ...circuit, definitions: [], parameters, operations }, slots };
}

function openAngle(
  expression: Expression,
  index: number,
  operation: GateOperation,
  slots: Slot[],
): Expression {
  if (parametersIn(expression).length === 0) return expression;
  const terms = (): readonly ShiftTerm[] => {
    const gate = gateById(operation.gate);
    if (gate === null) throw fractionalPower(operation.gate);
    // A phase of everything changes no expectation.
    if (gate.derivative === null) return [];
    return shiftRule(
      { gate, power: operation.power ?? 1 },
      index,
      operation.controls !== undefined,
    );
  };
  slots.push({ expression, terms });
  return parameterOf(`angle_${slots.length - 1}`);
}

function slotAngles(
  ask: { readonly items: number; readonly bindings: Float64Array },
  { parameterNames, slots }: ShiftableCircuit,
): Float64Array {
  const result = new Float64Array(ask.items * slots.length);
  for (let item = 0; item < ask.items; item++) {
    const bindings = namedRow(parameterNames, ask.bindings, item);
    slots.forEach((slot, k) => {
      result[item * slots.length + k] = evaluate(slot.expression, bindings);
    });
  }
  return result;
}

function* shiftedGradients(
  ask: GradientAsk,
  shiftable: ShiftableCircuit,
): Generator<Ask, Answer, Answer> {
  const { slots } = shiftable;
  const angles = slotAngles(ask, shiftable);
  const rules = slots.map((slot) => slot.terms());
  const perItem = 1 + rules.reduce((sum, terms) => sum + terms.length, 0);
  const rows = new Float64Array(ask.items * perItem * slots.length);
  for (let item = 0; item < ask.items; item++) {
    const base = angles.subarray(item * slots.length, (item + 1) * slots.length);
    let row = item * perItem;
    const put = (slot: number, shift: number): void => {
      rows.set(base, row * slots.length);
      const index = row * slots.length + slot;
      if (shift !== 0) rows[index] = (rows[index] as number) + shift;
      row++;
    };
    put(0, 0);
    rules.forEach((terms, k) => {
      for (const { shift } of terms) put(k, shift);
    });
  }
  const items = ask.items * perItem;
  const shots = shotsOfRows(ask, shiftable, rules);
  const answer = yield* askExpectations(ask, 'shifted', { items, bindings: rows, shots });
  return collect(ask, shiftable, rules, answer);
}

/** Shots of each row: those of the slope that it is for, the most of all for the value itself. */
function shotsOfRows(
  ask: GradientAsk,
  { slots, parameterNames }: ShiftableCircuit,
  rules: readonly (readonly ShiftTerm[])[],
): readonly number[] | undefined {
  const { shots } = ask;
  const most = mostShots(ask);
  if (shots === undefined || most === undefined) return undefined;
  const ofSlots = slots.flatMap(({ expression }, k) => {
    const names = parametersIn(expression);
    const own = parameterNames.flatMap((name, p) => (names.includes(name) ? [shots[p] ?? 0] : []));
    return (rules[k] ?? []).map(() => Math.max(...own));
  });
  return Array.from({ length: ask.items }, () => [most, ...ofSlots]).flat();
}

/** Chain rule: ∂f/∂parameter = Σ over angles of ∂f/∂angle · ∂angle/∂parameter. */
function collect(
  ask: GradientAsk,
  { slots, parameterNames }: ShiftableCircuit,
  rules: readonly (readonly ShiftTerm[])[],
  answer: ExpectationAnswer,
): Answer {
  const values = new Float64Array(ask.items);
  const stderrs = new Float64Array(ask.items);
  const gradients = new Float64Array(ask.items * parameterNames.length);
  const variances = new Float64Array(gradients.length);
  let row = 0;
  for (let item = 0; item < ask.items; item++) {
    const bindings = namedRow(parameterNames, ask.bindings, item);
    values[item] = answer.values[row] as number;
    stderrs[item] = answer.stderrs[row] as number;
    row++;
    for (const [k, { expression }] of slots.entries()) {
      let slope = 0;
      let variance = 0;
      for (const { coefficient } of rules[k] as readonly ShiftTerm[]) {
        slope += coefficient * (answer.values[row] as number);
        variance += (coefficient * (answer.stderrs[row] as number)) ** 2;
        row++;
      }
      parameterNames.forEach((name, p) => {
        const index = item * parameterNames.length + p;
        const inner = derivativeOf(expression, name, bindings);
        gradients[index] = (gradients[index] as number) + slope * inner;
        variances[index] = (variances[index] as number) + variance * inner * inner;
      });
    }
  }
  const gradientErrors = variances.map(Math.sqrt);
  return { kind: 'gradients', values, stderrs, gradients, gradientErrors };
}

function noMetric(): AppError {
  return new AppError(
    'unsupported',
    'The metric of the states needs exact simulation: no shots, no noise and no mitigation. Choose an optimiser or a method without it, such as adam, spsa or vqe.',
  );
}

/** Only the matrix of such a gate is known, so no angle of it can be shifted. */
function fractionalPower(gate: string): AppError {
  return new AppError(
    'unsupported',
    `Gate “${gate}” stands to a power that is no whole number and has an open angle, so it has no shift rule. Choose the gradient “finite-difference”.`,
    { gate },
  );
}
