import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { AppError } from '#shared/base/errors.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';

/** What a file of shots holds, for the reader of the result. */
export interface ShotsFile {
  readonly path: string;
  /** Rows of whole bytes, the first bit lowest in the first byte. */
  readonly format: 'b8';
  readonly bits: number;
  readonly bytesPerShot: number;
  readonly shots: number;
}

/** A file of shots, which has its name only once it is whole. */
export class ShotFile {
  readonly #path: string;
  readonly #partial: string;
  #file: number | null;
  #bytes = 0;

  constructor(path: string) {
    this.#path = path;
    this.#partial = `${path}.${process.pid}.partial`;
    try {
      this.#file = openSync(this.#partial, 'w');
    } catch (thrown) {
      throw new AppError(
        'bad-input',
        `Shots cannot be written to “${path}”: ${(thrown as Error).message}.`,
        { path },
        thrown,
      );
    }
  }

  write(rows: Uint8Array): void {
    if (this.#file === null) return;
    for (let at = 0; at < rows.length; ) at += writeSync(this.#file, rows, at);
    this.#bytes += rows.length;
  }

  finish(result: SimulationResult): ShotsFile {
    this.#close();
    renameSync(this.#partial, this.#path);
    const bits = result.registers.reduce((sum, [, size]) => sum + size, 0);
    const bytesPerShot = Math.ceil(bits / 8);
    const shots = bytesPerShot === 0 ? 0 : this.#bytes / bytesPerShot;
    return { path: this.#path, format: 'b8', bits, bytesPerShot, shots };
  }

  discard(): void {
    this.#close();
    rmSync(this.#partial, { force: true });
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
