import { AppError } from '../base/errors.ts';
import { gateById } from '../gates/registry.ts';
import {
  asUniversal,
  multipliedAngle,
  openPhasePower,
  phaseOperations,
  principalPhase,
} from './global-phase.ts';
import type { Circuit, Control, GateDefinition, GateOperation, Operation } from './circuit.ts';
import { evaluate, type Expression, numberOf, parametersIn, substitute } from './expression.ts';

/** Definitions may call each other this deep; a program that is read from text cannot recurse. */
const maximumDepth = 500;

/**
 * The operations with every gate of the user's own replaced by the registry's gates of its body,
 * parameters filled in, controls and whole powers handed on. At most `limit` operations
 * (`too-large`); a gate without a body is `unsupported`. A gate of the user's own to a power that is
 * no whole number stays as it is: only its matrix can be raised to it.
 */
export function flattenOperations(circuit: Circuit, limit: number): Operation[] {
  checkSize(circuit, limit);
  return new Flattening(circuit, limit).run(circuit.operations);
}

/**
 * Refuses before anything is written out: a few lines can stand for 2^n operations. Each gate's
 * size follows from those declared before it; what is declared later counts as 1 here and is
 * caught while writing out.
 */
function checkSize(circuit: Circuit, limit: number): void {
  const sizes = new Map<string, number>();
  const sizeOf = (operation: Operation): number => {
    if (operation.kind === 'gate') return sizes.get(operation.gate) ?? 1;
    if (operation.kind !== 'if') return 1;
    return 1 + sumOf(operation.body, sizeOf) + sumOf(operation.otherwise, sizeOf);
  };
  for (const { name, body } of circuit.definitions) sizes.set(name, sumOf(body ?? [], sizeOf));
  if (sumOf(circuit.operations, sizeOf) > limit) throw tooLarge(limit);
}

function sumOf(operations: readonly Operation[], sizeOf: (one: Operation) => number): number {
  let sum = 0;
  for (const operation of operations) sum += sizeOf(operation);
  return sum;
}

function tooLarge(limit: number): AppError {
  return new AppError(
    'too-large',
    `Written out in built-in gates, the circuit has more than ${limit} operations. Use fewer nested gates.`,
    { limit },
  );
}

class Flattening {
  readonly #definitions: ReadonlyMap<string, GateDefinition>;
  readonly #limit: number;
  #count = 0;
  #steps = 0;

  constructor(circuit: Circuit, limit: number) {
    this.#definitions = new Map(circuit.definitions.map((one) => [one.name, one]));
    this.#limit = limit;
  }

  run(operations: readonly Operation[]): Operation[] {
    const result: Operation[] = [];
    for (const operation of operations) this.#add(operation, 0, result);
    return result;
  }

  #add(operation: Operation, depth: number, result: Operation[]): void {
    if (operation.kind === 'if') {
      this.#push(
        { ...operation, body: this.run(operation.body), otherwise: this.run(operation.otherwise) },
        result,
      );
      return;
    }
    if (operation.kind === 'gate') {
      const definition = this.#definitions.get(operation.gate);
      if (definition !== undefined) {
        this.#expand(operation, definition, depth, result);
        return;
      }
      if (gateById(operation.gate) === null) {
        const message = `There is no gate “${operation.gate}”. Declare it or correct its name.`;
        throw new AppError('bad-input', message, { gate: operation.gate });
      }
    }
    this.#push(operation, result);
  }

  #push(operation: Operation, result: Operation[]): void {
    this.#count++;
    this.#checkLimit();
    result.push(operation);
  }

  #expand(
    call: GateOperation,
    definition: GateDefinition,
    depth: number,
    result: Operation[],
  ): void {
    const body = bodyOf(definition);
    if (depth >= maximumDepth) {
      const message = `The gate “${call.gate}” is nested more than ${maximumDepth} deep, or calls itself.`;
      throw new AppError('unsupported', message, { gate: call.gate });
    }
    // Empty bodies cost time without adding operations, so steps are bounded, too.
    this.#steps++;
    this.#checkLimit();
    const power = call.power ?? 1;
    if (!Number.isInteger(power)) {
      // Only its matrix can be raised to such a power.
      this.#push({ ...call, parameters: call.parameters.map(folded) }, result);
      return;
    }
    const values = new Map(
      definition.parameterNames.map((name, i) => [name, folded(call.parameters[i] as Expression)]),
    );
    const steps = power > 0 ? body : body.toReversed();
    const sign = power > 0 ? 1 : -1;
    const isTaken = this.#definitions.has('p');
    for (let round = 0; round < Math.abs(power); round++) {
      this.#steps++;
      this.#checkLimit();
      for (const step of steps) {
        for (const bound of boundTo(step, call, values, sign, isTaken)) {
          this.#add(bound, depth + 1, result);
        }
      }
    }
  }

  #checkLimit(): void {
    if (this.#count <= this.#limit && this.#steps <= 10 * this.#limit + 1000) return;
    throw tooLarge(this.#limit);
  }
}

