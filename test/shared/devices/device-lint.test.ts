import { describe, expect, it } from 'vitest';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import { deviceFidelity } from '#shared/devices/device-fidelity.ts';
import { lintForDevice } from '#shared/devices/device-lint.ts';
import type { Device } from '#shared/ipc/hardware.ts';

/** Five qubits in a line. */
const line: Device = {
  id: 'line',
  name: 'Line',
  provider: 'test',
  kind: 'qpu',
  technology: 'none',
  qubits: 5,
  status: 'available',
  queueLength: null,
  queueSeconds: null,
  nativeGates: ['cz', 'rz', 'sx', 'x'],
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
  ],
  errorRates: { oneQubit: 0.001, twoQubit: 0.01, readout: 0.02 },
  times: { oneQubitGate: 1e-8, twoQubitGate: 1e-7, readout: 1e-6 },
  isDynamic: false,
  shots: { min: 10, max: 5000 },
  calibratedAt: null,
  source: 'test',
};

const reasons = (...parameters: Parameters<typeof lintForDevice>): string[] =>
  lintForDevice(...parameters).map(
    ({ index, severity, reason }) => `${index} ${severity} ${reason}`,
  );

describe('the lint of a device', () => {
  it('has nothing to say of native gates on coupled qubits, measured at the end', () => {
    const circuit = circuitOf(3, [gate('sx', [0]), gate('cz', [1, 0]), ...measureAll(3)], 3);
    expect(lintForDevice(circuit, line, 1000)).toEqual([]);
  });

  it('names gates and couplings that are missing, with what it takes', () => {
    const circuit = circuitOf(
      5,
      [gate('h', [0]), gate('cz', [0, 3]), gate('cz', [0, 4]), measure(0, 0)],
      1,
    );
    expect(reasons(circuit, line, 1000)).toEqual([
      '0 compiled Line has no “h”; it is rewritten to rz, sx, x.',
      '1 compiled q[0] and q[3] are not coupled on Line: 2 swaps bring them together.',
      '2 obstacle q[0] and q[4] are not connected on Line.',
    ]);
  });

  it('names what cannot run at all: width, shots, measurements on the way, resets', () => {
    const circuit = circuitOf(
      6,
      [gate('x', [0]), measure(0, 0), gate('x', [0]), { kind: 'reset', qubit: 1 }, measure(0, 1)],
      2,
    );
    expect(reasons(circuit, line, 6000)).toEqual([
      'null obstacle The circuit has 6 qubits; Line has 5.',
      'null obstacle Line takes 10 to 5000 shots, not 6000.',
      '1 obstacle Line has no measurement before the end of its qubit.',
      '3 obstacle Line has no reset.',
    ]);
    expect(reasons(circuit, { ...line, isDynamic: true, qubits: 9 }, 1000)).toEqual([]);
    expect(reasons(circuitOf(1, []), line, null)).toEqual([
      'null obstacle Nothing is measured: a machine gives back classical bits only.',
    ]);
  });
});

describe('the estimate of a device', () => {
  it('multiplies what goes right and adds up the longest path', () => {
    const circuit = circuitOf(2, [gate('x', [0]), gate('cz', [0, 1]), gate('x', [1])]);
    const { fidelity, seconds } = deviceFidelity(line, circuit, 100);
    expect(fidelity).toBeCloseTo(0.999 ** 2 * 0.99 * 0.98 ** 2, 12);
    expect(seconds).toBeCloseTo(100 * (1e-8 + 1e-7 + 1e-8 + 1e-6), 15);
  });
});
