import { describe, expect, test } from 'vitest';
import { driftOf } from '#shared/devices/calibration/drift.ts';
import { importCalibration } from '#shared/devices/calibration/import.ts';
import { currentDevices, deviceRecordSchema } from '#shared/devices/calibration/kept.ts';
import { type DeviceRecord, deviceNamed, figureAt, isOnTwo } from '#shared/devices/device.ts';
import { deviceRecords } from '#shared/devices/registry.ts';

const named = (id: string): DeviceRecord => deviceNamed(deviceRecords, id) as DeviceRecord;
const date = '2031-02-03T04:05:06Z';

/** A record with every figure place by place and a little worse, qubit 1 and the pair after it out of use. */
function worse(record: DeviceRecord): DeviceRecord {
  const qubits = Array.from({ length: record.qubits }, (_, q) => q);
  const spread = (
    figure: DeviceRecord['T1'],
    places: readonly unknown[],
    factor: number,
    out: number | null,
  ): (number | null)[] =>
    places.map((_, k) => {
      const value = figureAt(figure, k);
      return value === null || k === out ? null : Math.min(0.99, value * factor * (1 + 0.001 * k));
    });
  return {
    ...record,
    calibratedAt: date,
    source: 'file',
    T1: spread(record.T1, qubits, 0.9, null),
    T2: spread(record.T2, qubits, 0.8, 0),
    readout: {
      read1Given0: spread(record.readout.read1Given0, qubits, 1.1, null),
      read0Given1: spread(record.readout.read0Given1, qubits, 1.2, null),
      duration: record.readout.duration,
    },
    gates: record.gates.map((one) =>
      one.gate === 'rz' || one.gate === 'id'
        ? one
        : {
            ...one,
            error: spread(
              one.error,
              isOnTwo(one.gate) ? (record.couplings ?? [0]) : qubits,
              1.3,
              1,
            ),
          },
    ),
  };
}

/** The file that IBM's service would write of a record. */
function asProperties({ name, gates, couplings, ...record }: DeviceRecord): string {
  const entry = (what: string, unit: string, value: number | null, scale = 1) =>
    value === null ? [] : [{ name: what, unit, value: value / scale, date }];
  return JSON.stringify({
    backend_name: name,
    backend_version: '1',
    last_update_date: date,
    qubits: Array.from({ length: record.qubits }, (_, q) => [
      ...entry('T1', 'us', figureAt(record.T1, q), 1e-6),
      ...entry('T2', 'us', figureAt(record.T2, q), 1e-6),
      ...entry('prob_meas1_prep0', '', figureAt(record.readout.read1Given0, q)),
      ...entry('prob_meas0_prep1', '', figureAt(record.readout.read0Given1, q)),
      ...entry('readout_length', 'ns', record.readout.duration, 1e-9),
    ]),
    gates: gates.flatMap(({ gate, error, duration }) => {
      const places = isOnTwo(gate)
        ? (couplings ?? [])
        : Array.from({ length: record.qubits }, (_, q) => [q]);
      return places.map((qubits, k) => ({
        gate,
        name: `${gate}${qubits.join('_')}`,
        qubits,
        parameters: [
          ...entry('gate_error', '', figureAt(error, k) ?? 1),
          ...entry('gate_length', 'ns', figureAt(duration ?? 0, k), 1e-9),
        ],
      }));
    }),
  });
}

/** What the figures of two records differ by at most, as a share; infinite where one has none. */
function apart(a: DeviceRecord, b: DeviceRecord): number {
  const figures = ({ T1, T2, readout, gates }: DeviceRecord) => [
    T1,
    T2,
    readout.read1Given0,
    readout.read0Given1,
    ...gates.flatMap(({ error, duration }) => [error, ...(duration === null ? [] : [duration])]),
  ];
  const [ours, theirs] = [figures(a), figures(b)];
  const places = Math.max(a.qubits, a.couplings?.length ?? 0);
  return Math.max(
    ...ours.flatMap((figure, k) =>
      Array.from({ length: places }, (_, place) => {
        const [x, y] = [figureAt(figure, place), figureAt(theirs[k] as typeof figure, place)];
        if (x === null || y === null) return x === y ? 0 : Number.POSITIVE_INFINITY;
        return x === y ? 0 : Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y));
      }),
    ),
  );
}

