import type { Experiment } from './experiment.ts';

/** Pairs of places among the qubits that the machine couples; neighbours in their list without a machine. */
export function pairsAmong({
  device,
  view: { qubits },
}: Experiment): (readonly [number, number])[] {
  const all = qubits.flatMap((_, b) => qubits.slice(0, b).map((__, a) => [a, b] as const));
  if (device === null) return all.filter(([a, b]) => b === a + 1);
  if (device.couplings === null) return all;
  const coupled = new Set(device.couplings.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  return all.filter(([a, b]) => coupled.has(`${qubits[a] as number} ${qubits[b] as number}`));
}
