import type { DataSet } from '#shared/data/data-set.ts';
import { countOf } from '#renderer/lib/format.ts';

interface Props {
  readonly dataSets: readonly DataSet[];
  /** Why a set does not fit; null where it does. */
  readonly reasonOf: (set: DataSet) => string | null;
}

/** The imported data sets that a form does not offer, each with the reason. */
export function LeftOut({ dataSets, reasonOf }: Props) {
  const left = dataSets.flatMap((set) => {
    // Sets that come with Ketbench are known for what they are.
    const reason = set.builtIn ? null : reasonOf(set);
    return reason === null ? [] : [{ id: set.id, name: set.name, reason }];
  });
  if (left.length === 0) return null;
  return (
    <details className="left-out">
      <summary>{countOf(left.length, 'data set')} not offered here</summary>
      <ul>
        {left.map(({ id, name, reason }) => (
          <li key={id}>
            <strong>{name}</strong>: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
