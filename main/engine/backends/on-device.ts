import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { compile } from '#shared/compiler/pipeline.ts';
import { targetOf, targetOn } from '#shared/compiler/target.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import { noiseOfDevice } from '../noise/device-model.ts';
import { type CompiledNoise, compileNoise } from '../noise/model.ts';
import type { Placement } from './backend.ts';

/**
 * Circuits that were compiled to a machine, with the noise of their places. What was added since, turns of a
 * measurement and inverses, is put into the machine's gates one by one, and nothing is cancelled.
 */
export function onDevice(device: DeviceRecord, seed: number): Placement {
  const noises = new Map<string, CompiledNoise>();
  return {
    place(circuit: Circuit, wires) {
      const places = wires ?? Array.from({ length: qubitCountOf(circuit) }, (_, q) => q);
      const name = places.join(' ');
      const noise = noises.get(name) ?? compileNoise(noiseOfDevice(device, places));
      noises.set(name, noise);
      const layout = places.map((_, wire) => wire);
      const target = targetOn(targetOf(device), places);
      const native = compile(circuit, target, { level: 0, seed, layout });
      return { circuit: native.circuit, noise };
    },
    // A machine's own model speaks of gates and qubits that a circuit need not have.
    unused: () => [],
  };
}
