import { readFileSync } from 'node:fs';
import { caseData } from './cases.ts';

/** A data set of the benchmark study (arXiv:2403.07059) as one table, training rows first; null where it is not at hand. */
export function study(name: string): { csv: string; split: object } | null {
  const paths = ['train', 'test'].map((part) => caseData(`qml_benchmarks/${name}_${part}.csv`));
  const [train, tested] = paths.map((path) =>
    path === null ? [] : readFileSync(path, 'utf8').trim().split('\n'),
  );
  if (train?.length === 0 || tested?.length === 0) return null;
  const lines = [...(train ?? []), ...(tested ?? [])];
  const width = lines[0]?.split(',').length ?? 0;
  const header = Array.from({ length: width }, (_, k) => (k === width - 1 ? 'label' : `x${k}`));
  const place = lines.map((_, r) => r);
  const split = {
    kind: 'rows',
    train: place.slice(0, train?.length),
    test: place.slice(train?.length),
  };
  return { csv: [header.join(','), ...lines].join('\n'), split };
}
