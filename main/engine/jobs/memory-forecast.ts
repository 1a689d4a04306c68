import type { Needs } from '../algorithms/algorithm.ts';
import { type LocalRequest, localMethod, stateBytes } from '../backends/local.ts';

/** Predicted peak in bytes: the method's own tables, and states and answers of circuits that are simulated here. */
export function memoryForecast(
  { ownBytes, answerBytes }: Needs,
  backend: LocalRequest | null,
): number {
  // Circuits of a machine elsewhere run there.
  if (backend === null) return ownBytes;
  const method = localMethod(backend);
  const isDense = method === 'statevector' || method === 'density';
  return ownBytes + stateBytes(backend) + (isDense ? answerBytes : 0);
}
