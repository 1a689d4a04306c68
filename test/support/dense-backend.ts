import type { NoiseModel } from '#shared/jobs/noise.ts';
import type { Backend } from '#engine/backends/backend.ts';
import { localBackend } from '#engine/backends/local.ts';
import { simulators } from '#engine/simulators/registry.ts';

/** The backend that holds the whole state: pure, or mixed under channels. */
export function denseBackend(
  shots: number | null = null,
  noise: NoiseModel | null = null,
): Backend {
  const backend = noise === null || noise.rules.length === 0 ? 'statevector' : 'density';
  return localBackend({
    backend,
    simulators,
    noise,
    device: null,
    seed: 0,
    qubits: 1,
    shots,
    freeBytes: 2 ** 32,
  });
}
