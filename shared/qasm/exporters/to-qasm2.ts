import { AppError } from '../../base/errors.ts';
import {
  bitsOf,
  type Circuit,
  type Condition,
  type GateDefinition,
  type GateOperation,
  type Operation,
} from '../../circuit/circuit.ts';
import { wantedBits } from '../../circuit/condition.ts';
import { gates } from '../../gates/registry.ts';
import { inNames2 } from '../print/names-for.ts';
import type { Losses } from './exporter.ts';
import { lowerFor } from '../../compiler/lowering.ts';

/** A condition on some bits is written once for each value of the whole register. */
const maximumValues = 256;

/** A register for outcomes that are not kept: OpenQASM 2 keeps every one. */
const spareRegister = 'not_kept';

/** Gates that OpenQASM 2 has a name for, unless the program gives the name to another one. */
function nativeGates(circuit: Circuit): ReadonlySet<string> {
  const own = new Set(circuit.definitions.map(({ name }) => name));
  return new Set(
    gates.flatMap(({ id, qasm2 }) =>
      qasm2.home !== 'none' && !own.has(id) && !own.has(qasm2.name) ? [id as string] : [],
    ),
  );
}

/**
 * The circuit in what OpenQASM 2 has: modifiers written out, conditions on whole registers, names
 * that it allows. What has no words there stays as an opaque operation; all of it is noted.
 */
export function inOpenQasm2(circuit: Circuit, losses: Losses): Circuit {
  const renamed = inNames2(circuit, losses);
  const native = nativeGates(renamed);
  // Gates that keep a declaration; a body that only numbers can say is written out at every call.
  const kept = new Set<string>();
  const definitions = renamed.definitions
    .map((one) => definition2(one, renamed, native, kept, losses))
    .filter((one) => one !== null);
  // Calls with modifiers are written out of the bodies as they were: a control sees their phase.
  const rewriting = new Rewriting(renamed, native, kept, losses);
  const operations = renamed.operations.flatMap((one) => rewriting.rewrite(one));
  const bitRegisters = rewriting.needsSpareBit
    ? [...renamed.bitRegisters, { name: spareRegister, size: 1 }]
    : renamed.bitRegisters;
  return { ...renamed, definitions, bitRegisters, operations };
}

function isPlain({ controls, power }: GateOperation): boolean {
  return (controls ?? []).length === 0 && (power ?? 1) === 1;
}

/** Calls with modifiers in built-in gates; plain calls of the program's own gates stay. */
function gate2(
  call: GateOperation,
  circuit: Circuit,
  native: ReadonlySet<string>,
  kept: ReadonlySet<string>,
  losses: Losses,
): readonly Operation[] {
  const isOwn = circuit.definitions.some(({ name }) => name === call.gate);
  if (isOwn && isPlain(call) && kept.has(call.gate)) return [call];
  if (isOwn && !isPlain(call))
    losses.add(`modifiers on the gate “${call.gate}”`, 'written out in built-in gates');
  const parameters = circuit.parameters;
  return lowerFor({ ...circuit, parameters, operations: [call] }, { native }, losses);
}

/** Null where the body cannot be said without the numbers of a call. */
function definition2(
  definition: GateDefinition,
  circuit: Circuit,
  native: ReadonlySet<string>,
  kept: Set<string>,
  losses: Losses,
): GateDefinition | null {
  if (definition.body === null) {
    kept.add(definition.name);
    return definition;
  }
  const inside: Circuit = {
    ...circuit,
    qubitRegisters: [{ name: 'q', size: definition.qubitNames.length }],
    bitRegisters: [],
    parameters: definition.parameterNames.map((name) => ({ name, value: null })),
  };
  try {
    const body = definition.body.flatMap((step): readonly Operation[] => {
      if (step.kind === 'gate') return gate2(step, inside, native, kept, losses);
      return step.kind === 'barrier' ? [step] : [];
    });
    kept.add(definition.name);
    return { ...definition, body };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unsupported') throw error;
    losses.add(`the declaration of the gate “${definition.name}”`, 'written out in built-in gates');
    return null;
  }
}

class Rewriting {
  readonly #circuit: Circuit;
  readonly #native: ReadonlySet<string>;
  readonly #kept: ReadonlySet<string>;
  readonly #losses: Losses;
  needsSpareBit = false;

