import type { Needs } from '../algorithms/algorithm.ts';
import { type LocalRequest, localMethod, stateBytes } from '../backends/local.ts';

/**
 * Predicted peak in bytes: the method's own tables, and states and answers of circuits that are simulated here;
 * those of machines elsewhere run there.
 */
export function memoryForecast(
  { ownBytes, answerBytes }: Needs,
  backends: readonly LocalRequest[],
): number {
  return backends.reduce((sum, backend) => {
    const method = localMethod(backend);
    const isDense = method === 'statevector' || method === 'density';
    return sum + stateBytes(backend) + (isDense ? answerBytes : 0);
  }, ownBytes);
}
