import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import type { Optimizer, OptimizerSettings } from '../optimizers/optimizer.ts';
import { partNamed, type Parts } from '../parts.ts';

/** By what the weights of a circuit are improved. */
export function optimizerSetting(id = 'adam'): ParameterDescriptor {
  return {
    kind: 'member',
    id: 'optimizer',
    title: 'Optimiser',
    help: 'How the weights are improved. Gradient methods suit a noiseless simulator, SPSA suits shots.',
    registry: 'optimizer',
    default: { id },
  };
}

/** The optimiser that settings name, and its own settings. */
export function optimizerOf(
  given: Settings,
  parts: Parts,
): { readonly optimizer: Optimizer; readonly settings: OptimizerSettings } {
  const { id, ...settings } = given['optimizer'] as { readonly id: string } & Settings;
  return { optimizer: partNamed(parts.optimizers, id), settings };
}
