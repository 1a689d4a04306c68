import { AppError } from '#shared/base/errors.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import { density, statevector } from '../simulators/dense.ts';
import type { DenseSimulator, Simulator } from '../simulators/simulator.ts';
import type { Backend, Placement } from './backend.ts';
import { ExactBackend } from './exact.ts';
import { onDevice } from './on-device.ts';
import { asWritten } from './placement.ts';
import { SampledBackend } from './sampled.ts';

/** What a backend on this computer is made for. */
export interface LocalRequest {
  /** `simulator`, a simulator's id, or a device model's. */
  readonly backend: string;
  readonly simulators: readonly Simulator[];
  readonly noise: NoiseModel | null;
  /** The machine that is imitated: circuits are compiled to it and have its noise; null: none. */
  readonly device: DeviceRecord | null;
  /** Of the compiler's choices. */
  readonly seed: number;
  /** Of the widest circuit that is expected. */
  readonly qubits: number;
  /** Null: answers are exact. */
  readonly shots: number | null;
  readonly targetError?: number | undefined;
  readonly freeBytes: number;
}

/** State, bra and a copy while differentiating. */
const statesAtOnce = 3;

/** How circuits are simulated: a simulator's id, or `auto`, by which each circuit finds its own. */
export type LocalMethod = string;

/**
 * The method of a backend. One that is only called `simulator` holds the whole state as far as one is held
 * anywhere, and leaves wider circuits to whatever suits each; under channels, with shots, it follows pure states shot by shot where a mixed one would cost more.
 */
export function localMethod(request: LocalRequest): LocalMethod {
  const { backend, simulators, qubits, shots } = request;
  if (simulators.some(({ id }) => id === backend)) return backend;
  if (!hasChannels(request)) return qubits <= statevector.maximumQubits ? 'statevector' : 'auto';
  if (shots === null) return 'density';
  const isCheaper = 2 ** qubits <= 4 * shots;
  return fits(density, request) && isCheaper ? 'density' : 'trajectories';
}

function hasChannels({ noise, device }: LocalRequest): boolean {
  return device !== null || (noise !== null && noise.rules.length > 0);
}

function bytesOf(simulator: DenseSimulator, { qubits }: LocalRequest): number {
  return statesAtOnce * simulator.bytesFor(qubits, 'f64');
}

function fits(simulator: DenseSimulator, request: LocalRequest): boolean {
  return (
    request.qubits <= simulator.maximumQubits && bytesOf(simulator, request) <= request.freeBytes
  );
}

/** Predicted bytes of the states that a backend holds at once; what its programs hold comes on top. */
export function stateBytes(request: LocalRequest): number {
  switch (localMethod(request)) {
    case 'density':
      return bytesOf(density, request);
    case 'statevector':
    case 'trajectories':
      return bytesOf(statevector, request);
    default:
      // Tableaus, tensors and strings grow with what the circuit does and are bounded by what is free.
      return 0;
  }
}

/** Makes the backend, or refuses it where it cannot be had, naming needed and available. */
export function localBackend(request: LocalRequest): Backend {
  const method = localMethod(request);
  const { simulators, noise, device, shots, targetError, freeBytes } = request;
  const simulator = simulators.find(({ id }) => id === method) ?? null;
  if (hasChannels(request) && simulator?.channels === 'none') {
    throw new AppError(
      'bad-input',
      `The backend “${method}” cannot hold noise channels; use “density”, “trajectories” or “simulator”.`,
      { path: 'backend' },
    );
  }
  const placement: Placement = device === null ? asWritten(noise) : onDevice(device, request.seed);
  const isNoisy = device !== null || noise !== null;
  const common = { placement, device: device?.id ?? null, isNoisy, shots, freeBytes };
  const dense = method === 'density' ? density : method === 'statevector' ? statevector : null;
  if (dense !== null) {
    requireRoom(dense, request);
    return new ExactBackend({ ...common, simulator: dense, targetError });
  }
  return new SampledBackend({ ...common, simulator });
}

function requireRoom(simulator: DenseSimulator, request: LocalRequest): void {
  const { qubits, freeBytes, shots } = request;
  const needed = bytesOf(simulator, request);
  if (fits(simulator, request)) return;
  const advice =
    simulator === density && shots === null
      ? ' Give the job a number of shots: then pure states are followed shot by shot.'
      : ' The backend “mps” follows many qubits of little entanglement, “stabilizer” Clifford circuits.';
  throw new AppError(
    'too-large',
    `A ${simulator.title.toLowerCase()} of ${qubits} qubits needs ${formatBytes(needed)} of memory (it reaches ${simulator.maximumQubits} qubits); ${formatBytes(freeBytes)} is available.${advice}`,
    { neededBytes: needed, availableBytes: freeBytes },
  );
}
