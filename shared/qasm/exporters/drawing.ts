import { type Circuit, type GateOperation, qubitCountOf } from '../../circuit/circuit.ts';
import { printExpression } from '../../circuit/expression.ts';
import { inGreek } from '../../circuit/greek.ts';
import { momentsOf } from '../../circuit/moments.ts';
import { gateById } from '../../gates/registry.ts';

/** How a gate is drawn, whatever it is drawn with. */
export interface GatePicture {
  readonly controls: readonly { readonly qubit: number; readonly value: 0 | 1 }[];
  readonly targets: readonly number[];
  /** cross: ⊕ of a controlled X; dot: of a controlled Z; swap: two ×; box: the symbol in a box. */
  readonly shape: 'cross' | 'dot' | 'swap' | 'box';
  readonly symbol: string;
  /** Source of the angles; none without. */
  readonly angles: readonly string[];
}

export function gatePictureOf(operation: GateOperation, circuit: Circuit): GatePicture {
  const isOwn = circuit.definitions.some(({ name }) => name === operation.gate);
  const gate = isOwn ? null : gateById(operation.gate);
  const controlCount = gate?.controlCount ?? 0;
  const controls = [
    ...(operation.controls ?? []),
    ...operation.qubits.slice(0, controlCount).map((qubit) => ({ qubit, value: 1 as const })),
  ];
  const power = operation.power ?? 1;
  const symbol = (gate?.symbol ?? operation.gate) + (power === 1 ? '' : `^${power}`);
  const isPlain = controls.length > 0 && power === 1;
  return {
    controls,
    targets: operation.qubits.slice(controlCount),
    shape: shapeOf(symbol, isPlain),
    symbol,
    angles: operation.parameters.map((one) => printExpression(one)),
  };
}

function shapeOf(symbol: string, isControlled: boolean): GatePicture['shape'] {
  if (symbol === '×') return 'swap';
  if (isControlled && symbol === 'X') return 'cross';
  return isControlled && symbol === 'Z' ? 'dot' : 'box';
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The words in a gate's box as one reads them: "P²(2π·φ)", "S†". */
export function wordsOf({ symbol, angles }: Pick<GatePicture, 'symbol' | 'angles'>): string {
  const [plain = '', power] = symbol.split('^');
  return `${plain}${power === undefined ? '' : raised(power)}${
    angles.length === 0 ? '' : `(${angles.map(angleWords).join(', ')})`
  }`;
}

/** A whole number below the line. */
export function subscript(value: number): string {
  return Array.from(String(value), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)] ?? digit).join('');
}

function raised(power: string): string {
  if (power === '-1') return '†';
  if (!/^-?\d+$/.test(power)) return `^${power}`;
  return Array.from(power, (sign) =>
    sign === '-' ? '⁻' : (superscripts[Number(sign)] ?? sign),
  ).join('');
}

/** An angle with π and Greek letters, numbers cut to four digits. */
export function angleWords(source: string): string {
  const number = Number(source);
  if (source.trim() !== '' && Number.isFinite(number)) {
    return source.length <= 6
      ? source.replace('-', '−')
      : String(Number(number.toPrecision(4))).replace('-', '−');
  }
  return inGreek(source)
    .replace(/([\d.])\*([πτ])/g, '$1$2')
    .replaceAll('*', '·')
    .replaceAll('-', '−');
}

/** Names of all wires from the top: qubits, then bits. */
export function wireNamesOf(circuit: Circuit): string[] {
  return [...circuit.qubitRegisters, ...circuit.bitRegisters].flatMap(({ name, size }) =>
    Array.from({ length: size }, (_, i) => (size === 1 ? name : `${name}[${i}]`)),
  );
}

/** Indices of the operations in each column, left to right. */
export function columnsOf(circuit: Circuit): number[][] {
  const columns: number[][] = [];
  momentsOf(circuit).forEach((column, index) => {
    while (columns.length <= column) columns.push([]);
    columns[column]?.push(index);
  });
  return columns;
}

/** Row of a classical bit in the drawing. */
export function bitRow(circuit: Circuit, bit: number): number {
  return qubitCountOf(circuit) + bit;
}
