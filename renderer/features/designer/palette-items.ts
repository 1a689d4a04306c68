import type { GateDefinition } from '#shared/circuit/circuit.ts';
import { numberOf, type Expression } from '#shared/circuit/expression.ts';
import type { Gate, GateFamily } from '#shared/gates/gate.ts';
import { gates } from '#shared/gates/registry.ts';
import { type DisplayKind, displayKinds } from '#renderer/lib/workspace/marks.ts';
import { displayTitles } from './display-content.ts';
import { type Tone, toneOf } from './gate-drawing.ts';

/** Something that can be put on the wires. */
export type PaletteItem =
  | { readonly kind: 'gate'; readonly gate: Gate }
  /** A gate of the circuit's own or of the library, with those that it calls before it. */
  | {
      readonly kind: 'own';
      readonly gate: GateDefinition;
      readonly definitions: readonly GateDefinition[];
      readonly inCircuit: boolean;
    }
  | { readonly kind: 'measure' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'barrier' }
  /** Of 100 ns, as long as nothing else is typed. */
  | { readonly kind: 'delay' }
  /** A picture of the state behind a column. */
  | { readonly kind: 'display'; readonly show: DisplayKind }
  /** A control (1) or anti-control (0) for a gate that stands there. */
  | { readonly kind: 'control'; readonly value: 0 | 1 };

export interface PaletteGroup {
  readonly title: string;
  readonly items: readonly PaletteItem[];
}

const groupTitles: readonly (readonly [GateFamily, string])[] = [
  ['pauli', 'Pauli'],
  ['clifford', 'Clifford'],
  ['phase', 'Phase'],
  ['rotation', 'Rotation'],
  ['universal', 'Universal'],
  ['two-qubit', 'Two qubits'],
  ['controlled', 'Controlled'],
  ['native', 'Native'],
];

/** Within a family: fewer qubits first, then by id, with the usual order of the Pauli gates. */
function inDrawingOrder(a: Gate, b: Gate): number {
  return (
    a.qubitCount - b.qubitCount ||
    a.parameterNames.length - b.parameterNames.length ||
    a.id.localeCompare(b.id)
  );
}

const allGroups: readonly PaletteGroup[] = [
  {
    title: 'Measure and reset',
    items: [{ kind: 'measure' }, { kind: 'reset' }, { kind: 'barrier' }, { kind: 'delay' }],
  },
  {
    title: 'Controls',
    items: [
      { kind: 'control', value: 1 },
      { kind: 'control', value: 0 },
    ],
  },
  ...groupTitles.map(([family, title]) => ({
    title,
    items: gates
      .filter((gate) => gate.family === family)
      .toSorted(inDrawingOrder)
      .map((gate): PaletteItem => ({ kind: 'gate', gate })),
  })),
  {
    title: 'Displays',
    items: displayKinds.map((show): PaletteItem => ({ kind: 'display', show })),
  },
];

/** Every gate that a document can call, by family, and what is no gate first. */
export const paletteGroups = allGroups.filter((group) => group.items.length > 0);

export function itemId(item: PaletteItem): string {
  if (item.kind === 'own') {
    return `own-${item.gate.name}`;
  }
  if (item.kind === 'control') return item.value === 1 ? 'control' : 'anti-control';
  if (item.kind === 'display') return `display-${item.show}`;
  return item.kind === 'gate' ? item.gate.id : item.kind;
}

export function titleOfItem(item: PaletteItem): string {
  switch (item.kind) {
    case 'gate':
      return item.gate.title;
    case 'own':
      return `Your gate ${item.gate.name}`;
    case 'measure':
      return 'Measure';
    case 'reset':
      return 'Reset to |0⟩';
    case 'barrier':
      return 'Barrier';
    case 'delay':
      return 'Delay';
    case 'display':
      return `Display: ${displayTitles[item.show]}`;
    case 'control':
      return item.value === 1 ? 'Control' : 'Anti-control';
  }
}

