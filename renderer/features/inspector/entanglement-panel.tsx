import { Waypoints } from 'lucide-react';
import { useRef } from 'react';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import type { PairView } from '#shared/jobs/simulation-view.ts';
import { EmptyState, Skeleton } from '#renderer/ui/states.tsx';
import { Averages } from './averages.tsx';
import { useDemandWhileShown } from './demand.ts';
import { pairQubits, useLive } from './live-simulation.ts';
import { nameOfQubit } from './names.ts';
import { PanelFrame } from './panel-frame.tsx';

/** A Bell pair has two bits: each qubit tells everything of the other, in two bases. */
const most = 2;

/** How much each pair of qubits knows of each other. */
export function EntanglementPanel() {
  const element = useRef<HTMLDivElement>(null);
  useDemandWhileShown('pairs', element);
  return (
    <div ref={element} className="panel-fill">
      <PanelFrame label="Entanglement">{(result) => <Entanglement result={result} />}</PanelFrame>
    </div>
  );
}

/** Mutual information as a symmetric table. */
function tableOf(pairs: readonly PairView[], qubits: number): number[][] {
  const table = Array.from({ length: qubits }, () => Array.from({ length: qubits }, () => 0));
  for (const { qubits: ends, information } of pairs) {
    const [a, b] = ends;
    (table[a] as number[])[b] = information;
    (table[b] as number[])[a] = information;
  }
  return table;
}

function Entanglement({ result }: { result: SimulationResult }) {
  const pending = useLive((state) => state.pending);
  const qubits = result.qubits.reduce((sum, [, size]) => sum + size, 0);
  const pairs = result.view?.pairs;
  if (pairs === null || pairs === undefined) {
    return pending ? <Skeleton label="Looking at pairs of qubits" /> : <NoMap qubits={qubits} />;
  }
  const map = tableOf(pairs, qubits);
  const names = map.map((_, qubit) => nameOfQubit(result, qubit));
  return (
    <>
      <Averages result={result} />
      <table
        className="entanglement"
        aria-label="Mutual information of each pair of qubits, in bits"
      >
        <caption>Mutual information in bits: 0 for independent qubits, 2 for a Bell pair.</caption>
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {map.map((row, a) => (
            <tr key={names[a]}>
              <th scope="row">{names[a]}</th>
              {row.map((bits, b) =>
                a === b ? (
                  <td key={names[b]} className="entanglement-self" />
                ) : (
                  <td key={names[b]} style={{ background: tintOf(bits) }}>
                    {bits.toFixed(2)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Up to a tint on which text keeps its contrast; the figure says the rest. */
function tintOf(bits: number): string {
  const percent = Math.round((100 * bits) / most);
  return `color-mix(in srgb, var(--bar-soft) ${percent}%, var(--surface-2))`;
}

function NoMap({ qubits }: { qubits: number }) {
  const text =
    qubits > pairQubits
      ? `The map is drawn for up to ${pairQubits} qubits; this circuit has ${qubits}.`
      : 'The method that was used here holds no amplitudes from which pairs could be read.';
  return <EmptyState icon={Waypoints} title="No map of entanglement" text={text} />;
}