  constructor(
    circuit: Circuit,
    native: ReadonlySet<string>,
    kept: ReadonlySet<string>,
    losses: Losses,
  ) {
    this.#circuit = circuit;
    this.#native = native;
    this.#kept = kept;
    this.#losses = losses;
  }

  rewrite(operation: Operation): readonly Operation[] {
    switch (operation.kind) {
      case 'gate':
        return gate2(operation, this.#circuit, this.#native, this.#kept, this.#losses);
      case 'measure':
        return [operation.bit === null ? this.#unkept(operation) : operation];
      case 'if':
        return this.#conditional(operation);
      case 'opaque':
        this.#losses.add(`“${operation.label}”`, 'OpenQASM 2 has no words for it');
        return [operation];
      default:
        return [operation];
    }
  }

  #unkept(operation: Operation & { kind: 'measure' }): Operation {
    this.needsSpareBit = true;
    this.#losses.add(
      'measurements whose outcome is not kept',
      `OpenQASM 2 keeps every outcome; they go into the register “${spareRegister}”`,
    );
    const bit = this.#circuit.bitRegisters.reduce((sum, { size }) => sum + size, 0);
    return { ...operation, bit };
  }

  #lost(operation: Operation, what: string): readonly Operation[] {
    this.#losses.add(what, 'OpenQASM 2 has no words for it; a comment stands in its place');
    return [{ kind: 'opaque', label: what, qubits: [], bits: bitsOf(operation) }];
  }

  #conditional(operation: Operation & { kind: 'if' }): readonly Operation[] {
    const { condition, body, otherwise } = operation;
    const written = new Set([...body, ...otherwise].flatMap(bitsOf));
    const changesItself = condition.bits.some((bit) => written.has(bit));
    if (changesItself && body.length + otherwise.length > 1) {
      return this.#lost(operation, 'a condition whose branches change its own bits');
    }
    const then = this.#under(condition, body);
    const rest = this.#under({ ...condition, negated: condition.negated !== true }, otherwise);
    return then === null || rest === null
      ? this.#lost(operation, 'a condition on bits of several registers, or of a large one')
      : [...then, ...rest];
  }

  /** The body under every value of the register that the condition allows; null where it cannot be. */
  #under(condition: Condition, body: readonly Operation[]): readonly Operation[] | null {
    if (body.length === 0) return [];
    const whole = this.#wholeValues(condition);
    if (whole === null) return null;
    const inner = body.flatMap((one) => this.#inner(one));
    // Values outside, so that each round of the body is complete under its own value.
    return whole.flatMap((one) => inner.flatMap((step) => this.#guarded(one, step)));
  }

  #inner(operation: Operation): readonly Operation[] {
    if (operation.kind === 'barrier') {
      this.#losses.add('barriers under a condition', 'OpenQASM 2 has none; they are left out');
      return [];
    }
    return this.rewrite(operation);
  }

  #guarded(condition: Condition, step: Operation): readonly Operation[] {
    if (step.kind === 'opaque') return [step];
    if (step.kind !== 'if') return [{ kind: 'if', condition, body: [step], otherwise: [] }];
    const isSame = step.condition.bits.join() === condition.bits.join();
    if (!isSame) return this.#lost(step, 'a condition inside a condition on another register');
    return step.condition.value === condition.value ? [step] : [];
  }

  #wholeValues(condition: Condition): readonly Condition[] | null {
    const { bits, value, negated } = condition;
    const wanted = wantedBits(condition);
    let first = 0;
    for (const { size } of this.#circuit.bitRegisters) {
      const start = first;
      first += size;
      const places = bits.map((bit) => bit - start);
      if (!places.every((place) => place >= 0 && place < size)) continue;
      const all = Array.from({ length: size }, (_, i) => start + i);
      const isWhole = places.length === size && places.every((place, i) => place === i);
      if (isWhole && negated !== true) return [{ bits: all, value }];
      if (2 ** size > maximumValues) return null;
      const isWanted = (candidate: number): boolean =>
        wanted !== null && places.every((place, i) => ((candidate >> place) & 1) === wanted[i]);
      const values = Array.from({ length: 2 ** size }, (_, i) => i);
      const kept = values.filter((one) => isWanted(one) !== (negated === true));
      if (!isWhole || negated === true) {
        this.#losses.add(
          'conditions on some bits of a register, or with “≠”',
          'written once for each value of the whole register',
        );
      }
      return kept.map((one) => ({ bits: all, value: one }));
    }
    return null;
  }
}
