import type { Circuit, GateOperation } from '#shared/circuit/circuit.ts';
import type { Gate, GateFamily } from '#shared/gates/gate.ts';
import { gateNamed } from '#shared/gates/registry.ts';

/** Which pair of colours a gate has. */
export type Tone = 'pauli' | 'clifford' | 'phase' | 'rotation' | 'universal' | 'two' | 'other';

export interface DrawnControl {
  readonly row: number;
  readonly value: 0 | 1;
}

/** How an operation looks; rows are qubit rows. */
export type Drawing =
  | {
      readonly kind: 'box';
      readonly symbol: string;
      /** Parameters, under the symbol. */
      readonly label: string;
      readonly targets: readonly number[];
      readonly controls: readonly DrawnControl[];
      readonly tone: Tone;
    }
  | {
      readonly kind: 'sign';
      readonly sign: 'plus' | 'cross' | 'dot';
      readonly targets: readonly number[];
      readonly controls: readonly DrawnControl[];
      readonly tone: Tone;
    }
  | { readonly kind: 'measure'; readonly row: number }
  | { readonly kind: 'barrier'; readonly rows: readonly number[] };

/** The colours of a family; controlled gates take those of two-qubit gates. */
export function toneOf(family: GateFamily): Tone {
  switch (family) {
    case 'two-qubit':
    case 'controlled':
      return 'two';
    case 'native':
      return 'other';
    default:
      return family;
  }
}

/** The registry's gate that a call means; null for a gate that the document defines itself. */
export function registryGateOf(circuit: Circuit, operation: GateOperation): Gate | null {
  if (circuit.definitions.some((definition) => definition.name === operation.gate)) return null;
  return gateNamed(operation.gate, 2) ?? gateNamed(operation.gate, 3) ?? null;
}

/** Dots, signs and boxes of a gate call. */
export function gateDrawingOf(circuit: Circuit, operation: GateOperation, label: string): Drawing {
  const gate = registryGateOf(circuit, operation);
  const own = gate?.controlCount ?? 0;
  const controls: DrawnControl[] = [
    ...(operation.controls ?? []).map(({ qubit, value }) => ({ row: qubit, value })),
    ...operation.qubits.slice(0, own).map((row): DrawnControl => ({ row, value: 1 })),
  ];
  const targets = operation.qubits.slice(own);
  const tone = gate === null ? 'other' : toneOf(gate.family);
  const sign =
    gate === null || operation.power !== undefined ? null : signOf(gate, controls.length);
  if (sign !== null) return { kind: 'sign', sign, targets, controls, tone };
  const power = operation.power === undefined ? '' : superscript(operation.power);
  const symbol = (gate?.symbol ?? operation.gate) + power;
  return { kind: 'box', symbol, label, targets, controls, tone };
}

function signOf(gate: Gate, controlCount: number): 'plus' | 'cross' | 'dot' | null {
  if (gate.parameterNames.length > 0) return null;
  if (gate.symbol === '×') return 'cross';
  if (controlCount === 0) return null;
  if (gate.symbol === 'X') return 'plus';
  return gate.symbol === 'Z' ? 'dot' : null;
}

function superscript(power: number): string {
  return power === -1 ? '†' : `^${power}`;
}
