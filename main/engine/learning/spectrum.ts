import { indexAt } from '#shared/base/packed-bits.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { numberOf } from '#shared/circuit/expression.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import { synthesise } from '#shared/gates/synthesis.ts';
import { controlled, type Matrix, zeros } from '#shared/math/matrix.ts';
import { symmetricEigen, type SymmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { fourier } from '../estimation/fourier.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { amplitudeAngles, amplitudeGates } from './amplitude-encoding.ts';

/** A symmetric matrix (row-major) as amplitudes of two registers, and how its phases are read. */
export interface Spectrum {
  readonly matrix: Float64Array;
  readonly columns: number;
  /** Qubits that number its columns. */
  readonly register: number;
  readonly bits: number;
  /** The eigenvalue whose phase is a full turn. */
  readonly scale: number;
}

/**
 * One circuit for each mask of the register: the amplitudes A_ij of |j⟩|i⟩, the phases of exp(2πiA/scale) on i, and
 * then column i beside column i XOR mask, as their sum where the mask's lowest bit is 0 and their difference
 * where it is 1. Mask 0 reads the columns themselves. Qubits: i, then j, then the phase.
 */
export function phaseCircuits(spectrum: Spectrum): Circuit[] {
  const { register, bits } = spectrum;
  const size = 2 ** register;
  const padded = paddedMatrix(spectrum);
  const eigen = symmetricEigen(padded, size);
  const phase = Array.from({ length: bits }, (_, j) => 2 * register + j);
  const operations: Operation[] = [
    ...amplitudeGates(2 * register, 0, [...amplitudeAngles(padded)].map(numberOf)),
    ...phase.map((qubit) => gate('h', [qubit])),
  ];
  for (const [j, control] of phase.entries()) {
    // In reverse order, in place of the swaps of the transform.
    const turns = 2 ** (bits - 1 - j) / spectrum.scale;
    operations.push(...controlledEvolution(eigen, turns, register, control));
  }
  operations.push(...inverseOf(fourier(phase)));
  return Array.from({ length: size }, (_, mask) =>
    circuitOf(2 * register + bits, [...operations, ...compared(mask, register)]),
  );
}

function paddedMatrix({ matrix, columns, register }: Spectrum): Float64Array {
  const size = 2 ** register;
  const padded = new Float64Array(size * size);
  for (let i = 0; i < columns; i++) {
    padded.set(matrix.subarray(i * columns, (i + 1) * columns), i * size);
  }
  return padded;
}

/** exp(2πi·turns·A) on the register where the control is 1. */
function controlledEvolution(
  { values, vectors }: SymmetricEigen,
  turns: number,
  register: number,
  control: number,
): Operation[] {
  const size = 2 ** register;
  const evolution: Matrix = zeros(size);
  for (const [k, vector] of vectors.entries()) {
    const angle = 2 * Math.PI * turns * (values[k] as number);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const weight = (vector[i] as number) * (vector[j] as number);
        const at = i * size + j;
        evolution.re[at] = (evolution.re[at] as number) + weight * Math.cos(angle);
        evolution.im[at] = (evolution.im[at] as number) + weight * Math.sin(angle);
      }
    }
  }
  // Controls come first in the matrix.
  const wires = [control, ...Array.from({ length: register }, (_, q) => q)];
  return synthesise(controlled(evolution)).steps.map((one) =>
    gate(
      one.gate,
      one.qubits.map((q) => wires[q] as number),
      one.parameters,
    ),
  );
}

function compared(mask: number, register: number): Operation[] {
  if (mask === 0) return [];
  const set = Array.from({ length: register }, (_, q) => q).filter((q) => ((mask >> q) & 1) === 1);
  const pivot = set[0] as number;
  return [...set.slice(1).map((q) => gate('cx', [pivot, q])), gate('h', [pivot])];
}

/** tables[mask][phase · 2^register + i]: probabilities, or how often each was seen over all shots. */
export function* readTables(
  circuits: readonly Circuit[],
  { register, bits }: Spectrum,
  shots: number | null,
): Generator<Ask, Float64Array[], Answer> {
  const size = 2 ** register;
  const tables: Float64Array[] = [];
  for (const [mask, circuit] of circuits.entries()) {
    const key = `mask-${mask}`;
    yield { kind: 'define', key, circuit, observables: [] };
    const table = new Float64Array(size * 2 ** bits);
    const add = (outcome: number, weight: number): void => {
      const at = Math.floor(outcome / size ** 2) * size + (outcome % size);
      table[at] = (table[at] as number) + weight;
    };
    const asked = { key, items: 1, bindings: new Float64Array(0) };
    if (shots === null) {
      const { values } = yield* ask({ kind: 'probabilities', ...asked });
      values.forEach((p, outcome) => add(outcome, p));
    } else {
      const [found] = (yield* ask({ kind: 'samples', ...asked, shots })).counts;
      found?.counts.forEach((count, k) => add(indexAt(found.outcomes, k), count / shots));
    }
    yield { kind: 'forget', key };
    tables.push(table);
    yield {
      kind: 'progress',
      progress: {
        fraction: (mask + 1) / circuits.length,
        message: `circuit ${mask + 1} of ${circuits.length}`,
        step: mask + 1,
        metrics: {},
      },
    };
  }
  return tables;
}

interface Component {
  readonly value: number;
  /** Of length 1, one entry a column. */
  readonly vector: Float64Array;
}

/** Peaks of the phase, largest eigenvalue first; what lies beside a higher one is its leakage, so nearer ones are read as one. */
export function componentsRead(
  tables: readonly Float64Array[],
  { register, bits, columns, scale }: Spectrum,
  { most, least }: { readonly most: number; readonly least: number },
): Component[] {
  const size = 2 ** register;
  const phases = 2 ** bits;
  const [plain] = tables;
  const seen = Array.from({ length: phases }, (_, y) =>
    (plain as Float64Array).subarray(y * size, (y + 1) * size).reduce((sum, p) => sum + p, 0),
  );
  const at = (y: number): number => seen[(y + phases) % phases] as number;
  return seen
    .flatMap((p, y) => (y > 0 && p >= least && p >= at(y - 1) && p > at(y + 1) ? [y] : []))
    .map((y) => ({
      value: (scale * (y + offsetOf(at(y - 1), at(y), at(y + 1)))) / phases,
      vector: vectorAt(tables, y, size).subarray(0, columns),
    }))
    .sort((a, b) => b.value - a.value)
    .slice(0, most);
}

/** Where between two bins a phase lies: their amplitudes are as its distances from the other one. */
function offsetOf(below: number, here: number, above: number): number {
  const side = above >= below ? Math.sqrt(above) : -Math.sqrt(below);
  return side / (Math.sqrt(here) + Math.abs(side));
}

/** Sizes from how often each column is read beside the phase, signs from sums and differences with the largest. */
function vectorAt(tables: readonly Float64Array[], y: number, size: number): Float64Array {
  const read = (mask: number, i: number): number => tables[mask]?.[y * size + i] as number;
  const vector = Float64Array.from({ length: size }, (_, i) => Math.sqrt(read(0, i)));
  const length = Math.hypot(...vector);
  let largest = 0;
  vector.forEach((v, i) => {
    if (v > (vector[largest] as number)) largest = i;
  });
  return vector.map((v, i) => {
    if (i === largest) return v / length;
    const mask = i ^ largest;
    const pivot = mask & -mask;
    // The one of the pair whose pivot is 0 has kept its number; the pivot now reads 0 for sums.
    const kept = (i & pivot) === 0 ? i : largest;
    return (read(mask, kept) >= read(mask, kept | pivot) ? v : -v) / length;
  });
}
