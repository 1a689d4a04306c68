import type { CrewMessage, CrewSeat } from './kernels/crew-protocol.ts';

/** A thread that runs `serveCrew` until it is ended. */
export interface CrewThread {
  /** Messages arrive in order, and before any run that starts later. */
  post(message: CrewMessage): void;
  end(): void;
}

/** What the engine needs from where it runs; main/workers has it for Node. */
export interface Platform {
  /** Cores of this machine that a computation may use. */
  readonly cores: number;
  /** Does not keep the process alive. */
  startThread(seat: CrewSeat): CrewThread;
  /** Gives back at once what nothing refers to any more: gigabytes that the collector does not know of. */
  collect(): void;
}

let current: Platform | null = null;

/** Called once by each entry, before it computes. Without it everything runs on one thread. */
export function providePlatform(platform: Platform): void {
  current = platform;
}

export function platformOrNull(): Platform | null {
  return current;
}
