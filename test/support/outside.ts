import { deviceRecords } from '#shared/devices/registry.ts';
import { maxcut } from '#shared/problems/kinds/maxcut.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { exact } from '#engine/algorithms/exact.ts';
import { algorithmOf, type Way } from '#engine/algorithms/algorithm.ts';
import { realAmplitudes } from '#engine/ansatze/real-amplitudes.ts';
import { createEngine } from '#engine/engine.ts';
import { parameterShift } from '#engine/gradients/parameter-shift.ts';
import { featureMaps } from '#engine/learning/feature-maps.ts';
import { builtIn, type Members, withMembers } from '#engine/members.ts';
import { zne } from '#engine/mitigation/zne.ts';
import { adam } from '#engine/optimizers/adaptive-moments.ts';
import { statevector } from '#engine/simulators/dense.ts';
import { ionq } from '#main/hardware/ionq/index.ts';
import type { Provider } from '#main/hardware/provider.ts';

const [device] = deviceRecords;
const [featureMap] = featureMaps;
if (device === undefined || featureMap === undefined) throw new Error('registries are empty');

const outsideResult = { ...energies, kind: 'outside-result' };

function tellsOutside(way: Way): Way {
  return {
    ...way,
    result: outsideResult,
    *run(input) {
      const outcome = yield* way.run(input);
      return { ...outcome, result: { ...(outcome.result as object), kind: outsideResult.kind } };
    },
  };
}

const energyWays = exact.ways.filter(({ result }) => result.kind === energies.kind);

/** One member of every kind that Ketbench does not have. */
export const outsideMembers = {
  algorithms: [algorithmOf({ ...exact, id: 'outside-algorithm' }, energyWays.map(tellsOutside))],
  ansatze: [{ ...realAmplitudes, id: 'outside-ansatz' }],
  devices: [{ ...device, id: 'outside-device', name: 'outside_device' }],
  featureMaps: [{ ...featureMap, id: 'outside-map' }],
  gradients: [{ ...parameterShift, id: 'outside-gradient' }],
  optimizers: [{ ...adam, id: 'outside-optimizer' }],
  problems: [{ ...maxcut, kind: 'outside-problem' }],
  results: [outsideResult],
  simulators: [{ ...statevector, id: 'outside-simulator' }],
  techniques: [{ ...zne, id: 'outside-technique' }],
} satisfies Members;

export const outsideProvider: Provider = {
  ...ionq,
  id: 'outside',
  knownDevices: ionq.knownDevices.map((one) => ({
    ...one,
    id: one.id.replace('ionq.', 'outside.'),
    provider: 'outside',
  })),
};

/** The engine with all of them, as threads load it too. */
export const jobEngine = createEngine({ members: withMembers(builtIn, outsideMembers) });
