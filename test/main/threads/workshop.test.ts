import { afterAll, describe, expect, it } from 'vitest';
import { KernelState } from '#engine/kernels/kernel-state.ts';
import { inWorkshop, ownCrew, ownMemory } from '#engine/kernels/workshop.ts';
import { providePlatform } from '#engine/platform.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';

afterAll(() => ownCrew().dispose());

describe('the workshop of a thread', () => {
  it('has one crew and one memory, and another crew where other threads are asked for', () => {
    const alone = ownCrew();
    expect(alone.threads).toBe(1);
    expect(ownCrew()).toBe(alone);
    providePlatform(nodePlatform);
    const three = inWorkshop({ threads: 3 }, () => ownCrew());
    expect(three.threads).toBe(3);
    const two = inWorkshop({ threads: 2 }, () => ownCrew());
    expect(two.threads).toBe(2);
    expect(three.isDisposed).toBe(true);
  });

  it('replaces a crew that has ended', () => {
    const crew = ownCrew();
    crew.dispose();
    expect(ownCrew()).not.toBe(crew);
  });

  it('releases the states of a scope at its end, also when the work fails', () => {
    const memory = ownMemory();
    expect(() =>
      inWorkshop({}, () => {
        KernelState.zero(10, 'f64');
        KernelState.zero(10, 'f64').release();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(memory.isIdle).toBe(true);
    expect(ownMemory()).toBe(memory);
  });

  it('gives a large memory back to the system at the end of a scope', async () => {
    const bytes = inWorkshop({ threads: 2 }, () => {
      ownCrew().complete();
      const state = KernelState.zero(24, 'f64');
      state.ordered().re.fill(0.5);
      state.ordered().im.fill(0.5);
      return process.memoryUsage().rss;
    });
    // The threads that knew the memory end a little later.
    await expect
      .poll(() => bytes - process.memoryUsage().rss, { timeout: 10_000 })
      .toBeGreaterThan(200 * 2 ** 20);
  });
});
