import type { Circuit } from '#shared/circuit/circuit.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import type { Candidate } from '#shared/devices/selection.ts';
import type { FidelityEstimate } from '#shared/devices/device-fidelity.ts';
import type { Device } from '#shared/ipc/hardware.ts';
import type { DataPreview, DataReading, DataSet } from '#shared/data/data-set.ts';
import type { ErrorData } from '#shared/ipc/wire.ts';

/** What a thread for tasks is sent. */
export interface TaskOrder {
  readonly id: number;
  readonly task: unknown;
  readonly cancel: SharedArrayBuffer;
  readonly freeBytes: number;
}

/** What it sends back; `ready` once, when it has loaded its code; `told` is how the work goes. */
export type TaskReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'told'; readonly id: number; readonly note: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorData };

/** Texts and files of a user, and what is to be found out about them. */
export type ReadingTask =
  | { readonly kind: 'document'; readonly fileName: string; readonly text: string }
  | { readonly kind: 'gate'; readonly source: string }
  | {
      readonly kind: 'estimate';
      readonly source: string;
      readonly device: Device;
      readonly shots: number;
      /** A vendor must be shown the circuit itself. */
      readonly wantsCircuit: boolean;
    }
  | {
      readonly kind: 'select';
      readonly source: string;
      readonly devices: readonly DeviceRecord[];
      readonly shots: number;
    }
  | {
      readonly kind: 'preview';
      readonly text: string;
      readonly rows: number;
      readonly reading?: DataReading | undefined;
    }
  | { readonly kind: 'data'; readonly text: string; readonly reading?: DataReading | undefined };

export interface ReadingResults {
  readonly document: { readonly text: string };
  readonly gate: {
    readonly name: string;
    readonly qubits: number;
    readonly parameters: readonly string[];
  };
  readonly estimate: FidelityEstimate & {
    readonly qubits: number;
    readonly circuit: Circuit | null;
  };
  readonly select: readonly Candidate[];
  readonly preview: DataPreview;
  readonly data: Pick<DataSet, 'rows' | 'columns'> & { readonly problems: DataPreview['problems'] };
}
