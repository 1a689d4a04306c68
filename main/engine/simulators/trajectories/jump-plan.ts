import type { Matrix } from '#shared/math/matrix.ts';
import type { ParameterWriter } from '../../kernels/planning/parameter-writer.ts';
import type { Run } from '../simulator.ts';
import { jumpSegmentsOf, type JumpUnit, type UnitChannel } from './jump-segments.ts';
import { segmentBytes, type ShotPlan } from './shot-plan.ts';

const unitBytes = 76;
const channelBytes = 24;
const jumpBytes = 16;

/** A circuit with channels of any kind behind gates on few qubits; null for any other. */
export function jumpPlan({ program, noise, options }: Run): ShotPlan | null {
  const found = noise && jumpSegmentsOf(program.before, noise, options.bindings);
  if (found === null) return null;
  return {
    pass: 'jumpingShots',
    segments: found.map((units) => units.flatMap(({ steps }) => steps)),
    gateCount: program.before.length,
    writeSegments: (writer) => new UnitWriter(writer, options.precision).segments(found),
    draw(rng, stayed) {
      const limit = 1 - rng.uniform();
      return limit < stayed ? null : { limit, events: [] };
    },
  };
}

/** Writes the records of assembly/jumping-shot.ts; equal matrices and channels once. */
class UnitWriter {
  readonly #writer: ParameterWriter;
  readonly #laneBits: number;
  readonly #matrices = new Map<Matrix, number>();
  readonly #channels = new Map<UnitChannel, number>();

  constructor(writer: ParameterWriter, precision: 'f32' | 'f64') {
    this.#writer = writer;
    this.#laneBits = precision === 'f32' ? 2 : 1;
  }

  segments(segments: readonly (readonly JumpUnit[])[]): number {
    const writer = this.#writer;
    const records = writer.reserve(segmentBytes * segments.length);
    segments.forEach((units, k) => {
      const at = records + segmentBytes * k;
      const bytes = units.reduce((sum, unit) => sum + bytesOf(unit), 0);
      let next = writer.reserve(bytes);
      writer.pointer(at, next);
      writer.pointer(at + 4, next + bytes);
      writer.word(at + 8, units.some(({ readsState }) => readsState) ? 1 : 0);
      writer.double(
        at + 16,
        units.reduce((product, { fixed }) => product * fixed, 1),
      );
      for (const unit of units) {
        this.#unit(unit, next);
        next += bytesOf(unit);
      }
    });
    return records;
  }

  #unit(unit: JumpUnit, at: number): void {
    const writer = this.#writer;
    const { qubits, gate, channels, readsState } = unit;
    writer.word(at, bytesOf(unit));
    writer.word(at + 4, readsState ? 1 : 0);
    writer.word(at + 8, channels.length);
    writer.word(at + 16, qubits.length);
    writer.word(at + 20, gate.size);
    const ascending = qubits.toSorted((a, b) => a - b);
    ascending.forEach((qubit, k) => writer.word(at + 24 + 4 * k, 2 ** qubit - 1));
    writer.word(at + 36, qubits.filter((qubit) => qubit < this.#laneBits).length);
    for (let value = 0; value < gate.size; value++) {
      const index = qubits.reduce((sum, qubit, j) => sum | (((value >> j) & 1) << qubit), 0);
      writer.word(at + 40 + 4 * value, index);
    }
    writer.pointer(at + 72, this.#matrix(gate));
    channels.forEach((channel, k) =>
      writer.pointer(at + unitBytes + 4 * k, this.#channel(channel)),
    );
  }

  #channel(channel: UnitChannel): number {
    const known = this.#channels.get(channel);
    if (known !== undefined) return known;
    const writer = this.#writer;
    const { readsState, jumps, stay, fixed } = channel;
    const at = writer.reserve(channelBytes + jumpBytes * jumps.length);
    this.#channels.set(channel, at);
    writer.word(at, readsState ? 1 : 0);
    writer.word(at + 4, jumps.length);
    if (stay !== null) writer.pointer(at + 8, this.#matrix(stay));
    writer.double(at + 16, fixed);
    jumps.forEach(({ rate, matrix }, j) => {
      const jump = at + channelBytes + jumpBytes * j;
      writer.double(jump, rate);
      writer.pointer(jump + 8, this.#matrix(matrix));
    });
    return at;
  }

  #matrix(matrix: Matrix): number {
    const known = this.#matrices.get(matrix);
    if (known !== undefined) return known;
    const at = this.#writer.reserve(16 * matrix.re.length);
    this.#matrices.set(matrix, at);
    matrix.re.forEach((x, k) => this.#writer.double(at + 8 * k, x));
    matrix.im.forEach((y, k) => this.#writer.double(at + 8 * (matrix.re.length + k), y));
    return at;
  }
}

/** Rounded up to whole doubles. */
function bytesOf({ channels }: JumpUnit): number {
  return Math.ceil((unitBytes + 4 * channels.length) / 8) * 8;
}
