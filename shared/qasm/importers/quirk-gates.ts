import { gate as callOf } from '../../circuit/build.ts';
import type { GateOperation } from '../../circuit/circuit.ts';
import { multiControlledX } from '../../circuit/multi-control.ts';

/** Gates on one wire whose id says all. */
const plain: Readonly<Record<string, string>> = {
  H: 'h',
  X: 'x',
  Y: 'y',
  Z: 'z',
  'X^½': 'sx',
  'X^-½': 'sxdg',
  'Z^½': 's',
  'Z^-½': 'sdg',
  'Z^¼': 't',
  'Z^-¼': 'tdg',
};

const exponents: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  '⅓': 1 / 3,
  '¼': 1 / 4,
  '⅛': 1 / 8,
  '⅟₁₆': 1 / 16,
};

/** Quirk draws no larger family. */
const maximumSpan = 16;

/** Things that show the state and leave it as it is. */
const displays = /^(?:Chance|Amps|Density|Sample|Bloch|Prob)\d*$/;

export function isDisplay(id: string): boolean {
  return displays.test(id);
}

/** The operations of a gate that begins on this wire; null where its id is not known. */
export function quirkGate(id: string, wire: number): GateOperation[] | null {
  const known = Object.hasOwn(plain, id) ? plain[id] : undefined;
  if (known !== undefined) return [callOf(known, [wire])];
  const [, axis, sign, fraction] = /^([XYZ])\^(-?)(½|⅓|¼|⅛|⅟₁₆)$/u.exec(id) ?? [];
  if (axis !== undefined && fraction !== undefined) {
    const power = (exponents[fraction] as number) * (sign === '-' ? -1 : 1);
    if (axis === 'Z') return [callOf('p', [wire], [Math.PI * power])];
    return [{ ...callOf(axis.toLowerCase(), [wire]), power }];
  }
  const [, family, digits] = /^(QFT†|QFT|rev|inc|dec)(\d{1,2})$/u.exec(id) ?? [];
  const span = Number(digits);
  if (family === undefined || span < 1 || span > maximumSpan) return null;
  const wires = Array.from({ length: span }, (_, i) => wire + i);
  switch (family) {
    case 'QFT':
      return fourier(wires);
    case 'QFT†':
      return fourier(wires).toReversed().map(inverted);
    case 'rev':
      return reversal(wires);
    case 'inc':
      return increment(wires);
    default:
      return increment(wires).toReversed();
  }
}

/** The Fourier transform with the first wire as the least significant bit. */
function fourier(wires: readonly number[]): GateOperation[] {
  const steps: GateOperation[] = [];
  for (let j = wires.length - 1; j >= 0; j--) {
    steps.push(callOf('h', [wires[j] as number]));
    for (let k = j - 1; k >= 0; k--) {
      steps.push(callOf('cp', [wires[k] as number, wires[j] as number], [Math.PI / 2 ** (j - k)]));
    }
  }
  return [...steps, ...reversal(wires)];
}

function inverted(call: GateOperation): GateOperation {
  const [angle] = call.parameters;
  return angle?.kind === 'number' ? callOf(call.gate, call.qubits, [-angle.value]) : call;
}

function reversal(wires: readonly number[]): GateOperation[] {
  const half = Math.floor(wires.length / 2);
  return Array.from({ length: half }, (_, i) =>
    callOf('swap', [wires[i] as number, wires[wires.length - 1 - i] as number]),
  );
}

/** Adds 1: a bit turns where all below it are 1. */
function increment(wires: readonly number[]): GateOperation[] {
  return wires
    .map((wire, i): GateOperation[] => {
      const controls = wires.slice(0, i);
      if (controls.length < 3) return multiControlledX(controls, wire, []);
      const under = controls.map((qubit) => ({ qubit, value: 1 as const }));
      return [{ ...callOf('x', [wire]), controls: under }];
    })
    .toReversed()
    .flat();
}
