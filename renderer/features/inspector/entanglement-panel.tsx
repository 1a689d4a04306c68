import { Waypoints } from 'lucide-react';
import { useMemo } from 'react';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { EmptyState } from '#renderer/ui/states.tsx';
import { mutualInformation } from './entanglement.ts';
import { amplitudeQubits } from './live-simulation.ts';
import { nameOfQubit } from './names.ts';
import { PanelFrame } from './panel-frame.tsx';

/** A Bell pair has two bits: each qubit tells everything of the other, in two bases. */
const most = 2;

/** How much each pair of qubits knows of each other. */
export function EntanglementPanel() {
  return (
    <PanelFrame label="Entanglement">{(result) => <Entanglement result={result} />}</PanelFrame>
  );
}

function Entanglement({ result }: { result: SimulationResult }) {
  const { state } = result;
  const qubits = result.qubits.reduce((sum, [, size]) => sum + size, 0);
  const map = useMemo(
    () => (state === null || state === undefined ? null : mutualInformation(state, qubits)),
    [state, qubits],
  );
  if (map === null) return <NoMap qubits={qubits} />;
  const names = map.map((_, qubit) => nameOfQubit(result, qubit));
  return (
    <table className="entanglement" aria-label="Mutual information of each pair of qubits, in bits">
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
  );
}

/** Up to a tint on which text keeps its contrast; the figure says the rest. */
function tintOf(bits: number): string {
  const percent = Math.round((100 * bits) / most);
  return `color-mix(in srgb, var(--bar-soft) ${percent}%, var(--surface-2))`;
}

function NoMap({ qubits }: { qubits: number }) {
  const text =
    qubits > amplitudeQubits
      ? `The map is drawn for up to ${amplitudeQubits} qubits; this circuit has ${qubits}.`
      : 'Qubits are measured, reset or conditioned on the way, so there is no single state before the end.';
  return <EmptyState icon={Waypoints} title="No map of entanglement" text={text} />;
}
