import { type Device, listingOf } from '#shared/devices/listing.ts';
import { deviceRecords } from '#shared/devices/registry.ts';
import { statevector } from '#engine/simulators/dense.ts';

const here = { provider: 'local', status: 'available', queueLength: 0, queueSeconds: 0 } as const;

/** What runs on this computer: the simulator, and models of machines with their noise. */
export function localDevices(): Device[] {
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
    ...deviceRecords.map((record) => ({
      ...listingOf(record, { ...here, kind: 'device-model' }),
      provider: here.provider,
      name: `${record.name} (model)`,
      shots: null,
    })),
  ];
}
