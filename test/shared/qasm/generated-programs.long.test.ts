import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import {
  checkLayout,
  checkReading,
  checkRunning,
  generatedProgram,
} from '../../support/program-oracles.ts';

/**
 * How many programs are made. Each has a number of its own, so any count begins with the same ones;
 * KETBENCH_FUZZ_PROGRAMS asks for more and KETBENCH_FUZZ_SEED for others.
 */
const count = Number(process.env.KETBENCH_FUZZ_PROGRAMS ?? 20_000);
const first = Number(process.env.KETBENCH_FUZZ_SEED ?? 0);

/** Reading is cheap; laying out and running is done to some of the programs only. */
const layoutEvery = 30;
const runEvery = 40;
const reportEvery = 100_000;

describe('generated programs', () => {
  it('are read, laid out and run without a fault of ours', () => {
    const found: string[] = [];
    let sound = 0;
    let ran = 0;
    for (let i = 0; i < count && found.length < 20; i++) {
      const seed = first + i;
      const rng = rngOf(seed, 300);
      let text = '';
      try {
        text = generatedProgram(rng);
        const document = checkReading(text);
        if (document.circuit !== null) sound++;
        if (seed % layoutEvery === 0) checkLayout(document, rng);
        if (seed % runEvery === 0 && checkRunning(document)) ran++;
      } catch (error) {
        const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
        const fault = `program ${seed}: ${stack}\n${text}`;
        found.push(fault);
        // A run of hours is not to end before its first fault can be read.
        process.stderr.write(`${fault}\n`);
      }
      if ((i + 1) % reportEvery === 0) {
        process.stderr.write(
          `${i + 1} programs, ${sound} sound, ${ran} run, ${found.length} faults\n`,
        );
      }
    }
    expect(found).toEqual([]);
    // Programs that are nearly all refused would test nothing.
    expect(sound).toBeGreaterThan(count / 4);
    expect(ran).toBeGreaterThan(count / 400);
  }, 86_400_000);
});