/**
 * The operations of a call of a gate of the circuit's own, one level deep: its body on the call's
 * qubits, with its angles, controls and whole power. `unsupported` for other calls.
 */
export function operationsOfCall(call: GateOperation, circuit: Circuit): Operation[] {
  const definition = circuit.definitions.find(({ name }) => name === call.gate);
  const power = call.power ?? 1;
  if (definition === undefined || !Number.isInteger(power) || Math.abs(power) > maximumDepth) {
    const message = `“${call.gate}” cannot be written out here: it is no gate of this circuit, or has a power that is no small whole number.`;
    throw new AppError('unsupported', message, { gate: call.gate });
  }
  const body = bodyOf(definition);
  const values = new Map(
    definition.parameterNames.map((name, i) => [name, call.parameters[i] as Expression]),
  );
  const steps = power > 0 ? body : body.toReversed();
  const isTaken = circuit.definitions.some(({ name }) => name === 'p');
  const sign = power > 0 ? 1 : -1;
  const once = steps.flatMap((step) => boundTo(step, call, values, sign, isTaken));
  return Array.from({ length: Math.abs(power) }, () => once).flat();
}

function bodyOf(definition: GateDefinition): readonly Operation[] {
  if (definition.body !== null) return definition.body;
  throw new AppError(
    'unsupported',
    `The gate “${definition.name}” is opaque: it has no body. Give it one with “gate ${definition.name} …” to use it here.`,
    { gate: definition.name },
  );
}

/**
 * A formula without free parameters as its number: otherwise `g(a) = h(a + a)`, nested n deep,
 * would be a formula of 2^n terms.
 */
function folded(expression: Expression): Expression {
  if (expression.kind === 'number' || parametersIn(expression).length > 0) return expression;
  return numberOf(evaluate(expression));
}

/** A body may divide by a parameter that is zero in this call. */
function checkFinite(expression: Expression, gate: string): Expression {
  if (expression.kind === 'number' || parametersIn(expression).length > 0) return expression;
  const value = evaluate(expression);
  if (Number.isFinite(value)) return expression;
  throw new AppError(
    'bad-input',
    `With these parameters the gate “${gate}” has an angle that is not a finite number (${value}). Look for a division by zero in its body.`,
    { gate },
  );
}

/** A step of a body on the qubits and parameters of a call; `isPhaseTaken`: the circuit has its own `p`. */
function boundTo(
  step: Operation,
  call: GateOperation,
  values: ReadonlyMap<string, Expression>,
  power: 1 | -1,
  isPhaseTaken: boolean,
): Operation[] {
  const wire = (qubit: number): number => call.qubits[qubit] as number;
  const origin = call.origin === undefined ? {} : { origin: call.origin };
  if (step.kind === 'barrier')
    return [{ kind: 'barrier', qubits: step.qubits.map(wire), ...origin }];
  if (step.kind === 'opaque' && step.isInert === true) return [];
  if (step.kind !== 'gate') {
    const message = `The gate “${call.gate}” has a ${step.kind} in its body; only gates and barriers can stand there.`;
    throw new AppError('unsupported', message, { gate: call.gate });
  }
  const exponent = (step.power ?? 1) * power;
  const parameters = step.parameters.map((parameter) =>
    checkFinite(
      substitute(parameter, (name) => values.get(name) ?? null),
      call.gate,
    ),
  );
  const own = (step.controls ?? []).map(({ qubit, value }) => ({ qubit: wire(qubit), value }));
  const controls = [...(call.controls ?? []), ...own];
  const [angle] = parameters;
  if (step.gate === 'gphase' && angle !== undefined) {
    const phase = phaseOf(angle, exponent, controls, call);
    return isPhaseTaken ? phase.map(asUniversal) : phase;
  }
  return [
    {
      kind: 'gate',
      gate: step.gate,
      qubits: step.qubits.map(wire),
      parameters,
      ...(controls.length === 0 ? {} : { controls }),
      ...(exponent === 1 ? {} : { power: exponent }),
      ...origin,
    },
  ];
}

/** A phase under the controls of a call; the power of an open one stays until it is known. */
function phaseOf(
  angle: Expression,
  power: number,
  controls: readonly Control[],
  { origin }: GateOperation,
): GateOperation[] {
  const isBroken = !Number.isInteger(power);
  if (isBroken && parametersIn(angle).length > 0) {
    return openPhasePower(angle, power, controls, origin);
  }
  return phaseOperations(
    multipliedAngle(isBroken ? principalPhase(angle) : angle, power),
    controls,
    origin,
  );
}
