import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { derivativeOf } from '#shared/circuit/differentiate.ts';
import {
  evaluate,
  type Expression,
  parameterOf,
  parametersIn,
} from '#shared/circuit/expression.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { AppError } from '#shared/base/errors.ts';
import { namedRow } from '../simulators/evaluator.ts';
import { operationLimit } from '../simulators/lowering.ts';
import type { Answer, Ask, Program } from '../programs/program.ts';
import { type ShiftTerm, shiftRule } from './shift-rules.ts';

/** One angle in a circuit that depends on parameters, with its own name in the shiftable circuit. */
interface Slot {
  readonly expression: Expression;
  readonly terms: readonly ShiftTerm[];
}

interface ShiftableCircuit {
  readonly parameterNames: readonly string[];
  readonly slots: readonly Slot[];
}

/**
 * Turns gradient asks into expectations at shifted angles, for answerers that cannot differentiate:
 * devices, noisy models, sampled runs, and under mitigation. Each angle that depends on parameters
 * becomes a parameter of its own, so that one gate can be shifted by itself; the chain rule does the rest.
 */
export function* lowerGradients<T>(program: Program<T>): Program<T> {
  const shiftable = new Map<string, ShiftableCircuit>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'define') {
      const { circuit, slots } = openAngles(ask.circuit);
      shiftable.set(ask.key, {
        parameterNames: ask.circuit.parameters.map(({ name }) => name),
        slots,
      });
      answer = yield { ...ask, circuit };
    } else if (ask.kind === 'gradients') {
      answer = yield* shiftedGradients(ask, shiftable.get(ask.key));
    } else if ('bindings' in ask) {
      answer = yield { ...ask, bindings: slotAngles(ask, shiftable.get(ask.key)) };
    } else answer = yield ask;
    step = program.next(answer);
  }
  return step.value;
}

/** The circuit with every open angle as a parameter `angle_k`. */
function openAngles(circuit: Circuit): { circuit: Circuit; slots: Slot[] } {
  const slots: Slot[] = [];
  const open = (operation: Operation): Operation => {
    if (operation.kind !== 'gate') return operation;
    return {
      ...operation,
      parameters: operation.parameters.map((p) => openAngle(p, operation, slots)),
    };
  };
  const operations = flattenOperations(circuit, operationLimit).map(open);
  const parameters = slots.map((_, k) => ({ name: `angle_${k}`, value: null }));
  return { circuit: { ...circuit, definitions: [], parameters, operations }, slots };
}

function openAngle(expression: Expression, operation: GateOperation, slots: Slot[]): Expression {
  if (parametersIn(expression).length === 0) return expression;
  const hasExtraControls = (operation.controls?.length ?? 0) > 0;
  slots.push({ expression, terms: shiftRule(operation.gate, hasExtraControls) });
  return parameterOf(`angle_${slots.length - 1}`);
}

function slotAngles(
  ask: { readonly items: number; readonly bindings: Float64Array },
  shiftable: ShiftableCircuit | undefined,
): Float64Array {
  const { parameterNames, slots } = required(shiftable);
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
  ask: Extract<Ask, { kind: 'gradients' }>,
  found: ShiftableCircuit | undefined,
): Generator<Ask, Answer, Answer> {
  const shiftable = required(found);
  const { slots, parameterNames } = shiftable;
  const angles = slotAngles(ask, shiftable);
  const perItem = 1 + slots.reduce((sum, slot) => sum + slot.terms.length, 0);
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
    slots.forEach((slot, k) => {
      for (const { shift } of slot.terms) put(k, shift);
    });
  }
  const answer = yield {
    kind: 'expectations',
    key: ask.key,
    items: ask.items * perItem,
    bindings: rows,
    observables: [ask.observable],
  };
  if (answer.kind !== 'expectations') throw new AppError('internal', 'Expected expectations.');
  return collect(ask, shiftable, parameterNames, perItem, answer);
}

/** Chain rule: ∂f/∂parameter = Σ over angles of ∂f/∂angle · ∂angle/∂parameter. */
function collect(
  ask: Extract<Ask, { kind: 'gradients' }>,
  { slots }: ShiftableCircuit,
  names: readonly string[],
  perItem: number,
  answer: Extract<Answer, { kind: 'expectations' }>,
): Answer {
  const values = new Float64Array(ask.items);
  const stderrs = new Float64Array(ask.items);
  const gradients = new Float64Array(ask.items * names.length);
  for (let item = 0; item < ask.items; item++) {
    const bindings = namedRow(names, ask.bindings, item);
    let row = item * perItem;
    values[item] = answer.values[row] as number;
    stderrs[item] = answer.stderrs[row] as number;
    row++;
    for (const slot of slots) {
      let slope = 0;
      for (const { coefficient } of slot.terms)
        slope += coefficient * (answer.values[row++] as number);
      names.forEach((name, k) => {
        const index = item * names.length + k;
        gradients[index] =
          (gradients[index] as number) + slope * derivativeOf(slot.expression, name, bindings);
      });
    }
  }
  return { kind: 'gradients', values, stderrs, gradients };
}

function required(shiftable: ShiftableCircuit | undefined): ShiftableCircuit {
  if (shiftable === undefined)
    throw new AppError('internal', 'An ask names a circuit that was not defined.');
  return shiftable;
}
