import { afterAll, describe, expect, it } from 'vitest';
import { tidyWorkshop, useThreads, workshop } from '#engine/kernels/workshop.ts';
import { providePlatform } from '#engine/platform.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';

afterAll(() => workshop().crew.dispose());

describe('workshop', () => {
  it('has one crew and one memory, and another crew when other threads are asked for', () => {
    const alone = workshop();
    expect(alone.crew.threads).toBe(1);
    expect(workshop()).toEqual(alone);
    providePlatform(nodePlatform);
    useThreads(3);
    const { crew } = workshop();
    expect(crew.threads).toBe(3);
    useThreads(2);
    expect(workshop().crew.threads).toBe(2);
    expect(crew.isDisposed).toBe(true);
  });

  it('replaces a crew that has ended', () => {
    const { crew } = workshop();
    crew.dispose();
    expect(workshop().crew).not.toBe(crew);
  });

  it('gives a large memory back when nothing is in it, and keeps a small one', () => {
    const { memory } = workshop();
    tidyWorkshop();
    expect(workshop().memory).toBe(memory);
    const address = memory.allocate(2 ** 27);
    tidyWorkshop();
    expect(workshop().memory).toBe(memory);
    memory.release(address);
    tidyWorkshop();
    expect(workshop().memory).not.toBe(memory);
  });
});
