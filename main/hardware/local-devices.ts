import { type Device, listingOf } from '#shared/devices/listing.ts';
import { statevector } from '#engine/simulators/dense.ts';
import type { Members } from '#engine/members.ts';
import type { Simulator } from '#engine/simulators/simulator.ts';

const here = { provider: 'local', status: 'available', queueLength: 0, queueSeconds: 0 } as const;

/** What runs on this computer: the simulator that finds its method, each method, and models of machines with their noise. */
export function localDevices({
  devices,
  simulators,
}: Pick<Members, 'devices' | 'simulators'>): Device[] {
  return [
    {
      ...here,
      id: 'simulator',
      name: 'Local simulator',
      kind: 'simulator',
      technology: 'exact simulation',
      qubits: statevector.maximumQubits,
      nativeGates: [],
      edges: null,
      errorRates: {},
      times: {},
      isDynamic: true,
      shots: null,
      calibratedAt: null,
      source: 'Ketbench',
    },
    ...simulators.map(simulatorDevice),
    ...devices.map((record) => ({
      ...listingOf(record, { ...here, kind: 'device-model' }),
      provider: here.provider,
      name: `${record.name} (model)`,
      shots: null,
    })),
  ];
}

function simulatorDevice({ id, title, maximumQubits, gives }: Simulator): Device {
  return {
    ...here,
    id,
    name: title,
    kind: 'simulator',
    technology: gives === 'shots' ? 'simulation from shots' : 'exact simulation',
    qubits: maximumQubits,
    nativeGates: [],
    edges: null,
    errorRates: {},
    times: {},
    isDynamic: gives !== 'expectations',
    shots: null,
    calibratedAt: null,
    source: 'Ketbench',
  };
}
