import { expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { partNamed } from '#engine/parts.ts';
import { type FeatureMap, featureMaps } from '#engine/learning/feature-maps.ts';
import { fidelityKernel } from '#engine/learning/quantum-kernels.ts';
import { stepped } from '#shared/models/fitted-step.ts';
import { fitRange } from '#engine/learning/scaling.ts';
import { decisionValues, trainSupportVectors } from '#engine/learning/support-vector-machine.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Program } from '#engine/programs/program.ts';
import { readTable } from '#test/support/csv.ts';
import { caseData, describeCases } from '#test/support/cases.ts';
import { denseBackend } from '#test/support/dense-backend.ts';
import { runText } from '#test/support/run-spec.ts';
import { study } from '#test/support/study.ts';

interface Case {
  readonly id: string;
  readonly data: string;
  readonly columns: string[];
  readonly train_rows: number[];
  readonly test_rows: number[];
  readonly train_labels: number[];
  readonly test_labels: number[];
  readonly feature_map: string;
  readonly kernel_first10x10: number[][];
  readonly svm: {
    C: number;
    n_support: number;
    intercept: number;
    decision_values_test: number[];
    test_accuracy: number;
  };
}

const maps: Readonly<Record<string, string>> = {
  ZZFeatureMap_full_reps2: 'zz',
  ZFeatureMap_reps2: 'z',
  angle_ry: 'angle-ry',
};

function* kernelOf(
  map: FeatureMap,
  rows: readonly Float64Array[],
  columns: number,
): Program<Float64Array> {
  const circuit = map.circuit(rows[0]?.length ?? 0, { repetitions: 2 });
  yield { kind: 'define', key: 'map', circuit, observables: [] };
  return yield* fidelityKernel(rows, columns);
}

describeCases<Case>('fidelity kernels', 'ml/quantum_kernels.json', (cases) => {
  const known = cases.map((one) => ({ ...one, path: caseData(one.data) }));
  test.for(known)('$id', (one, { skip }) => {
    if (one.path === null) return skip(`${one.data} may not be passed on`);
    const table = readTable(one.path);
    const row = (r: number) =>
      Float64Array.from(one.columns, (name) =>
        Number(table.rows[r]?.[table.columns.indexOf(name)]),
      );
    const train = one.train_rows.map(row);
    const scale = fitRange(train, { low: 0, high: 1, clips: true });
    const rows = [...train, ...one.test_rows.map(row)].map((one) => stepped(scale, one));
    const n = train.length;
    const answerer = denseBackend();
    const program = kernelOf(partNamed(featureMaps, maps[one.feature_map] as string), rows, n);
    const kernel = driveNow(program, answerer, { seed: 0, cancel: new CancelFlag() });
    one.kernel_first10x10.forEach((line, r) =>
      line.forEach((value, c) =>
        expect(Math.abs((kernel[r * n + c] as number) - value)).toBeLessThan(1e-9),
      ),
    );
    const machine = trainSupportVectors(kernel.subarray(0, n * n), one.train_labels, {
      kind: 'classes',
      C: one.svm.C,
    });
    const decisions = decisionValues(machine, kernel.subarray(n * n));
    one.svm.decision_values_test.forEach((value, i) => {
      expect(Math.abs((decisions[i] as number) - value)).toBeLessThan(1e-4);
    });
    expect(Math.abs(machine.intercept - one.svm.intercept)).toBeLessThan(1e-4);
  });
});

interface Machine {
  readonly metrics: Record<'train' | 'test', { accuracy: { mean: number } }>;
  readonly baseline: { readonly metrics: Machine['metrics'] };
}

test('the machines of the benchmark study are right on as many rows as it says (arXiv:2403.07059)', ({
  skip,
}) => {
  const data = study('linearly_separable_10d');
  if (data === null) return skip('the data of the study may not be passed on');
  const problem = {
    kind: 'classification',
    data: 'x',
    target: 'label',
    positiveClass: '1',
    split: data.split,
  };
  const quantum = { featureMap: { id: 'iqp', repetitions: 1 }, C: 10 };
  const found = runText({ algorithm: 'qsvm', problem, settings: quantum }, data.csv)
    .result as Machine;
  expect(found.metrics.train.accuracy.mean).toBe(1);
  expect(found.metrics.test.accuracy.mean).toBeCloseTo(49 / 60, 12);
  const classical = { C: 100, gamma: 0.001 };
  const raw = { ...problem, preprocessing: [] };
  const svc = runText({ algorithm: 'svm', problem: raw, settings: classical }, data.csv)
    .result as Machine;
  expect(svc.metrics.train.accuracy.mean).toBeCloseTo(0.9958333333, 9);
  expect(svc.metrics.test.accuracy.mean).toBeCloseTo(0.9833333333, 9);
});
