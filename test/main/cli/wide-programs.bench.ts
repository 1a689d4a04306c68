import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from '#test/support/bench-row.ts';
import { Ketbench } from '#test/support/ketbench.ts';
import {
  isingQuench,
  kickedIsing,
  randomClifford,
  surfaceCodeMemory,
  type WideProgram,
} from '#test/support/wide-programs.ts';

const goalSeconds = 60;
const surfaceShots = 1_000_000;
/** A fifth of the rate at which Stim draws the same memory on one core of the machine that it was tried on. */
const shotsASecond = 285_000;

/** Wide programs through the command line, start of the process included. */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ketbench-wide-'));
  const ketbench = new Ketbench(join(folder, 'home'));
  const noise = join(folder, 'noise.json');
  const rows8 = join(folder, 'shots.b8');
  writeFileSync(noise, JSON.stringify({ rules: [{ channel: 'depolarizing', p: 0.001 }] }));
  const seconds = async ({ source, options }: WideProgram, ...more: string[]): Promise<number> => {
    const file = join(folder, 'program.qasm');
    writeFileSync(file, source);
    const start = performance.now();
    const { code, stderr } = await ketbench.run('simulate', file, ...options, ...more, '--json');
    if (code !== 0) throw new Error(stderr);
    return (performance.now() - start) / 1000;
  };
  try {
    const programs = [
      isingQuench(60, 20, 0.1, 0.1),
      randomClifford(1000, 5000, 3),
      kickedIsing(20, ['Z62']),
    ];
    const rows: BenchRow[] = [];
    for (const program of programs) {
      const value = await seconds(program);
      rows.push({ name: program.name, value, unit: 's', goal: `< ${goalSeconds} s` });
    }
    const code = surfaceCodeMemory(11, 11);
    const took = await seconds(
      code,
      '--noise',
      noise,
      '--shots',
      String(surfaceShots),
      '--shots-to',
      rows8,
    );
    rows.push({
      name: `${code.name}, sampled to a file`,
      value: surfaceShots / took,
      unit: 'shots/s',
      goal: `≥ ${shotsASecond}`,
    });
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
