import { inGreek } from '#shared/circuit/greek.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import { deviceFidelity } from '#shared/devices/device-fidelity.ts';
import type { Device, DeviceEstimate } from '#shared/ipc/hardware.ts';
import { countOf } from '#renderer/lib/format.ts';
import { boundCircuit, boundValues } from '#renderer/lib/bound-circuit.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';

/** Whether jobs on the device are computed here: it costs nothing and nobody has to be asked. */
export function isLocal(device: Device): boolean {
  return device.kind !== 'qpu';
}

/**
 * What is known of a circuit on a device without asking anyone: gates, the fidelity that its published
 * errors allow, and what plainly stands in the way. It is all that there is to know of a local device.
 */
export function localEstimate(
  device: Device,
  document: OpenDocument,
  shots: number,
): DeviceEstimate {
  const circuit = boundCircuit(document);
  const { fidelity, oneQubitGates, twoQubitGates, seconds } = deviceFidelity(
    device,
    circuit,
    shots,
  );
  const qubits = qubitCountOf(circuit);
  const local = isLocal(device);
  return {
    cost: local ? 0 : null,
    costBasis: local ? 'runs on this computer' : '',
    executionSeconds: local ? null : seconds,
    queueSeconds: local ? 0 : null,
    fidelity,
    oneQubitGates,
    twoQubitGates,
    obstacles: [
      ...(qubits > device.qubits
        ? [`The circuit has ${countOf(qubits, 'qubit')}; ${device.name} has ${device.qubits}.`]
        : []),
      ...circuit.parameters.map(
        ({ name }) => `The parameter “${name}” has no value. Give it one at its slider.`,
      ),
    ],
  };
}

/** "θ = π/2, φ = 0", as gates are labelled; empty where a circuit has no named parameters. */
export function valuesText(document: OpenDocument): string {
  return boundValues(document)
    .map(({ name, formula }) => `${inGreek(name)} = ${inGreek(formula).replaceAll('*', '·')}`)
    .join(', ');
}
