import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import type { PauliChannel } from '../pauli-channel.ts';
import type { CliffordTable } from './clifford-table.ts';

/** Operations of assembly/frames.ts. */
const operation = {
  end: 0,
  cx: 1,
  cz: 2,
  h: 3,
  s: 4,
  sx: 5,
  map: 6,
  channel: 7,
  measure: 8,
  reset: 9,
  misread: 10,
  value: 11,
  add: 12,
} as const;

/** Gates that have an operation of their own, by their rows. */
const known: ReadonlyMap<string, number> = new Map([
  ['2,1', operation.h],
  ['1,3', operation.s],
  ['3,2', operation.sx],
  // X of the control spreads to the target, Z of the target to the control.
  ['1,10,5,8', operation.cx],
  ['1,6,4,9', operation.cz],
]);

/** Writes what frames go through as words and tables of the kernel. */
export class FrameProgram {
  readonly #words: number[] = [];
  readonly #tables: Entry[] = [];
  readonly #channels = new Map<PauliChannel['rates'], number>();

  get words(): Int32Array {
    return Int32Array.from([...this.#words, operation.end]);
  }

  /** Eight bytes each. */
  get tables(): Uint8Array {
    const bytes = new Uint8Array(8 * this.#tables.length);
    const view = new DataView(bytes.buffer);
    this.#tables.forEach((entry, k) => {
      if (entry.kind === 'real') view.setFloat64(8 * k, entry.value, true);
      else view.setInt32(8 * k, entry.value, true);
    });
    return bytes;
  }

  /** A Clifford gate; a Pauli gate changes no frame. */
  gate(qubits: readonly number[], table: CliffordTable): void {
    const rows = rowsOf(table);
    if (rows.every((row, output) => row === 1 << output)) return;
    const own = known.get(rows.join());
    if (own === undefined) this.#words.push(operation.map, qubits.length, ...qubits, ...rows);
    else this.#words.push(own, ...qubits);
  }

  channel(channel: PauliChannel): void {
    if (channel.total <= 0) return;
    const table = this.#channels.get(channel.rates) ?? this.#channelTable(channel);
    this.#channels.set(channel.rates, table);
    this.#words.push(operation.channel, table, channel.qubits.length, ...channel.qubits);
  }

  /** Into a plane, or into none; afterwards Z on the qubit is free again. */
  measure(qubit: number, plane: number | null, reference: number): void {
    this.#words.push(operation.measure, qubit, plane ?? -1, reference);
  }

  reset(qubit: number): void {
    this.#words.push(operation.reset, qubit);
  }

  /** Readout error on a plane that was measured just now. */
  misread(plane: number, error: ReadoutError | undefined): void {
    if (error === undefined) return;
    const at = 8 * this.#tables.length;
    this.#tables.push(real(scaleOf(error.p_read1_given0)), real(scaleOf(error.p_read0_given1)));
    this.#words.push(operation.misread, plane, at);
  }

  /** What measuring the qubit would give; it stays as it is. */
  value(qubit: number, plane: number, reference: number): void {
    this.#words.push(operation.value, qubit, plane, reference);
  }

  /** Bits of a plane that is all 0: where the value of a string is the reference's turned round. */
  parity(term: PauliTerm, plane: number): void {
    for (const { qubit, letter } of term.factors) {
      if (letter !== 'X') this.#words.push(operation.add, qubit, plane, 1);
      if (letter !== 'Z') this.#words.push(operation.add, qubit, plane, 2);
    }
  }

  #channelTable({ total, rates, errors }: PauliChannel): number {
    const at = 8 * this.#tables.length;
    this.#tables.push(real(scaleOf(total)), whole(errors.length));
    let reached = 0;
    errors.forEach((error, k) => {
      reached += rates[k] as number;
      this.#tables.push(real(reached / total), whole(error));
    });
    return at;
  }
}

/** An entry of a table. */
interface Entry {
  readonly kind: 'real' | 'whole';
  readonly value: number;
}

function real(value: number): Entry {
  return { kind: 'real', value };
}

function whole(value: number): Entry {
  return { kind: 'whole', value };
}

/** What the gaps between hits of this probability are drawn with: 1/ln(1 − p), 0 where each is hit, 1 where none is. */
function scaleOf(p: number): number {
  if (p <= 0) return 1;
  return p >= 1 ? 0 : 1 / Math.log1p(-p);
}

/** A gate on strings without signs: bit i of rows[o] says whether output o takes input i (X, Z of each qubit). */
function rowsOf({ qubitCount, image }: CliffordTable): number[] {
  const bits = 2 * qubitCount;
  return Array.from({ length: bits }, (_, output) => {
    let row = 0;
    for (let input = 0; input < bits; input++) {
      if ((((image[1 << input] as number) >> output) & 1) === 1) row |= 1 << input;
    }
    return row;
  });
}