export function summaryOfItem(item: PaletteItem): string {
  switch (item.kind) {
    case 'gate':
      return item.gate.summary;
    case 'own':
      return item.inCircuit ? 'A gate of this circuit.' : 'A gate of your library.';
    case 'measure':
      return 'Reads the qubit into a classical bit.';
    case 'reset':
      return 'Puts the qubit into |0⟩, whatever it was.';
    case 'barrier':
      return 'Keeps gates on its two sides apart.';
    case 'delay':
      return 'Waits for a time; Enter or a double click changes it.';
    case 'display':
      return 'Shows this of the state behind a column.';
    case 'control':
      return `Put it in a gate’s column: the gate acts only where this qubit is ${item.value}.`;
  }
}

/** The word on the palette's tile: the gate's symbol after a C for each control. */
export function symbolOfItem(item: PaletteItem): string {
  switch (item.kind) {
    case 'gate':
      return symbolOfGate(item.gate);
    case 'own':
      return item.gate.name;
    case 'measure':
      return 'M';
    case 'reset':
      return '|0⟩';
    case 'barrier':
      return '┆';
    case 'delay':
      return 'Wait';
    case 'display':
      return displaySymbols[item.show];
    case 'control':
      return item.value === 1 ? '●' : '○';
  }
}

const displaySymbols: Readonly<Record<DisplayKind, string>> = {
  probability: '% 1',
  bloch: 'Bloch',
  amplitudes: 'ψ',
  density: 'ρ',
  samples: '#',
};

const controlPrefixes = ['', 'C', 'CC', 'C³', 'C⁴'];

function symbolOfGate(gate: Gate): string {
  // Gates that share a symbol with a simpler one are told apart by their names.
  if (gate.family === 'controlled' && gate.controlCount === 0) {
    return gate.id.toUpperCase().replace(/DG$/, '†');
  }
  const symbol = gate.symbol === '×' ? 'SWAP' : gate.symbol;
  return (controlPrefixes[gate.controlCount] ?? `C${gate.controlCount}`) + symbol;
}

export function toneOfItem(item: PaletteItem): Tone {
  return item.kind === 'gate' ? toneOf(item.gate.family) : 'other';
}

export function qubitCountOfItem(item: PaletteItem): number {
  if (item.kind === 'own') return item.gate.qubitNames.length;
  return item.kind === 'gate' ? item.gate.qubitCount : 1;
}

/** π/2 for every angle: visible in the histogram, and easily changed. */
export function defaultParametersOf(gate: Pick<Gate, 'parameterNames'>): readonly Expression[] {
  return gate.parameterNames.map(() => ({
    kind: 'binary',
    operator: '/',
    left: { kind: 'constant', name: 'pi' },
    right: numberOf(2),
  }));
}

/**
 * Groups that have something whose title, id or symbol holds the words: favourites (by id) first,
 * then gates of one's own.
 */
export function searchPalette(
  words: string,
  own: readonly PaletteItem[] = [],
  favourites: readonly string[] = [],
): readonly PaletteGroup[] {
  const usual = [{ title: 'Your gates', items: own }, ...paletteGroups];
  const all = new Map(usual.flatMap(({ items }) => items).map((item) => [itemId(item), item]));
  const starred = favourites.flatMap((id) => all.get(id) ?? []);
  const groups = [{ title: 'Favourites', items: starred }, ...usual].filter(
    ({ items }) => items.length > 0,
  );
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return groups;
  const fits = (item: PaletteItem): boolean =>
    [titleOfItem(item), itemId(item), symbolOfItem(item), ...aliasesOf(item)]
      .flatMap((text) => [text, text.replace('√', 'sqrt'), text.replace('√', 'root ')])
      .some((text) => text.toLowerCase().includes(wanted));
  return groups
    .map((group) => ({ ...group, items: group.items.filter(fits) }))
    .filter((group) => group.items.length > 0);
}

function aliasesOf(item: PaletteItem): readonly string[] {
  return item.kind === 'gate' ? item.gate.aliases : [];
}

/** The gate that is `base` under `controls` more controls; null where the registry has none. */
export function controlledGate(base: Gate, controls: number): Gate | null {
  if (controls === 0) return base;
  const found = gates.find(
    (gate) =>
      gate.qasm2.home !== 'none' &&
      gate.symbol === base.symbol &&
      gate.controlCount === base.controlCount + controls &&
      gate.qubitCount === base.qubitCount + controls &&
      gate.parameterNames.length === base.parameterNames.length,
  );
  return found ?? null;
}
