import { AppError } from '../base/errors.ts';
import { gate as callOf } from '../circuit/build.ts';
import {
  type Circuit,
  type Control,
  type GateOperation,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '../circuit/circuit.ts';
import { controlledName, withAllControls } from '../circuit/controlled-forms.ts';
import { flattenOperations } from '../circuit/expand.ts';
import { formulaSteps } from '../circuit/formula-steps.ts';
import { phaseOperations } from '../circuit/global-phase.ts';
import {
  multiControlledPhase,
  multiControlledX,
  negative,
  part,
} from '../circuit/multi-control.ts';
import { type Expression, numberOf, parametersIn } from '../circuit/expression.ts';
import { gateById } from '../gates/registry.ts';
import type { Notes } from './notes.ts';
import { withoutPower } from './powers.ts';

/** Longer programs are refused: no tool would read them. */
const maximumOperations = 500_000;

/** The decompositions of the registry end after this many rounds where a target knows h, rz and cx. */
const maximumRounds = 60;

/** What a format or a machine can say of gates; ids are those of the registry. */
export interface GateTarget {
  readonly native: ReadonlySet<string>;
  /** Gates that may have any number of further controls. */
  readonly controllable?: ReadonlySet<string>;
  /** Whether such a control may want 0. */
  readonly hasAntiControls?: boolean;
  /** Whether `id` with a power stays: so many steps of idling. */
  readonly keepsIdling?: boolean;
}

/**
 * The operations in words of the target: gates of the user's own are written out, others decomposed
 * up to global phase, formulas kept, and all of it noted.
 */
export function lowerFor(
  circuit: Circuit,
  target: GateTarget | ReadonlySet<string>,
  notes: Notes,
): readonly Operation[] {
  const known: GateTarget = 'has' in target ? { native: target } : target;
  const own = new Set(circuit.definitions.map(({ name }) => name));
  for (const operation of circuit.operations) noteOwn(operation, own, notes);
  const flat = flattenOperations(circuit, maximumOperations);
  const lowering = new Lowering(circuit, known, notes);
  const result: Operation[] = [];
  for (const operation of flat) {
    for (const one of lowering.lower(operation)) result.push(one);
    if (result.length > maximumOperations) {
      const message = `In these gates the circuit has more than ${maximumOperations} operations. Export a part of it.`;
      throw new AppError('too-large', message, { limit: maximumOperations });
    }
  }
  return result;
}

function noteOwn(operation: Operation, own: ReadonlySet<string>, notes: Notes): void {
  if (operation.kind === 'if') {
    for (const inner of [...operation.body, ...operation.otherwise]) noteOwn(inner, own, notes);
  } else if (operation.kind === 'gate' && own.has(operation.gate)) {
    notes.add(`the declaration of the gate “${operation.gate}”`, 'written out in built-in gates');
  }
}

class Lowering {
  readonly #circuit: Circuit;
  readonly #target: GateTarget;
  readonly #notes: Notes;

  constructor(circuit: Circuit, target: GateTarget, notes: Notes) {
    this.#circuit = circuit;
    this.#target = target;
    this.#notes = notes;
  }

  lower(operation: Operation): readonly Operation[] {
    if (operation.kind === 'gate') return this.#gate(operation, 0);
    if (operation.kind !== 'if') return [operation];
    const body = operation.body.flatMap((inner) => this.lower(inner));
    const otherwise = operation.otherwise.flatMap((inner) => this.lower(inner));
    return [{ ...operation, body, otherwise }];
  }

  #gate(call: GateOperation, round: number): readonly GateOperation[] {
    if (round > maximumRounds) throw unsupported(`“${call.gate}”`);
    if (round > 0 && isIdle(call)) return [];
    const { native } = this.#target;
    const isPlain = (call.controls ?? []).length === 0 && (call.power ?? 1) === 1;
    const known = gateById(call.gate);
    if (isPlain && known !== null && native.has(known.id)) return [{ ...call, gate: known.id }];
    const isIdling = call.gate === 'id' && (call.controls ?? []).length === 0;
    if (isIdling && this.#target.keepsIdling === true) return [call];
    if ((call.power ?? 1) !== 1) {
      const calls = withoutPower(call, this.#circuit, this.#notes);
      return calls.flatMap((one) => this.#gate(one, round + 1));
    }
    if (known === null) {
      throw new AppError('bad-input', `There is no gate “${call.gate}”. Declare it first.`);
    }
    if (round === 0) this.#note(call);
    const spread = withAllControls({ ...call, gate: known.id });
    if (spread.length > 1) return spread.flatMap((one) => this.#gate(one, round + 1));
    const [all] = spread as [GateOperation];
    const controls = all.controls ?? [];
    return controls.length === 0 ? this.#steps(all, round) : this.#controlled(all, controls, round);
  }

  #note(call: GateOperation): void {
    const count = (call.controls ?? []).length;
    const base = gateById(call.gate)?.id ?? call.gate;
    if (base === 'gphase' && count === 0) {
      this.#notes.add('the global phase', 'no measurement can tell it');
      return;
    }
    const isKept =
      this.#target.controllable?.has(withAllControls(call)[0]?.gate ?? '') === true &&
      (call.controls ?? []).every(
        ({ value }) => value === 1 || this.#target.hasAntiControls === true,
      );
    if (isKept) return;
    const what = count === 0 ? `the gate “${base}”` : `controls on the gate “${base}”`;
    this.#notes.add(what, 'decomposed, equal up to global phase');
  }

  /** A gate without controls, in the registry's steps. */
  #steps(call: GateOperation, round: number): readonly GateOperation[] {
    const gate = gateById(call.gate);
    if (gate === null) throw unsupported(`“${call.gate}”`);
    if (this.#target.native.has(gate.id)) return [call];
    // Doing nothing needs no word.
    if (gate.id === 'id') return [];
    const made = formulaSteps(gate, call.parameters);
    if (made === null) throw unsupported(`“${call.gate}”`);
    return made.steps.flatMap((step) => this.#gate(placed(step, call), round + 1));
  }

  #controlled(
    call: GateOperation,
    controls: readonly Control[],
    round: number,
  ): readonly GateOperation[] {
    const isControllable = this.#target.controllable?.has(call.gate) === true;
    const flips =
      isControllable && this.#target.hasAntiControls === true
        ? []
        : controls.filter(({ value }) => value === 0).map(({ qubit }) => callOf('x', [qubit]));
    if (flips.length > 0) {
      const positive = controls.map(({ qubit }) => ({ qubit, value: 1 as const }));
      const inner = this.#controlled({ ...call, controls: positive }, positive, round + 1);
      const around = flips.flatMap((flip) => this.#gate(flip, round + 1));
      return [...around, ...inner, ...around];
    }
    const wires = controls.map(({ qubit }) => qubit);
    const name = controlledName(call.gate, wires.length);
    if (
      name !== null &&
      this.#target.native.has(name) &&
      controls.every(({ value }) => value === 1)
    ) {
      const { controls: _, ...plain } = call;
      return [{ ...plain, gate: name, qubits: [...wires, ...call.qubits] }];
    }
    if (isControllable) return [call];
    const steps = this.#underControls(call, wires);
    return steps.flatMap((one) => this.#gate({ ...one, ...originOf(call) }, round + 1));
  }

  /** Gates with fewer or simpler controls that do the same, phase included. */
  #underControls(call: GateOperation, controls: readonly number[]): readonly GateOperation[] {
    const { gate, parameters, qubits } = call;
    const [t] = qubits as [number];
    const used = new Set(qubitsOf(call));
    const spare = Array.from({ length: qubitCountOf(this.#circuit) }, (_, q) => q).filter(
      (q) => !used.has(q),
    );
    const flip = (): GateOperation[] => multiControlledX(controls, t, spare);
    const phase = (angle: Expression): GateOperation[] =>
      multiControlledPhase(controls, t, angle, spare);
    const turn = (quarter: number): GateOperation[] => phase(numberOf((quarter * Math.PI) / 4));
    const around = (
      before: GateOperation,
      inner: GateOperation[],
      after = before,
    ): GateOperation[] => [before, ...inner, after];
    switch (gate) {
      case 'x': {
        const name = controls.length < 3 ? controlledName('x', controls.length) : null;
        const isKnown = name === null || this.#target.native.has(name);
        return isKnown ? flip() : this.#registrySteps(name, [...controls, t]);
      }
      case 'y':
        return around(callOf('sdg', [t]), flip(), callOf('s', [t]));
      case 'z':
        return around(callOf('h', [t]), flip());
      case 'h':
        return around(
          callOf('ry', [t], [-Math.PI / 4]),
          [callOf('h', [t]), ...flip(), callOf('h', [t])],
          callOf('ry', [t], [Math.PI / 4]),
        );
      case 'sx':
        return around(callOf('h', [t]), turn(2));
      case 'sxdg':
        return around(callOf('h', [t]), turn(-2));
      case 's':
        return turn(2);
      case 'sdg':
        return turn(-2);
      case 't':
        return turn(1);
      case 'tdg':
        return turn(-1);
      case 'p':
        return controls.length === 1
          ? this.#registrySteps('cp', [...controls, t], parameters)
          : phase(parameters[0] as Expression);
      case 'rx':
        return around(callOf('h', [t]), this.#rotation('rz', parameters[0] as Expression, t, flip));
      case 'ry':
        return this.#rotation('ry', parameters[0] as Expression, t, flip);
      case 'rz':
        return this.#rotation('rz', parameters[0] as Expression, t, flip);
      case 'u':
        return this.#universal(call, controls, flip);
      case 'gphase':
        return phaseOperations(
          parameters[0] as Expression,
          controls.map((qubit) => ({ qubit, value: 1 })),
        );
      default:
        return this.#everyStep(call, controls);
    }
  }

  #registrySteps(
    name: string,
    qubits: readonly number[],
    parameters: readonly Expression[] = [],
  ): readonly GateOperation[] {
    const gate = gateById(name);
    const made = gate === null ? null : formulaSteps(gate, parameters);
    if (made === null) throw unsupported(`“${name}”`);
    return made.steps.map((step) => placed(step, { kind: 'gate', gate: name, parameters, qubits }));
  }

  /** Half a turn back between two flips, half a turn on: nothing where the flips do nothing. */
  #rotation(
    gate: 'ry' | 'rz',
    angle: Expression,
    target: number,
    flip: () => GateOperation[],
  ): GateOperation[] {
    const half = part(angle, 2);
    return [
      ...flip(),
      callOf(gate, [target], [negative(half)]),
      ...flip(),
      callOf(gate, [target], [half]),
    ];
  }

  /** U = e^{i(φ+λ)/2}·A·X·B·X·C with A·B·C = 1 (Barenco et al. 1995, lemma 4.3). */
  #universal(
    { parameters, qubits }: GateOperation,
    controls: readonly number[],
    flip: () => GateOperation[],
  ): GateOperation[] {
    const [theta, phi, lambda] = parameters as [Expression, Expression, Expression];
    const [t] = qubits as [number];
    const sum: Expression = { kind: 'binary', operator: '+', left: phi, right: lambda };
    const difference: Expression = { kind: 'binary', operator: '-', left: lambda, right: phi };
    return [
      callOf('rz', [t], [part(difference, 2)]),
      ...flip(),
      callOf('rz', [t], [negative(part(sum, 2))]),
      callOf('ry', [t], [negative(part(theta, 2))]),
      ...flip(),
      callOf('ry', [t], [part(theta, 2)]),
      callOf('rz', [t], [phi]),
      ...phaseOperations(
        part(sum, 2),
        controls.map((qubit) => ({ qubit, value: 1 })),
      ),
    ];
  }

  /** Controls on every step of the registry's decomposition, and on the phase that it leaves out. */
  #everyStep(call: GateOperation, controls: readonly number[]): readonly GateOperation[] {
    const gate = gateById(call.gate);
    if (gate?.qubitCount === 1 && gate.decomposition === null) return [];
    const made = gate === null ? null : formulaSteps(gate, call.parameters);
    if (made === null) throw unsupported(`controls on “${call.gate}”`);
    const under = controls.map((qubit) => ({ qubit, value: 1 as const }));
    const isPhased = !(made.phase.kind === 'number' && made.phase.value === 0);
    return [
      ...made.steps.map((step) => ({ ...placed(step, call), controls: under })),
      ...(isPhased ? phaseOperations(made.phase, under) : []),
    ];
  }
}

/** A turn by nothing, which a decomposition has for some angles. */
function isIdle({ gate, parameters }: GateOperation): boolean {
  const [angle] = parameters;
  const isTurn = /^(?:c?p|c?r[xyz]|r(?:xx|yy|zz)|gphase)$/.test(gate);
  return isTurn && angle?.kind === 'number' && angle.value === 0;
}

function originOf({ origin }: GateOperation): Pick<GateOperation, 'origin'> {
  return origin === undefined ? {} : { origin };
}

/** A step of a decomposition on the qubits of the call. */
function placed(
  step: {
    readonly gate: string;
    readonly parameters: readonly Expression[];
    readonly qubits: readonly number[];
  },
  call: GateOperation,
): GateOperation {
  return {
    kind: 'gate',
    gate: step.gate,
    parameters: step.parameters,
    qubits: step.qubits.map((place) => call.qubits[place] as number),
    ...originOf(call),
  };
}

function unsupported(what: string): AppError {
  return new AppError('unsupported', `These gates cannot express ${what}. Decompose it first.`, {
    what,
  });
}

/** The first parameter without a value that a call depends on. */
export function openParameterOf(call: GateOperation): string | null {
  return call.parameters.flatMap(parametersIn)[0] ?? null;
}
