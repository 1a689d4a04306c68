import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import { compileNoise } from '../noise/model.ts';
import { askAboutGates, unusedNoise } from '../simulators/unused-noise.ts';
import { lower } from '../simulators/lowering.ts';
import type { Placement } from './backend.ts';

/** Circuits as they are, with a noise model's rules after their own gates. */
export function asWritten(model: NoiseModel | null): Placement {
  const noise = model === null ? null : compileNoise(model);
  let widest = 0;
  return {
    place(circuit: Circuit) {
      widest = Math.max(widest, qubitCountOf(circuit));
      if (noise !== null) askAboutGates(noise, lower(circuit));
      return { circuit, noise };
    },
    unused: () => (noise === null ? [] : unusedNoise(noise, widest)),
  };
}
