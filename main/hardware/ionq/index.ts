import { qubitCountOf } from '#shared/circuit/circuit.ts';
import { AppError } from '#shared/base/errors.ts';
import type { Provider } from '../provider.ts';
import { IonqClient, ionqBatchLimit } from './client.ts';
import { ionqDevices } from './devices.ts';
import { ionqObstacles } from './translate.ts';

export const ionq: Provider = {
  id: 'ionq',
  title: 'IonQ',
  summary: 'Trapped-ion machines through the IonQ Quantum Cloud (API v0.4).',
  credentialFields: [
    {
      id: 'apiKey',
      title: 'API key',
      help: 'From cloud.ionq.com, under API keys.',
      isSecret: true,
    },
  ],
  batchLimit: ionqBatchLimit,
  knownDevices: ionqDevices,
  obstacles(deviceId, circuit, shots) {
    const device = ionqDevices.find(({ id }) => id === deviceId);
    const qubits = qubitCountOf(circuit);
    const found = ionqObstacles(circuit);
    if (device !== undefined && qubits > device.qubits) {
      found.push(`The circuit has ${qubits} qubits; ${device.name} has ${device.qubits}.`);
    }
    if (device?.shots !== undefined && device.shots !== null && shots > device.shots.max) {
      found.push(
        `${device.name} runs at most ${device.shots.max} shots at once; ${shots} were asked for.`,
      );
    }
    return found;
  },
  connect(fields, settings) {
    const { apiKey } = fields;
    if (apiKey === undefined || apiKey.trim() === '') {
      throw new AppError('bad-input', 'An IonQ credential needs its API key.', { field: 'apiKey' });
    }
    return new IonqClient(apiKey.trim(), settings);
  },
};
