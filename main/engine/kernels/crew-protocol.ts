import { maximumThreads } from './memory.ts';
import {
  type KernelFunction,
  type WasmMemory,
  type WasmModule,
  webAssembly,
} from './web-assembly.ts';

/** What a thread of a crew is started with. */
export interface CrewSeat {
  readonly control: SharedArrayBuffer;
  /** 1, 2, …; the owner of the crew is thread 0. */
  readonly thread: number;
}

/** What a thread is told between runs. */
export type CrewMessage =
  | {
      readonly kind: 'load';
      readonly id: number;
      readonly module: WasmModule;
      readonly memory: WasmMemory;
      /** A module loaded before, whose functions this one imports; −1: none. */
      readonly imported: number;
    }
  | { readonly kind: 'unload'; readonly id: number };

/** Words of the control buffer (32 bits each). */
export const word = {
  /** Number of the run in the upper 24 bits, the threads that take part as a mask in the lower 8. */
  start: 0,
  /** Mask of the threads that wait for work. */
  ready: 16,
  /** How many have arrived at the barrier, out of `members`, whose mask stays what it is for a run. */
  arrived: 32,
  members: 33,
  mask: 34,
  /** Counts barriers that have opened. */
  generation: 48,
  /** Not 0: what is left of the pass is skipped. May be set at any time. */
  stop: 64,
  passCount: 65,
  /** 1: the run ends here. Set by the last to arrive only, so that all see the same at a barrier. */
  halt: 80,
  /** Length of the message about a failure, then its characters. */
  failure: 82,
  /** Per thread: the next block of its share, its end, and how many are taken at a time. */
  shares: 256,
  /** Per pass: module, function, number of blocks, argument. */
  passes: 512,
} as const;

export const failureLimit = 160;
export const passWords = 4;
/** Passes that are handed over at a time. */
export const passLimit = 2048;
export const controlBytes = 4 * (word.passes + passWords * passLimit);
/** A cache line apart, so that threads do not slow each other down. */
const shareWords = 16;
/** Of a share: counts the looks of its thread at whether it shall stop. */
const beatWord = 3;
/** A share is taken in this many pieces, so that whoever is done early can help. */
const piecesPerShare = 16;
/** Looks at a word before sleeping on it: about the time that waking a thread takes. */
const spins = 20_000;

export const stopReason = { none: 0, cancelled: 1, failed: 2 } as const;

