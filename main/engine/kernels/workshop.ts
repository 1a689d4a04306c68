import type { CancelFlag } from '#shared/base/cancel.ts';
import { platformOrNull } from '../platform.ts';
import { Crew, type LoadedModule, type Pass, type PassWatch } from './crew.ts';
import { canRelax, loadKernels, type Precision } from './load-kernels.ts';
import { KernelMemory, maximumThreads, needsWide } from './memory.ts';

/** What a computation may use. */
export interface WorkshopSettings {
  /** Null: as many as there are cores. */
  readonly threads: number | null;
  /** Leaves out instructions whose rounding may differ between machines. */
  readonly isPortable: boolean;
  /** Looked at in every pass. */
  readonly cancel: CancelFlag | null;
  /** Is told of each pass of a run. */
  readonly passed: PassWatch | null;
  /** Puts every state into a memory with addresses of 64 bits, as large ones are where the runtime has it. */
  readonly isWide: boolean;
}

const usual: WorkshopSettings = {
  threads: null,
  isPortable: false,
  cancel: null,
  passed: null,
  isWide: false,
};

/** More is given back when nothing is left in it. */
const keptBytes = 64 * 2 ** 20;
/** Smaller states are computed faster by one thread than threads can be woken. */
const parallelQubits = 14;
/** Wider programs are not run on amplitudes. */
const largestState = 30;

let settings = usual;
let crew: Crew | null = null;
let memory: KernelMemory | null = null;
/** The one for states that 32-bit addresses do not reach. */
let wideMemory: KernelMemory | null = null;
/** Ends everything that was made in the scope that is open. */
let scope: Set<{ release(): void }> | null = null;
/** Most threads that a run of the open scope had. */
let usedThreads = 0;

/** The crew of this process thread, made when it is first needed. */
export function ownCrew(): Crew {
  const platform = platformOrNull();
  const threads = Math.min(settings.threads ?? platform?.cores ?? 1, maximumThreads);
  if (crew === null || crew.isDisposed || (platform !== null && crew.threads !== threads)) {
    crew?.dispose();
    crew = new Crew(platform, threads);
  }
  return crew;
}

/** The memory that new states of so many bytes are put into. */
export function ownMemory(bytes = 0): KernelMemory {
  if (needsWide(bytes) || (settings.isWide && bytes > 0)) {
    wideMemory ??= new KernelMemory(true);
    return wideMemory;
  }
  memory ??= new KernelMemory();
  return memory;
}

/** The ahead-of-time kernels over a memory, on the crew of this thread. */
export function ownKernels(over: KernelMemory, precision: Precision): LoadedModule {
  return loadKernels(ownCrew(), over, precision, mayRelax());
}

/** Whether instructions may be used whose rounding differs between machines. */
export function mayRelax(): boolean {
  return !settings.isPortable && canRelax();
}

/** Threads for a state of this many qubits. */
export function threadsFor(qubits: number): number {
  return qubits < parallelQubits ? 1 : ownCrew().threads;
}

/** Starts the threads that a state of this many qubits will want, while it is being planned. */
export function prepareThreads(qubits: number): void {
  if (qubits >= parallelQubits && qubits <= largestState) ownCrew().start();
}

/** The flag of the computation that goes on. */
export function currentCancel(): CancelFlag | null {
  return settings.cancel;
}

/** Tells of each pass of the runs in `work`, and not of those in work inside it. */
export function watchPasses<T>(passed: PassWatch | null, work: () => T): T {
  const outer = settings;
  settings = { ...settings, passed };
  try {
    return work();
  } finally {
    settings = outer;
  }
}

/** Who is told of the passes of the computation that goes on. */
export function passWatch(): PassWatch | null {
  return settings.passed;
}

/** Runs passes over a state of this many qubits, on one thread where waking others does not pay. */
export function runPasses(passes: readonly Pass[], qubits: number): void {
  // A single pass is one that reads a state, not the work on it.
  const passed = passes.length > 1 ? settings.passed : null;
  ownCrew().run(passes, settings.cancel, threadsFor(qubits), passed);
  noteRun();
}

/** Takes down what the last run of the crew used. */
export function noteRun(): void {
  usedThreads = Math.max(usedThreads, ownCrew().members);
}

/** Kernels that are in use here, for results and provenance. */
export function kernelName(): string {
  return settings.isPortable || !canRelax() ? 'wasm-portable' : 'wasm-relaxed';
}

/** What the work of the open scope has used so far; null where it has not computed here. */
export function usedSoFar(): { readonly threads: number; readonly kernel: string } | null {
  return usedThreads === 0 ? null : { threads: usedThreads, kernel: kernelName() };
}

/**
 * Does some work with these settings. All states that it makes and does not release itself are
 * released at its end, and a large memory is given back.
 */
export function inWorkshop<T>(given: Partial<WorkshopSettings>, work: () => T): T {
  const outer = { settings, scope, usedThreads };
  settings = { ...usual, ...given };
  scope = new Set();
  usedThreads = 0;
  try {
    return work();
  } finally {
    releaseAll(scope);
    ({ settings, scope, usedThreads } = outer);
    if (scope === null) tidy();
  }
}

/** Apart, so that no variable of the caller holds a state while its memory is given back. */
function releaseAll(states: Iterable<{ release(): void }>): void {
  for (const one of states) one.release();
}

/** Tells the open scope of something with a life; false where none is open. */
export function isScoped(one: { release(): void }): boolean {
  scope?.add(one);
  return scope !== null;
}

/** Takes something out of the open scope that has ended before it. */
export function leaveScope(one: { release(): void }): void {
  scope?.delete(one);
}

/**
 * Gives a large memory back that nothing is in any more. The crew ends with it: its threads would go
 * on holding the memory until they happen to collect their garbage.
 */
function tidy(): void {
  const isDone = (one: KernelMemory | null): boolean =>
    one !== null && one.isIdle && one.bytes > keptBytes;
  if (!isDone(memory) && !isDone(wideMemory)) return;
  if (isDone(memory)) memory = null;
  if (isDone(wideMemory)) wideMemory = null;
  crew?.dispose();
  crew = null;
  platformOrNull()?.collect();
}
