import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Disposable } from '#shared/base/disposable.ts';
import type { LoadedModule } from '../../kernels/crew.ts';
import { loadFrames } from '../../kernels/load-kernels.ts';
import { noteRun, ownCrew, ownMemory } from '../../kernels/workshop.ts';
import type { FrameProgram } from './frame-program.ts';

/** Shots of a block: bits of a plane of assembly/bit-planes.ts. */
export const frameShots = 1024;
const planeBytes = frameShots / 8;
const squareBytes = 128;
/** Words of the kernel's argument. */
const argumentWords = 10;
/** Rows of a pass, so that the whole of a run is never held; a pass takes some tens of milliseconds. */
const passBytes = 2 ** 23;
const mostBlocks = 256;
/** The last row of a block may be written too far. */
const rowPadding = 4;

export interface FrameShape {
  readonly qubits: number;
  /** Bits that are read of each shot. */
  readonly planes: number;
}

/** Bytes of a row: one bit a plane. */
export function rowBytesOf(planes: number): number {
  return Math.ceil(planes / 8);
}

function blockBytesOf(planes: number): number {
  return Math.ceil((frameShots * rowBytesOf(planes) + rowPadding) / 8) * 8;
}

function passBlocksOf(planes: number): number {
  return Math.max(1, Math.min(mostBlocks, Math.floor(passBytes / blockBytesOf(planes))));
}

function areaBytesOf({ qubits, planes }: FrameShape): number {
  return planeBytes * (2 * qubits + planes) + squareBytes;
}

/** A Clifford program over the frames of many shots, on all threads. */
export class FrameMachine implements Disposable {
  /** Blocks of a pass at most. */
  readonly passBlocks: number;
  readonly #crew = ownCrew();
  readonly #memory = ownMemory();
  readonly #areas: number[] = [];
  readonly #module: LoadedModule;
  readonly #shape: FrameShape;
  readonly #argument: number;
  readonly #seeds: number;
  readonly #rows: number;

  constructor(shape: FrameShape, program: FrameProgram) {
    const { qubits, planes } = shape;
    this.#shape = shape;
    this.passBlocks = passBlocksOf(planes);
    this.#module = loadFrames(this.#crew, this.#memory);
    const areaBytes = areaBytesOf(shape);
    const blockBytes = blockBytesOf(planes);
    this.#argument = this.#allocate(4 * argumentWords);
    this.#seeds = this.#allocate(8 * this.passBlocks);
    this.#rows = this.#allocate(blockBytes * this.passBlocks);
    const { words, tables } = program;
    const programAt = this.#allocate(words.byteLength);
    const tablesAt = this.#allocate(Math.max(8, tables.byteLength));
    const areas = this.#allocate(areaBytes * this.#crew.threads);
    const { buffer } = this.#memory.memory;
    new Int32Array(buffer, programAt, words.length).set(words);
    new Uint8Array(buffer, tablesAt, tables.length).set(tables);
    const argument = [programAt, this.#seeds, areas, areaBytes, qubits, planes];
    argument.push(this.#rows, blockBytes, rowBytesOf(planes), tablesAt);
    new Uint32Array(buffer, this.#argument, argumentWords).set(argument);
  }

  /** Bytes that a machine takes: rows of a pass, and planes for each thread. */
  static bytesFor(shape: FrameShape, threads: number): number {
    return passBlocksOf(shape.planes) * blockBytesOf(shape.planes) + threads * areaBytesOf(shape);
  }

  /** Runs blocks with these seeds (two words each); `visit` sees each block's rows, valid until the next run. */
  run(
    seeds: readonly (readonly [number, number])[],
    cancel: CancelFlag,
    visit: (block: number, rows: Uint8Array) => void,
  ): void {
    const { planes } = this.#shape;
    const words = new Uint32Array(this.#memory.memory.buffer, this.#seeds, 2 * seeds.length);
    words.set(seeds.flat());
    const blocks = seeds.length;
    const pass = { module: this.#module, name: 'frames', blocks, argument: this.#argument };
    this.#crew.run([pass], cancel);
    noteRun();
    for (let block = 0; block < blocks; block++) {
      const at = this.#rows + block * blockBytesOf(planes);
      const size = frameShots * rowBytesOf(planes);
      visit(block, new Uint8Array(this.#memory.memory.buffer, at, size));
    }
  }

  dispose(): void {
    this.#module.dispose();
    for (const area of this.#areas) this.#memory.release(area);
  }

  #allocate(bytes: number): number {
    const area = this.#memory.allocate(bytes);
    this.#areas.push(area);
    return area;
  }
}