/** Functions of an instance in the order of their names; a pass names them by index. */
export function functionsOf(
  module: WasmModule,
  memory: WasmMemory,
  stopped: () => number,
  imported: ReadonlyMap<string, KernelFunction> = new Map(),
): Map<string, KernelFunction> {
  const env = { ...Object.fromEntries(imported), memory, stopped };
  const { exports } = new webAssembly.Instance(module, { env });
  const named = Object.entries(exports).filter(([, value]) => typeof value === 'function');
  return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Waits until a word differs from `seen`; false after `timeoutMs` without a change. */
export function waitForChange(
  words: Int32Array,
  index: number,
  seen: number,
  timeoutMs = Number.POSITIVE_INFINITY,
): boolean {
  for (let k = 0; k < spins; k++) if (Atomics.load(words, index) !== seen) return true;
  while (Atomics.load(words, index) === seen) {
    if (Atomics.wait(words, index, seen, timeoutMs) === 'timed-out') return false;
  }
  return true;
}

/** Splits the blocks of a pass evenly among the members of a run. */
export function dealPass(words: Int32Array, pass: number): void {
  const mask = words[word.mask] as number;
  const members = words[word.members] as number;
  const blocks = words[word.passes + passWords * pass + 2] as number;
  let place = 0;
  for (let thread = 0; thread < maximumThreads; thread++) {
    if (((mask >>> thread) & 1) === 0) continue;
    const at = word.shares + shareWords * thread;
    const first = Math.floor((blocks * place) / members);
    const last = Math.floor((blocks * (place + 1)) / members);
    Atomics.store(words, at, first);
    words[at + 1] = last;
    words[at + 2] = Math.max(1, Math.ceil((last - first) / piecesPerShare));
    place++;
  }
}

/**
 * What long functions call on their way (env.stopped): not 0 where what is left of the run is skipped.
 * It also shows the others that this thread gets on.
 */
export function stopWatch(words: Int32Array, thread: number, checkStop: () => void): () => number {
  const beat = word.shares + shareWords * thread + beatWord;
  return () => {
    checkStop();
    Atomics.add(words, beat, 1);
    return Atomics.load(words, word.stop);
  };
}

/** A number that changes whenever any thread takes a piece of work, or looks up from a long one. */
export function progressOf(words: Int32Array): number {
  let sum = Atomics.load(words, word.generation);
  for (let thread = 0; thread < maximumThreads; thread++) {
    const share = word.shares + shareWords * thread;
    sum = (sum + Atomics.load(words, share) + Atomics.load(words, share + beatWord)) | 0;
  }
  return sum;
}

/** What a thread knows when it works on a pass. */
export interface Member {
  readonly words: Int32Array;
  readonly thread: number;
  readonly functionAt: (module: number, index: number) => KernelFunction;
  /** Looked at between pieces. */
  readonly checkStop: () => void;
}

/** Works on one pass: first on the own share, then on what the others have left. */
export function workOn(member: Member, pass: number): void {
  const { words, thread } = member;
  const at = word.passes + passWords * pass;
  const run = member.functionAt(words[at] as number, words[at + 1] as number);
  const argument = words[at + 3] as number;
  const mask = words[word.mask] as number;
  for (let k = 0; k < maximumThreads; k++) {
    const owner = (thread + k) % maximumThreads;
    if (((mask >>> owner) & 1) === 0) continue;
    const share = word.shares + shareWords * owner;
    const end = words[share + 1] as number;
    const step = words[share + 2] as number;
    while (Atomics.load(words, share) < end) {
      const first = Atomics.add(words, share, step);
      if (first >= end) break;
      member.checkStop();
      if (Atomics.load(words, word.stop) !== stopReason.none) return;
      run(first, Math.min(end, first + step), thread, argument);
    }
  }
}

/** The last one to arrive deals the next pass and opens the barrier; true for that one. */
export function arrive(words: Int32Array, nextPass: number): boolean {
  if (Atomics.add(words, word.arrived, 1) !== (words[word.members] as number) - 1) return false;
  Atomics.store(words, word.arrived, 0);
  if (Atomics.load(words, word.stop) !== stopReason.none) Atomics.store(words, word.halt, 1);
  else if (nextPass < (words[word.passCount] as number)) dealPass(words, nextPass);
  Atomics.add(words, word.generation, 1);
  Atomics.notify(words, word.generation);
  return true;
}

/** Leaves what went wrong first where the owner of the crew reads it. */
export function reportFailure(words: Int32Array, message: string): void {
  if (Atomics.load(words, word.stop) === stopReason.failed) return;
  const text = message.slice(0, failureLimit);
  for (let i = 0; i < text.length; i++) words[word.failure + 1 + i] = text.charCodeAt(i);
  words[word.failure] = text.length;
  Atomics.store(words, word.stop, stopReason.failed);
}

export function readFailure(words: Int32Array): string {
  const length = words[word.failure] as number;
  return String.fromCharCode(...words.subarray(word.failure + 1, word.failure + 1 + length));
}

/** The life of a thread: takes in what was loaded, takes part in the runs that name it, and waits. */
export function serveCrew(seat: CrewSeat, receive: () => CrewMessage | null): never {
  const words = new Int32Array(seat.control);
  const loaded: Loaded = new Map();
  const stopped = stopWatch(words, seat.thread, () => undefined);
  const member: Member = {
    words,
    thread: seat.thread,
    functionAt: (module, index) => loaded.get(module)?.list[index] as KernelFunction,
    checkStop: () => undefined,
  };
  let seen = Atomics.load(words, word.start);
  Atomics.or(words, word.ready, 1 << seat.thread);
  for (;;) {
    waitForChange(words, word.start, seen);
    // Read once: the number of the run and its members belong together.
    seen = Atomics.load(words, word.start);
    const isMember = ((seen >>> seat.thread) & 1) === 1;
    try {
      takeMessages(loaded, stopped, receive);
    } catch (error) {
      if (isMember) reportFailure(words, String(error));
    }
    if (isMember) takePart(member);
  }
}

/** Functions of the modules that a thread was told of, by name and by index. */
type Loaded = Map<
  number,
  {
    readonly named: ReadonlyMap<string, KernelFunction>;
    readonly list: readonly KernelFunction[];
  }
>;

function takeMessages(
  loaded: Loaded,
  stopped: () => number,
  receive: () => CrewMessage | null,
): void {
  for (let message = receive(); message !== null; message = receive()) {
    if (message.kind === 'unload') {
      loaded.delete(message.id);
      continue;
    }
    const { id, module, memory, imported } = message;
    const named = functionsOf(module, memory, stopped, loaded.get(imported)?.named);
    loaded.set(id, { named, list: [...named.values()] });
  }
}

function takePart(member: Member): void {
  const { words } = member;
  const count = words[word.passCount] as number;
  for (let pass = 0; pass < count; pass++) {
    const generation = Atomics.load(words, word.generation);
    try {
      workOn(member, pass);
    } catch (error) {
      reportFailure(words, String(error));
    }
    if (!arrive(words, pass + 1)) waitForChange(words, word.generation, generation);
    if (Atomics.load(words, word.halt) === 1) return;
  }
}
