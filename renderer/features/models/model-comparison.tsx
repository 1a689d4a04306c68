import type { DataTable, TableCell } from '#shared/figures/data-table.ts';
import type { ModelCard } from '#shared/models/model-card.ts';
import type { ModelRow } from '#shared/models/model-summary.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { DataTableView } from '#renderer/ui/data-table-view.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';

interface Props {
  readonly card: ModelCard;
  readonly model: ModelRow;
  readonly other: ModelRow;
}

/** Two models side by side: their scores, then every fact in which they differ, then the rest. */
export function ModelComparison({ card, model, other }: Props) {
  const beside = useRequest('models.card', { modelId: other.modelId });
  if (beside.error !== null) return <ErrorState error={beside.error} onRetry={beside.reload} />;
  if (beside.data === null) return <Skeleton lines={12} label="Loading the other card" />;
  const name = `${model.name} and ${other.name}`;
  const heads = [model.modelId, other.modelId] as const;
  return (
    <div className="model-card">
      {differentData(model, other) ? (
        <p className="note note-warn">
          These models were trained on different data, so their scores say nothing of each other.
        </p>
      ) : null}
      <h3 className="hidden-visually">Comparison</h3>
      <div className="card">
        <DataTableView table={scoresBeside(heads, card, beside.data)} name={name} />
      </div>
      <div className="card">
        <DataTableView table={factsBeside(heads, card, beside.data, true)} name={name} />
      </div>
      <details>
        <summary>What is the same</summary>
        <DataTableView table={factsBeside(heads, card, beside.data, false)} name={name} />
      </details>
    </div>
  );
}

function differentData(model: ModelRow, other: ModelRow): boolean {
  return model.trainingDataSetId !== other.trainingDataSetId || model.target !== other.target;
}

type Heads = readonly [string, string];

function scoresBeside(heads: Heads, card: ModelCard, other: ModelCard): DataTable {
  const rowsOf = ({ tables }: ModelCard): Map<string, TableCell> => {
    const table = tables.find(({ id }) => id === 'scores');
    const at = table?.columns.findIndex(({ id }) => id === 'test') ?? -1;
    return new Map(
      (table?.rows ?? []).flatMap((row): [string, TableCell][] =>
        typeof row[0] === 'string' ? [[row[0], row[at] ?? null]] : [],
      ),
    );
  };
  const [mine, theirs] = [rowsOf(card), rowsOf(other)];
  return {
    id: 'scores',
    title: 'Scores on unseen rows',
    columns: [
      { id: 'score', title: 'Score' },
      { id: 'first', title: heads[0] },
      { id: 'second', title: heads[1] },
    ],
    rows: [...new Set([...mine.keys(), ...theirs.keys()])].map((score) => [
      score,
      mine.get(score) ?? null,
      theirs.get(score) ?? null,
    ]),
  };
}

function factsBeside(heads: Heads, card: ModelCard, other: ModelCard, differ: boolean): DataTable {
  const factsOf = ({ sections }: ModelCard): Map<string, string> =>
    new Map(
      sections
        .filter(({ id }) => id !== 'scores')
        .flatMap(({ title, facts }) =>
          facts.map(([fact, said]): [string, string] => [`${title}: ${fact}`, said]),
        ),
    );
  const [mine, theirs] = [factsOf(card), factsOf(other)];
  const all = [...new Set([...mine.keys(), ...theirs.keys()])];
  return {
    id: differ ? 'differences' : 'agreements',
    title: differ ? 'What differs' : 'What is the same',
    columns: [
      { id: 'fact', title: 'Fact' },
      { id: 'first', title: heads[0] },
      { id: 'second', title: heads[1] },
    ],
    rows: all
      .filter((fact) => (mine.get(fact) !== theirs.get(fact)) === differ)
      .map((fact) => [fact, mine.get(fact) ?? '–', theirs.get(fact) ?? '–']),
  };
}