test('IBM’s properties of every IBM machine come back as they were written, place by place', () => {
  for (const record of deviceRecords.filter(({ vendor }) => vendor === 'IBM')) {
    const wanted = worse(record);
    const { device, format, notes } = importCalibration(record, asProperties(wanted), {
      source: 'file',
    });
    expect(format, record.id).toBe('ibm-properties');
    expect(notes).toEqual([]);
    expect(apart(device, wanted), record.id).toBeLessThan(1e-12);
    expect(device).toMatchObject({ id: record.id, calibratedAt: date, source: 'file' });
    expect(deviceRecordSchema.parse(JSON.parse(JSON.stringify(device)))).toEqual(device);
    expect(currentDevices(deviceRecords, [device]).find(({ id }) => id === record.id)).toBe(device);
    const drift = driftOf(record, device);
    const two = drift.find(({ figure }) => /^(cx|cz|ecr) error$/.test(figure));
    expect(two?.most ?? null, record.id).not.toBeNull();
    expect((two?.after ?? 0) / (two?.before ?? 1)).toBeGreaterThan(1.2);
    // A pair may be out of use in the record already.
    const wasOut = record.gates.every(
      ({ gate, error }) => !isOnTwo(gate) || figureAt(error, 1) === null,
    );
    expect(two?.lost).toHaveLength(wasOut ? 0 : 1);
  }
});

test('a record against itself has no drift, and an older calibration is not used', () => {
  for (const record of deviceRecords) {
    expect(driftOf(record, record)).toEqual([]);
    const older = { ...record, calibratedAt: '2001-01-01T00:00:00Z' };
    expect(currentDevices([record], [older])).toEqual([record]);
  }
});

test('IBM’s tables are read in both of their writings, and take their date from outside', () => {
  const manila = named('ibmq-manila');
  const old = [
    'Qubit,T1 (us),T2 (us),Frequency (GHz),Anharmonicity (GHz),Readout assignment error ,Prob meas0 prep1 ,Prob meas1 prep0 ,Readout length (ns),ID error ,Z-axis rotation (rz) error ,√x (sx) error ,Pauli-X error ,CNOT error ,Gate time (ns)',
    'Q0,100,50,4.9,-0.34,0.03,0.05,0.01,5351,2e-4,0,2e-4,2e-4,0_1:0.008,0_1:277',
    'Q1,110,60,4.8,-0.34,0.03,0.05,0.01,5351,3e-4,0,3e-4,3e-4,"1_2:0.01; 1_0:0.009","1_2:469; 1_0:312"',
    'Q2,120,,4.8,-0.34,0.03,0.05,0.01,5351,3e-4,0,3e-4,3e-4,"2_3:1; 2_1:0.01","2_3:300; 2_1:300"',
    'Q3,130,70,4.8,-0.34,0.03,0.05,0.01,5351,3e-4,0,3e-4,3e-4,"3_4:0.02; 3_2:0.01","3_4:300; 3_2:300"',
    'Q4,140,80,4.8,-0.34,0.03,0.05,0.01,5351,3e-4,0,3e-4,3e-4,"4_3:0.02","4_3:300"',
  ].join('\r\n');
  const { device, format } = importCalibration(manila, old, { at: date, source: 'x.csv' });
  expect(format).toBe('ibm-csv');
  expect(device.T1).toEqual(
    [1e-4, 1.1e-4, 1.2e-4, 1.3e-4, 1.4e-4].map((x) => expect.closeTo(x, 12)),
  );
  expect((device.T2 as (number | null)[])[2]).toBeNull();
  expect(device.readout).toMatchObject({ read1Given0: 0.01, read0Given1: 0.05 });
  const at = (a: number, b: number) =>
    figureAt(
      device.gates.find(({ gate }) => gate === 'cx')?.error ?? 0,
      (device.couplings ?? []).findIndex(([x, y]) => x === a && y === b),
    );
  expect([at(0, 1), at(1, 0), at(2, 3), at(3, 2)]).toEqual([0.008, 0.009, null, 0.01]);

  const lagos = named('ibm-lagos');
  const neighbours = [[1], [0, 2, 3], [1], [1, 5], [5], [3, 4, 6], [5]];
  const next = [
    'Qubit,T1 (us),T2 (us),Readout assignment error,Prob meas0 prep1,Prob meas1 prep0,Readout length (ns),ID error,Z-axis rotation (rz) error,√x (sx) error,Pauli-X error,CNOT error,Gate length (ns),Operational',
    ...neighbours.map((to, q) => {
      const pairs = (what: string): string => `"${to.map((n) => `${n}:${what}`).join(';')}"`;
      return `${q},10${q},50,0.02,0.03,0.01,700,1e-4,0,1e-4,1e-4,${pairs(`0.0${q + 1}`)},${pairs('400')},Yes`;
    }),
  ].join('\n');
  const newer = importCalibration(lagos, next, { at: date, source: 'y.csv' }).device;
  const cx = newer.gates.find(({ gate }) => gate === 'cx');
  expect(newer.couplings?.map((_, k) => figureAt(cx?.error ?? 0, k))).toEqual(
    newer.couplings?.map(([a]) => (a + 1) / 100),
  );
  expect(cx?.duration).toBeCloseTo(4e-7, 12);
  expect(() => importCalibration(manila, old, { source: 'x.csv' })).toThrow(/--at/);
});

