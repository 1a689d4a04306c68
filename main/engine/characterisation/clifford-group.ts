import type { Rng } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { kronecker, type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';

/** A Clifford gate on one or two qubits as a word of gates, up to global phase. */
export interface CliffordElement {
  readonly gates: readonly GateOperation[];
  readonly matrix: Matrix;
}

/** All Clifford gates on so many qubits, each once, and who undoes whom. */
export interface CliffordGroup {
  readonly elements: readonly CliffordElement[];
  readonly draw: (rng: Rng) => CliffordElement;
  /** The element that is this matrix up to a phase. */
  readonly find: (matrix: Matrix) => CliffordElement;
}

const groups = new Map<number, CliffordGroup>();

/** The group on one qubit (24) or two (11,520). */
export function cliffordGroup(qubits: 1 | 2): CliffordGroup {
  const known = groups.get(qubits);
  if (known !== undefined) return known;
  const elements = qubits === 1 ? onOne() : onTwo();
  const byName = new Map(elements.map((one) => [nameOf(one.matrix), one]));
  const group: CliffordGroup = {
    elements,
    draw: (rng) => elements[rng.below(elements.length)] as CliffordElement,
    find: (matrix) => byName.get(nameOf(matrix)) as CliffordElement,
  };
  groups.set(qubits, group);
  return group;
}

function elementOf(gates: readonly GateOperation[], qubits: number): CliffordElement {
  return { gates, matrix: unitaryOf(circuitOf(qubits, gates), {}) };
}

/** The words in h and s, the shortest first. */
function onOne(): CliffordElement[] {
  const found = [elementOf([], 1)];
  const names = new Set(found.map(({ matrix }) => nameOf(matrix)));
  for (const { gates } of found) {
    for (const name of ['h', 's']) {
      const next = elementOf([...gates, gate(name, [0])], 1);
      if (names.has(nameOf(next.matrix))) continue;
      names.add(nameOf(next.matrix));
      found.push(next);
    }
  }
  return found;
}

/**
 * Every element is a turn of each qubit, none, one, two or three CX, and a turn of axes of each behind one or
 * two of them (Córcoles et al., Physical Review A 87, 030301, 2013): 576 + 5184 + 5184 + 576.
 */
function onTwo(): CliffordElement[] {
  const one = onOne();
  const axes = [[], ['h', 's'], ['h', 's', 'h', 's']].map((word) =>
    elementOf(
      word.map((name) => gate(name, [0])),
      1,
    ),
  );
  const none = axes.slice(0, 1);
  const cx = (a: number, b: number): GateOperation => gate('cx', [a, b]);
  const classes: readonly [readonly GateOperation[], readonly CliffordElement[]][] = [
    [[], none],
    [[cx(0, 1)], axes],
    [[cx(0, 1), cx(1, 0)], axes],
    [[cx(0, 1), cx(1, 0), cx(0, 1)], none],
  ];
  return classes.flatMap(([interaction, behind]) => {
    const middle = elementOf(interaction, 2);
    return pairsOf(one).flatMap((before) =>
      pairsOf(behind).map((after) => ({
        gates: [...before.gates, ...interaction, ...after.gates],
        matrix: multiplyMatrices(after.matrix, multiplyMatrices(middle.matrix, before.matrix)),
      })),
    );
  });
}

function pairsOf(each: readonly CliffordElement[]): CliffordElement[] {
  return each.flatMap((first) =>
    each.map((second) => ({
      gates: [...first.gates, ...second.gates.map((one) => ({ ...one, qubits: [1] }))],
      matrix: kronecker(second.matrix, first.matrix),
    })),
  );
}

/** The entries after the first that is not zero was turned to the positive numbers, rounded. */
function nameOf({ re, im }: Matrix): string {
  const at = re.findIndex((x, k) => Math.hypot(x, im[k] as number) > 0.1);
  const size = Math.hypot(re[at] as number, im[at] as number);
  const [c, s] = [(re[at] as number) / size, (im[at] as number) / size];
  // Entries are halves, their roots and sums: sixteenths tell them apart, and + 0 makes −0 the same as 0.
  const digit = (x: number): number => Math.round(x * 16) + 0;
  return Array.from(re, (x, k) => {
    const y = im[k] as number;
    return `${digit(x * c + y * s)},${digit(y * c - x * s)}`;
  }).join(' ');
}
