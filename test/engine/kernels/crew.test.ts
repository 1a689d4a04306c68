import { afterEach, describe, expect, it } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { Crew, type LoadedModule, type Pass } from '#engine/kernels/crew.ts';
import { KernelMemory } from '#engine/kernels/memory.ts';
import { webAssembly } from '#engine/kernels/web-assembly.ts';
import type { CrewThread, Platform } from '#engine/platform.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';
import { tinyModuleBytes } from '#test/support/tiny-module.ts';

const module = new webAssembly.Module(tinyModuleBytes);
const crews: Crew[] = [];

function crewOf(
  threads: number,
  platform: Platform | null = nodePlatform,
  patience?: number,
): Crew {
  const crew = new Crew(platform, threads, patience);
  crews.push(crew);
  return crew;
}

afterEach(() => {
  for (const crew of crews.splice(0)) crew.dispose();
});

/** `passes` times: word b grows by b + 1. */
function additions(loaded: LoadedModule, address: number, blocks: number, passes: number): Pass[] {
  return Array.from({ length: passes }, () => ({
    module: loaded,
    name: 'add',
    blocks,
    argument: address,
  }));
}

describe('Crew', () => {
  it.each([1, 2, 3, 8])('does every block of every pass once with %i threads', (threads) => {
    const crew = crewOf(threads);
    const memory = new KernelMemory();
    const loaded = crew.load(module, memory);
    crew.complete();
    const blocks = 1000;
    const address = memory.allocate(4 * blocks);
    for (let run = 0; run < 5; run++) crew.run(additions(loaded, address, blocks, 50), null);
    const words = new Int32Array(memory.memory.buffer, address, blocks);
    expect([...words]).toEqual(Array.from({ length: blocks }, (_, b) => 250 * (b + 1)));
    expect(crew.members).toBe(threads);
  });

  it('runs more passes than it hands over at a time, and passes with fewer blocks than threads', () => {
    const crew = crewOf(2);
    const memory = new KernelMemory();
    const loaded = crew.load(module, memory);
    crew.complete();
    const address = memory.allocate(64);
    crew.run(additions(loaded, address, 1, 5000), null);
    expect(new Int32Array(memory.memory.buffer, address, 2)[0]).toBe(5000);
    expect(new Int32Array(memory.memory.buffer, address, 2)[1]).toBe(0);
  });

  it('computes alone where there is no platform, or one thread is asked for', () => {
    const memory = new KernelMemory();
    const address = memory.allocate(64);
    for (const crew of [crewOf(4, null), crewOf(1)]) {
      expect(crew.threads).toBe(1);
      crew.run(additions(crew.load(module, memory), address, 4, 1), null);
    }
    expect(new Int32Array(memory.memory.buffer, address, 4)[3]).toBe(8);
  });

  it('loads modules over further memories while its threads wait', () => {
    const crew = crewOf(2);
    crew.complete();
    for (let k = 0; k < 3; k++) {
      const memory = new KernelMemory();
      const address = memory.allocate(4 * 64);
      const loaded = crew.load(module, memory);
      crew.run(additions(loaded, address, 64, 3), null);
      expect(new Int32Array(memory.memory.buffer, address, 64)[63]).toBe(192);
      loaded.dispose();
    }
  });

  it('throws what a trap says, and works on afterwards', () => {
    const crew = crewOf(2);
    const memory = new KernelMemory();
    const loaded = crew.load(module, memory);
    crew.complete();
    const address = memory.allocate(64);
    const trap = { module: loaded, name: 'trap', blocks: 100, argument: address };
    expect(() => crew.run([trap, ...additions(loaded, address, 4, 1)], null)).toThrow(
      'unreachable',
    );
    expect(new Int32Array(memory.memory.buffer, address, 1)[0]).toBe(0);
    crew.run(additions(loaded, address, 4, 1), null);
    expect(new Int32Array(memory.memory.buffer, address, 1)[0]).toBe(1);
  });

  it('stops at a cancelled flag', () => {
    const crew = crewOf(2);
    const memory = new KernelMemory();
    const loaded = crew.load(module, memory);
    const cancel = new CancelFlag();
    cancel.cancel();
    const address = memory.allocate(64);
    expect(() => crew.run(additions(loaded, address, 4, 1), cancel)).toThrow('cancelled');
  });

  it('fails the run when a thread was killed, instead of waiting for it', () => {
    const started: CrewThread[] = [];
    const crew = crewOf(
      2,
      {
        ...nodePlatform,
        startThread(seat) {
          const thread = nodePlatform.startThread(seat);
          started.push(thread);
          return thread;
        },
      },
      2,
    );
    const memory = new KernelMemory();
    const loaded = crew.load(module, memory);
    crew.complete();
    started[0]?.end();
    const address = memory.allocate(64);
    const passes = additions(loaded, address, 4, 4);
    expect(() => {
      for (let run = 0; run < 1000; run++) crew.run(passes, null);
    }).toThrow('has ended');
    expect(() => crew.run(passes, null)).toThrow('have ended');
  });
});

describe('KernelMemory', () => {
  it('hands out areas that do not overlap, and gives released ones out again', () => {
    const memory = new KernelMemory();
    const [a, b, c] = [100, 200, 300].map((bytes) => memory.allocate(bytes)) as [
      number,
      number,
      number,
    ];
    expect(b - a).toBeGreaterThanOrEqual(100);
    expect(c - b).toBeGreaterThanOrEqual(200);
    for (const address of [a, b, c]) expect(address % 64).toBe(0);
    memory.release(a);
    memory.release(b);
    expect(memory.allocate(300)).toBe(a);
    memory.release(a);
    memory.release(c);
    expect(memory.isIdle).toBe(true);
    expect(() => memory.release(c)).toThrow('released, once');
  });

  it('grows to gigabytes and says so where it cannot', () => {
    const memory = new KernelMemory();
    const big = memory.allocate(2 ** 31);
    const state = memory.allocateState(2 ** 20, 8);
    expect(state.re).toBeGreaterThanOrEqual(big + 2 ** 31);
    new Float64Array(memory.memory.buffer, state.im, 2 ** 20)[2 ** 20 - 1] = 1;
    expect(() => memory.allocate(2 ** 31)).toThrow('at most 4.0 GiB');
  });
});
