import { describe, expect, it, test } from 'vitest';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import { Couplings } from '#shared/compiler/couplings.ts';
import { targetOf } from '#shared/compiler/target.ts';
import {
  deviceNamed,
  type Figure,
  isOnTwo,
  medianOf,
  typicalFigures,
} from '#shared/devices/device.ts';
import { lintForDevice } from '#shared/devices/device-lint.ts';
import { deviceSchema, listingOf } from '#shared/devices/listing.ts';
import { deviceRecords } from '#shared/devices/registry.ts';
import { gateById } from '#shared/gates/registry.ts';

const now = {
  kind: 'device-model',
  status: 'available',
  queueLength: null,
  queueSeconds: null,
} as const;

test('records are sorted and found by id and by the name of the vendor', () => {
  const ids = deviceRecords.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
  for (const device of deviceRecords) {
    expect(deviceNamed(deviceRecords, device.id)).toBe(device);
    expect(deviceNamed(deviceRecords, device.name)).toBe(device);
  }
});

test('the medians are those of the published calibration', () => {
  const torino = deviceNamed(deviceRecords, 'ibm-torino');
  if (torino === null) throw new Error('there is no ibm-torino');
  const { oneQubitError, twoQubitError, readoutError, times } = typicalFigures(torino);
  expect(oneQubitError).toBeCloseTo(0.00027114775, 7);
  expect(twoQubitError).toBeCloseTo(0.0040802091, 7);
  expect(readoutError).toBeCloseTo(0.022949219, 6);
  expect(times.T1).toBeCloseTo(184.98743e-6, 8);
  expect(times.twoQubitGate).toBe(68e-9);
});

describe.each(deviceRecords.map((one) => [one.id, one] as const))('%s', (_, device) => {
  const known = (figure: Figure | null): readonly number[] =>
    figure === null || typeof figure === 'number'
      ? [figure ?? 0]
      : figure.filter((one) => one !== null);

  it('has figures for every place, in range', () => {
    const expectPlaces = (figure: Figure | null, places: number): void => {
      if (figure !== null && typeof figure !== 'number') expect(figure).toHaveLength(places);
    };
    for (const { gate: id, error, duration } of device.gates) {
      const places = isOnTwo(id) ? (device.couplings?.length ?? 1) : device.qubits;
      for (const figure of [error, duration]) expectPlaces(figure, places);
      for (const one of known(error)) expect(one >= 0 && one < 1, `${id} ${one}`).toBe(true);
      for (const one of known(duration)) expect(one >= 0 && one < 1e-2).toBe(true);
    }
    const { T1, T2, readout } = device;
    for (const figure of [T1, T2, readout.read1Given0, readout.read0Given1]) {
      expectPlaces(figure, device.qubits);
    }
    for (const one of [...known(readout.read1Given0), ...known(readout.read0Given1)]) {
      expect(one >= 0 && one < 1).toBe(true);
    }
    expect(medianOf(T1)).toBeGreaterThan(0);
  });

  it('names gates of the registry, each with figures, and couplings of its qubits', () => {
    for (const id of device.nativeGates) {
      expect(gateById(id)?.id).toBe(id);
      expect(device.gates.some((one) => one.gate === id)).toBe(true);
    }
    if (device.couplings === null) return;
    expect(() => new Couplings(device.qubits, device.couplings ?? [])).not.toThrow();
    const target = targetOf(device);
    // A directed gate is listed once for each direction in which it is calibrated.
    const pairs = new Set(device.couplings.map((pair) => pair.toSorted((a, b) => a - b).join(' ')));
    expect(target.couplings?.pairs.length).toBeGreaterThan(0.9 * pairs.size);
  });

  it('says where it comes from and stands in a list as it is', () => {
    expect(device.source).not.toBe('');
    expect(Number.isNaN(Date.parse(device.calibratedAt))).toBe(false);
    const listing = listingOf(device, now);
    expect(deviceSchema.parse(listing)).toEqual(listing);
    const [a, b] = device.couplings?.[0] ?? [0, 1];
    const calls = device.nativeGates.map((id) => {
      const member = gateById(id);
      const angles = member?.parameterNames.map(() => 0.3) ?? [];
      return gate(id, isOnTwo(id) ? [a, b] : [a], angles);
    });
    const circuit = circuitOf(device.qubits, [...calls, ...measureAll(2)], 2);
    expect(lintForDevice(circuit, listing, null)).toEqual([]);
  });
});
