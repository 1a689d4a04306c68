import type { Circuit } from '#shared/circuit/circuit.ts';
import type { Device } from '#shared/ipc/hardware.ts';
import type { Counts } from '#engine/programs/program.ts';
import type { SecretFields } from '../credentials/vault.ts';

/** A field of a vendor's credential, for forms. */
export interface CredentialField {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly isSecret: boolean;
}

/** Circuits whose parameters are all bound, ready for a vendor: as many as its `batchLimit` at most. */
export interface Submission {
  readonly deviceId: string;
  readonly circuits: readonly Circuit[];
  readonly shots: number;
  readonly name: string;
  /** Names this batch of this ask of this job; the vendor keeps it, so that it can be found again. */
  readonly tag: string;
  readonly signal: AbortSignal;
}

export type VendorJobState = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface VendorJobStatus {
  readonly state: VendorJobState;
  /** Why it failed, in the vendor's words; null otherwise. */
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** Seconds until it starts, as the vendor predicts; null where it does not say. */
  readonly waitSeconds: number | null;
}

export interface CostEstimate {
  /** USD; null where unknown. */
  readonly cost: number | null;
  readonly basis: string;
  readonly executionSeconds: number | null;
  readonly queueSeconds: number | null;
}

export interface ResultRequest {
  /** In the order of the submission. `uniform` gives draws for machines that return exact probabilities. */
  readonly circuits: readonly { readonly qubits: number; readonly uniform: () => number }[];
  readonly shots: number;
}

/** A vendor's account in use. Secrets stay inside. */
export interface ProviderClient {
  /** One sentence on whose key this is; throws `unauthorised` for a wrong one. */
  test(): Promise<string>;
  devices(): Promise<Device[]>;
  /** Of all circuits together, in one job. */
  estimate(deviceId: string, circuits: readonly Circuit[], shots: number): Promise<CostEstimate>;
  /** The vendor's job id. */
  submit(submission: Submission): Promise<string>;
  /** Jobs that were submitted with this tag, oldest first. */
  find(tag: string, signal: AbortSignal): Promise<string[]>;
  status(vendorJobId: string, signal: AbortSignal): Promise<VendorJobStatus>;
  /** Outcomes of each circuit, bit i of each = qubit i. */
  result(vendorJobId: string, request: ResultRequest, signal: AbortSignal): Promise<Counts[]>;
  cancel(vendorJobId: string): Promise<void>;
  /** USD charged for an ended job; null where unknown. */
  cost(vendorJobId: string): Promise<number | null>;
}

/** A vendor of machines: one folder and one line in the registry. */
export interface Provider {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly credentialFields: readonly CredentialField[];
  /** Circuits that one job of this vendor takes. */
  readonly batchLimit: number;
  /** Devices as they are known without an account, so that they can be looked at offline. */
  readonly knownDevices: readonly Device[];
  /** Why a circuit cannot run on a device, one sentence each. */
  obstacles(deviceId: string, circuit: Circuit, shots: number): string[];
  connect(fields: SecretFields, settings: ProviderSettings): ProviderClient;
}

export interface ProviderSettings {
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** The process's environment, for vendors' own variables such as IONQ_API_URL. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
