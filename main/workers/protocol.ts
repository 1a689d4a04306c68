import type { ErrorData } from '#shared/ipc/wire.ts';
import type { SimulationRequest, SimulationResult } from '#shared/jobs/simulation.ts';

/** What the simulation worker is sent. */
export interface SimulationOrder {
  readonly id: number;
  readonly request: SimulationRequest;
  readonly cancel: SharedArrayBuffer;
  readonly freeBytes: number;
}

/** What it sends back; `ready` once, when it has loaded its code. */
export type SimulationReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly result: SimulationResult }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorData };
