import { platformOrNull } from '../platform.ts';
import { Crew } from './crew.ts';
import { KernelMemory, maximumThreads } from './memory.ts';

/** Where a thread of the process computes: its crew, and the memory that its states share. */
export interface Workshop {
  readonly crew: Crew;
  readonly memory: KernelMemory;
}

/** More is given back when nothing is left in it. */
const keptBytes = 64 * 2 ** 20;

let wantedThreads: number | null = null;
let crew: Crew | null = null;
let memory: KernelMemory | null = null;

/** Threads of this process thread's crew from now on; null for as many as there are cores. */
export function useThreads(threads: number | null): void {
  wantedThreads = threads;
}

/** The workshop of this process thread. Crew and memory are made when they are first needed. */
export function workshop(): Workshop {
  const platform = platformOrNull();
  const threads = Math.min(wantedThreads ?? platform?.cores ?? 1, maximumThreads);
  if (crew === null || crew.isDisposed || (platform !== null && crew.threads !== threads)) {
    crew?.dispose();
    crew = new Crew(platform, threads);
  }
  memory ??= new KernelMemory();
  return { crew, memory };
}

/** Forgets a large memory that nothing is in any more, so that it can be given back. */
export function tidyWorkshop(): void {
  if (memory !== null && memory.isIdle && memory.bytes > keptBytes) memory = null;
}
