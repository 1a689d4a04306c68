import { formatNumber } from '#renderer/lib/format.ts';
import type { Angles } from './result.ts';

const symbols: Readonly<Record<string, string>> = { gammas: 'γ', betas: 'β', parameters: 'θ' };

/** The angles of a trained circuit in radians, one column a layer. */
export function AngleTable({ angles }: { angles: Angles }) {
  const rows = Object.entries(angles);
  const layers = Math.max(0, ...rows.map(([, values]) => values.length));
  if (layers === 0) return null;
  return (
    <div className="table-scroll" role="region" aria-label="Angles by layer" tabIndex={0}>
      <table className="table" aria-label="Angles">
        <caption className="table-caption">Angles in radians, by layer</caption>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            {Array.from({ length: layers }, (_, k) => (
              <th key={k} scope="col" className="right">
                {k + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, values]) => (
            <tr key={name}>
              <th scope="row">{symbols[name] ?? name}</th>
              {Array.from({ length: layers }, (_, k) => (
                <td key={k} className="right">
                  {formatNumber(values[k], 6)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
