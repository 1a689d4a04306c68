import type { Device } from '#shared/ipc/hardware.ts';
import type { DeviceModel } from '#engine/noise/device-model.ts';
import { deviceModels } from '#engine/noise/devices/registry.ts';
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
    ...deviceModels.map(modelDevice),
  ];
}

function modelDevice(model: DeviceModel): Device {
  return {
    ...here,
    id: model.id,
    name: `${model.name} (model)`,
    kind: 'device-model',
    technology: model.technology,
    qubits: model.qubits,
    nativeGates: [...model.nativeGates],
    edges: model.edges === null ? null : model.edges.map(([a, b]) => [a, b]),
    errorRates: {
      oneQubit: model.oneQubitError,
      twoQubit: model.twoQubitError,
      readout: model.readoutError,
    },
    times: { ...model.times },
    isDynamic: model.isDynamic,
    shots: null,
    calibratedAt: model.calibratedAt,
    source: model.source,
  };
}
