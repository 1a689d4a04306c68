import './data.css';
import { Database, Trash2, Upload } from 'lucide-react';
import { type DragEvent, useEffect, useState } from 'react';
import type { DataSet } from '#shared/data/data-set.ts';
import { client } from '#renderer/lib/client.ts';
import { chooseFile } from '#renderer/lib/download.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import { countOf } from '#renderer/lib/format.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { removeUndoably, undoRemoval, useRemovals, withoutHidden } from '#renderer/lib/removals.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { type DataFile, dataFileTypes, isDataFile, readDataFile } from './data-file.ts';
import { ImportDialog } from './import-dialog.tsx';
import { PreviewTable } from './preview-table.tsx';

/** The Data workspace: the data sets of the library, and the way in for new ones. */
export function Data() {
  const { data: all, error, reload } = useRequest('data.list', {});
  const hidden = useRemovals((state) => state.hidden);
  const data = all === null ? null : withoutHidden(all, hidden, ({ id }) => id);
  const [selected, setSelected] = useState<string | null>(null);
  const [draft, setDraft] = useState<DataFile | null>(null);
  useEffect(() => client().on('data.changed', reload), [reload]);
  const choose = (): void => {
    chooseFile(dataFileTypes)
      .then((file) => (file === null ? null : readDataFile(file)))
      .then(setDraft)
      .catch(notifyError);
  };
  const drop = (event: DragEvent): void => {
    const [file] = Array.from(event.dataTransfer.files);
    if (file === undefined || !isDataFile(file.name)) return;
    event.preventDefault();
    readDataFile(file).then(setDraft).catch(notifyError);
  };
  const shown = data?.find((set) => set.id === selected) ?? data?.[0];
  return (
    <div className="page" onDrop={drop} onDragOver={(event) => event.preventDefault()}>
      <header className="page-head">
        <h1>Data</h1>
        <span className="muted">{data === null ? '' : countOf(data.length, 'data set')}</span>
        <span className="spacer" />
        <Button command="data.import" tone="primary" icon={<Upload size={14} />} onClick={choose}>
          Import CSV
        </Button>
      </header>
      {error !== null ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <Skeleton lines={10} label="Loading data sets" />
      ) : shown === undefined ? (
        <EmptyState
          icon={Database}
          title="No data set yet"
          text="Import a CSV file, or drop one here. Its columns are read with their types."
        >
          <Button onClick={choose}>Import CSV</Button>
        </EmptyState>
      ) : (
        <div className="split">
          <DataList sets={data} selected={shown.id} onSelect={setSelected} />
          <DataDetail key={shown.id} set={shown} />
        </div>
      )}
      {draft === null ? null : (
        <ImportDialog
          draft={draft}
          onClose={() => setDraft(null)}
          onImported={(id) => {
            // The same file again is the same data set, which may be on its way out.
            undoRemoval(id);
            setSelected(id);
          }}
        />
      )}
    </div>
  );
}

interface ListProps {
  readonly sets: readonly DataSet[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

function DataList({ sets, selected, onSelect }: ListProps) {
  return (
    <ul className="pick-list" aria-label="Data sets">
      {sets.map((set) => (
        <li key={set.id}>
          <button
            type="button"
            aria-current={set.id === selected ? 'true' : undefined}
            onClick={() => onSelect(set.id)}
          >
            <span className="pick-title">
              <span className="ellipsis" title={set.name}>
                {set.name}
              </span>
              {set.builtIn ? <Badge>built in</Badge> : null}
            </span>
            <span className="muted number">
              {countOf(set.rows, 'row')} · {countOf(set.columns.length, 'column')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const previewRows = 100;

function DataDetail({ set }: { set: DataSet }) {
  const preview = useRequest('data.preview', { id: set.id, rows: previewRows });
  const remove = (): void => {
    removeUndoably({ key: set.id, label: set.name }, () =>
      client().request('data.remove', { id: set.id }),
    );
  };
  return (
    <article className="data-detail" aria-label={set.name}>
      <div className="row">
        <h2 className="ellipsis">{set.name}</h2>
        <span className="spacer" />
        {set.builtIn ? null : (
          <Button command="data.remove" tone="danger" icon={<Trash2 size={14} />} onClick={remove}>
            Remove
          </Button>
        )}
      </div>
      <dl className="facts">
        <dt>Origin</dt>
        <dd>{set.origin}</dd>
        <dt>Licence</dt>
        <dd>{set.licence}</dd>
        <dt>Size</dt>
        <dd className="number">
          {countOf(set.rows, 'row')}, {formatBytes(set.bytes)}
        </dd>
        <dt>SHA-256</dt>
        <dd className="mono">{set.hash}</dd>
      </dl>
      {preview.error !== null ? (
        <ErrorState error={preview.error} onRetry={preview.reload} />
      ) : preview.data === null ? (
        <Skeleton lines={8} label="Loading the preview" />
      ) : (
        <PreviewTable preview={preview.data} />
      )}
    </article>
  );
}
