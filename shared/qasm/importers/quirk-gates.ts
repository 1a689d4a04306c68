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
  '⅟₃₂': 1 / 32,
  '⅟₆₄': 1 / 64,
  '⅟₁₂₈': 1 / 128,
};

/** Gates that turn the phase of everything, which controls make visible. */
const phases: Readonly<Record<string, number>> = {
  i: Math.PI / 2,
  '-i': -Math.PI / 2,
  '√i': Math.PI / 4,
  '√-i': -Math.PI / 4,
  NeGate: Math.PI,
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
  const [, axis, sign, fraction] = /^([XYZ])\^(-?)(½|⅓|¼|⅛|⅟₁₆|⅟₃₂|⅟₆₄|⅟₁₂₈)$/u.exec(id) ?? [];
  if (axis !== undefined && fraction !== undefined) {
    const power = (exponents[fraction] as number) * (sign === '-' ? -1 : 1);
    if (axis === 'Z') return [callOf('p', [wire], [Math.PI * power])];
    return [{ ...callOf(axis.toLowerCase(), [wire]), power }];
  }
  const phase = Object.hasOwn(phases, id) ? phases[id] : undefined;
  if (phase !== undefined) return [callOf('gphase', [], [phase])];
  const [, family, digits] =
    /^(QFT†|QFT|rev|inc|dec|<<|>>|weave|split|PhaseGradient|PhaseUngradient)(\d{1,2})$/u.exec(id) ??
    [];
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
    case 'dec':
      return increment(wires).toReversed();
    case '<<':
      return moved(wires, (bit) => (bit + 1) % span);
    case '>>':
      return moved(wires, (bit) => (bit + span - 1) % span);
    case 'weave':
      return moved(wires, (bit) => interleaved(bit, span));
    case 'split':
      return moved(wires, (bit) => Math.floor(bit / 2) + (bit % 2) * Math.ceil(span / 2));
    default:
      return gradient(wires, family === 'PhaseGradient' ? 1 : -1);
  }
}

/** Why a gate of Quirk is none of a circuit. */
export function whyNoGate(id: string): string {
  if (
    /^(?:[XYZ]\^-?t|[XYZ]\^⌈t.*⌉|e\^-?i[XYZ]t|(?:<<|>>)t\d+|grad\^-?t\d+|(?:Unc|C)ounting\d+)$/u.test(
      id,
    )
  ) {
    return 'what it does depends on the time';
  }
  if (/^\|.⟩⟨.\|$/u.test(id)) return 'it keeps only the runs with one outcome';
  if (/^[XYZ]Detect/.test(id)) return 'it draws one outcome for all runs that are shown';
  if (id === '0') return 'it leaves no state at all';
  if (id === '__error__') return 'it breaks the state on purpose';
  if (id === '__unstable__UniversalNot') return 'no unitary matrix does it';
  return 'no gate of Quirk has this id, or the number of its wires';
}

/** Blocks of bits as stripes. */
function interleaved(bit: number, span: number): number {
  const half = Math.ceil(span / 2);
  return (bit % half) * 2 + Math.floor(bit / half);
}

/** Swaps that bring each wire's bit to its new place. */
function moved(wires: readonly number[], placeOf: (bit: number) => number): GateOperation[] {
  const held = wires.map((_, bit) => bit);
  const steps: GateOperation[] = [];
  const wanted = wires.map(() => 0);
  wires.forEach((_, bit) => {
    wanted[placeOf(bit)] = bit;
  });
  wanted.forEach((bit, place) => {
    const at = held.indexOf(bit);
    if (at === place) return;
    [held[at], held[place]] = [held[place] as number, held[at] as number];
    steps.push(callOf('swap', [wires[place] as number, wires[at] as number]));
  });
  return steps;
}

/** A phase of π·k/2^n for the number k on the n wires. */
function gradient(wires: readonly number[], sign: 1 | -1): GateOperation[] {
  return wires.map((wire, i) => callOf('p', [wire], [sign * Math.PI * 2 ** (i - wires.length)]));
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
