import type { Control, GateOperation, Origin } from '../../circuit/circuit.ts';
import type { Expression } from '../../circuit/expression.ts';
import { multipliedAngle, phaseOperations } from '../../circuit/global-phase.ts';
import { operationsUnderPowers } from './gate-powers.ts';
import { extraPhase } from './gate-phases.ts';
import { inOtherWords } from './other-words.ts';
import { phasePower } from './phase-powers.ts';
import type { GateSymbol } from './program-steps.ts';

export type Modifier =
  | { readonly kind: 'pow'; readonly exponent: number }
  | { readonly kind: 'ctrl' | 'negctrl' };

/** A call of a gate as the program writes it. */
export interface GateCall {
  readonly symbol: GateSymbol;
  readonly parameters: readonly Expression[];
  readonly modifiers: readonly Modifier[];
  /** The controls first, in the order of the modifiers. */
  readonly qubits: readonly number[];
  /** Whether a phase of the whole operation is written down, too. */
  readonly keepsPhases: boolean;
  /** Gates of the program's own that have the name of a built-in one. */
  readonly ownNames: ReadonlySet<string>;
}

/**
 * A call with its modifiers as operations of the circuit. In OpenQASM 3 `U`, `u2` and `u3` carry a
 * phase that the circuit's gates do not have; under controls it turns the controls. A power of a
 * controlled gate is the controlled power, so only the order of the powers among themselves counts.
 */
export function gateOperations(call: GateCall, origin: Origin): GateOperation[] {
  const { exponents, controls } = split(call);
  const isSeen = controls.length > 0 || call.keepsPhases;
  const operations = plainOperations(call, exponents, controls, origin, isSeen);
  return inOtherWords(operations, call);
}

/** Exponents, the innermost first, and controls. */
function split({ modifiers, qubits }: GateCall) {
  const exponents: number[] = [];
  const controls: Control[] = [];
  for (const modifier of modifiers) {
    if (modifier.kind === 'pow') exponents.unshift(modifier.exponent);
    else {
      const qubit = qubits[controls.length] as number;
      controls.push({ qubit, value: modifier.kind === 'ctrl' ? 1 : 0 });
    }
  }
  return { exponents, controls };
}

function plainOperations(
  { symbol, parameters, qubits }: GateCall,
  exponents: readonly number[],
  controls: readonly Control[],
  origin: Origin,
  isSeen: boolean,
): GateOperation[] {
  const { gate, isUserDefined } = symbol;
  const [angle] = parameters;
  if (gate === 'gphase' && angle !== undefined) {
    return phasePower(angle, exponents, controls, origin);
  }
  const under = controls.length === 0 ? {} : { controls };
  const place = { qubits: qubits.slice(controls.length), ...under, origin };
  const extra = isUserDefined ? null : extraPhase(symbol.name, parameters);
  if (exponents.every(Number.isInteger)) {
    const power = exponents.reduce((product, one) => product * one, 1);
    if (power === 0) return [];
    const base: GateOperation = { kind: 'gate', gate, parameters, ...place };
    const operation = power === 1 ? base : { ...base, power };
    if (extra === null || !isSeen) return [operation];
    return [...phaseOperations(multipliedAngle(extra, power), controls, origin), operation];
  }
  const { steps, phase } = operationsUnderPowers({ symbol, parameters, exponents, extra });
  const operations = steps.map(
    (step): GateOperation => ({
      ...step,
      ...place,
      qubits: step.qubits.map((at) => place.qubits[at] as number),
    }),
  );
  const isPhased = isSeen && !(phase.kind === 'number' && Math.abs(phase.value) < 1e-14);
  return isPhased ? [...phaseOperations(phase, controls, origin), ...operations] : operations;
}
