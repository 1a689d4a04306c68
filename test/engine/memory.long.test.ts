import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '#main/project.ts';

interface Measured {
  readonly predicted: number;
  /** Growth of the process at its peak. */
  readonly grown: number;
  /** The most that array buffers took at once. */
  readonly held: number;
  readonly gates: number;
  /** Typed arrays that were made, released ones included. */
  readonly allocated: number;
  /** Bytes in array buffers after the run. */
  readonly left: number;
}

/** docs/engine.md names it. */
const bytesOfGate = 1600;

/** Runs one case in a process of its own, whose peak is that of the run. */
function measure(name: string): Measured {
  const script = fileURLToPath(new URL('../support/measure-memory.ts', import.meta.url));
  const parameters = ['--expose-gc', script, name];
  // Code that is kept for the next start takes a few MiB whatever is simulated.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  return JSON.parse(
    execFileSync(process.execPath, parameters, { cwd: projectRoot, encoding: 'utf8', env }),
  );
}

// One reading holds whatever the machine reclaimed or shared meanwhile, so a claim has three.
describe('the predicted peak of memory', { retry: 2 }, () => {
  test.each(['statevector', 'statevector with counts', 'density', 'trajectories', 'stabilizer'])(
    'of %s is within 10 % of how much a process grows, and is given back',
    (name) => {
      const { predicted, grown, left } = measure(name);
      expect(grown / predicted).toBeGreaterThan(0.9);
      expect(grown / predicted).toBeLessThan(1.1);
      expect(left).toBeLessThan(0.1 * predicted);
    },
  );

  test.each(['mps', 'mps with counts'])(
    'of %s is within 10 % of what its arrays take, with garbage, beside those of the gates',
    (name) => {
      const { predicted, held, gates, left } = measure(name);
      expect(held / predicted).toBeGreaterThan(0.9);
      expect(held - gates * bytesOfGate).toBeLessThan(1.1 * predicted);
      expect(left).toBeLessThan(0.1 * predicted);
    },
  );

  test('of Pauli propagation is what it allocates, to 10 %', () => {
    const { predicted, allocated, grown, left } = measure('pauli');
    expect(allocated / predicted).toBeGreaterThan(0.9);
    expect(allocated / predicted).toBeLessThan(1.1);
    expect(grown).toBeLessThan(1.1 * predicted);
    expect(left).toBeLessThan(0.1 * predicted);
  });
});