test('Rigetti’s architecture and the capabilities of Braket give the figures of qubits and pairs', () => {
  const ankaa = named('rigetti-ankaa-3');
  const isa = {
    name: 'Ankaa-3',
    architecture: { family: 'Ankaa', nodes: [{ node_id: 0 }, { node_id: 1 }], edges: [] },
    instructions: [
      {
        name: 'MEASURE',
        sites: [
          { node_ids: [0], characteristics: [{ name: 'fRO', value: 0.96, timestamp: date }] },
        ],
      },
      {
        name: 'ISWAP',
        sites: [{ node_ids: [0, 1], characteristics: [{ name: 'fISWAP', value: 0.98 }] }],
      },
    ],
    benchmarks: [
      {
        name: 'randomized_benchmark_simultaneous_1q',
        sites: [
          {
            node_ids: [0, 1],
            characteristics: [
              { name: 'fRB', value: 0.998, node_ids: [0] },
              { name: 'fRB', value: 0.997, node_ids: [1] },
            ],
          },
        ],
      },
      {
        name: 'FreeInversionRecovery',
        sites: [{ node_ids: [0], characteristics: [{ name: 'T1', value: 3e-5 }] }],
      },
    ],
  };
  const { device, format } = importCalibration(ankaa, JSON.stringify(isa), { source: 'isa.json' });
  expect(format).toBe('rigetti-isa');
  expect(device.calibratedAt).toBe(date);
  const gate = (record: DeviceRecord, id: string) => record.gates.find((one) => one.gate === id);
  expect(figureAt(gate(device, 'rx')?.error ?? 0, 1)).toBeCloseTo(0.003, 12);
  const place = (device.couplings ?? []).findIndex(([a, b]) => a === 0 && b === 1);
  expect(figureAt(gate(device, 'iswap')?.error ?? 0, place)).toBeCloseTo(0.02, 12);
  expect(figureAt(device.T1, 0)).toBe(3e-5);
  expect(figureAt(device.readout.read1Given0, 0)).toBeCloseTo(0.04, 12);
  expect(figureAt(device.readout.read1Given0, 1)).toBeNull();

  const garnet = named('iqm-garnet');
  const type = (name: string) => ({ name, description: null });
  const one = (k: number) => ({
    T1: { value: k * 1e-5, standardError: null, unit: 'S' },
    T2: { value: k * 1e-6, standardError: null, unit: 'S' },
    oneQubitFidelity: [
      { fidelityType: type('RANDOMIZED_BENCHMARKING'), fidelity: 0.999, standardError: null },
      { fidelityType: type('READOUT'), fidelity: 0.97 },
      { fidelityType: type('READOUT_ERROR_0_TO_1'), fidelity: 0.01 },
      { fidelityType: type('READOUT_ERROR_1_TO_0'), fidelity: 0.05 },
    ],
  });
  const capabilities = {
    service: { updatedAt: date },
    paradigm: { qubitCount: 20 },
    standardized: {
      oneQubitProperties: { 1: one(1), 2: one(2) },
      twoQubitProperties: {
        '1-2': { twoQubitGateFidelity: [{ gateName: 'CZ', fidelity: 0.99, direction: null }] },
      },
    },
  };
  const iqm = importCalibration(garnet, JSON.stringify(capabilities), { source: 'iqm.json' });
  expect(iqm.format).toBe('braket');
  expect([0, 1, 2].map((q) => figureAt(iqm.device.T1, q))).toEqual([1e-5, 2e-5, null]);
  expect(figureAt(iqm.device.readout.read0Given1, 1)).toBe(0.05);
  expect(figureAt(gate(iqm.device, 'cz')?.error ?? 0, 0)).toBeCloseTo(0.01, 12);
});

