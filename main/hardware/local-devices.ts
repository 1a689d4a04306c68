import type { Device } from '#shared/ipc/hardware.ts';
import type { DeviceModel } from '#engine/noise/device-model.ts';
import { deviceModels } from '#engine/noise/devices/registry.ts';
import { statevector } from '#engine/simulators/dense.ts';
import { simulators } from '#engine/simulators/registry.ts';
import type { Simulator } from '#engine/simulators/simulator.ts';

const here = { provider: 'local', status: 'available', queueLength: 0, queueSeconds: 0 } as const;

/** What runs on this computer: the simulator that finds its method, each method, and models of machines with their noise. */
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
    ...simulators.map(simulatorDevice),
    ...deviceModels.map(modelDevice),
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