test('IonQ’s characterization gives typical figures, of the gate that the machine has', () => {
  const text = JSON.stringify({
    id: 'u',
    backend: 'qpu.forte-1',
    date,
    qubits: 36,
    connectivity: [[0, 1]],
    fidelity: {
      spam: { median: 0.995, stderr: null },
      '1q': { median: 0.9998 },
      '2q': { median: 0.99 },
    },
    timing: { t1: 100, t2: 1, '1q': 1.3e-4, '2q': 9e-4, readout: 1e-4, reset: 1e-5 },
  });
  const { device, format, notes } = importCalibration(named('ionq-forte-1'), text, { source: 'f' });
  expect(format).toBe('ionq');
  expect(notes).toEqual(['IonQ Forte-1 has no gate ms here: left out.']);
  const zz = device.gates.find(({ gate }) => gate === 'rzz');
  expect(zz?.error).toBeCloseTo(0.01, 12);
  expect(device).toMatchObject({ T1: 100, T2: 1, readout: { duration: 1e-4 } });
});

describe('what is wrong is said', () => {
  const manila = named('ibmq-manila');
  const properties = (change: (file: { [key: string]: unknown }) => void): string => {
    const file = JSON.parse(asProperties(manila)) as { [key: string]: unknown };
    change(file);
    return JSON.stringify(file);
  };
  const gate = (qubits: number[], value: number) => ({
    gate: 'cx',
    qubits,
    parameters: [{ name: 'gate_error', unit: '', value }],
  });
  test.each([
    ['another machine', properties((file) => (file['backend_name'] = 'ibm_fez')), /of “ibm_fez”/],
    [
      'a pair that it does not have',
      properties((file) => (file['gates'] = [gate([0, 4], 0.1)])),
      /pair 0–4 \(cx error\)/,
    ],
    [
      'a qubit that it does not have',
      properties((file) => (file['gates'] = [{ ...gate([7], 0.1), gate: 'sx' }])),
      /qubit 7/,
    ],
    [
      'no probability',
      properties((file) => (file['gates'] = [gate([0, 1], -0.1)])),
      /cx error at 0–1 is -0.1; it should be a probability/,
    ],
    [
      'no time',
      properties((file) => {
        (file['qubits'] as { value: number }[][])[2]?.forEach((one) => (one.value = -1));
      }),
      /T1 at 2 is -0.000001; it should be a number of seconds/,
    ],
    [
      'another size',
      properties((file) => (file['qubits'] as unknown[]).pop()),
      /of a machine of 4 qubits; ibmq_manila has 5/,
    ],
    ['no date', properties((file) => (file['last_update_date'] = 'monday')), /got “monday”/],
    ['other JSON', '{"a": 1}', /JSON of another kind/],
    ['no file at all', 'hello', /neither JSON nor such a table/],
  ])('%s', (_, text, message) => {
    expect(() => importCalibration(manila, text, { source: 'x' })).toThrow(message);
  });
});
