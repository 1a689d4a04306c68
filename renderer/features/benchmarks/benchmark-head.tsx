import { Pencil, Play, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { client } from '#renderer/lib/client.ts';
import { textIn } from '#renderer/lib/form-text.ts';
import { isActive } from '#renderer/lib/jobs.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { removeUndoably } from '#renderer/lib/removals.ts';
import { Button } from '#renderer/ui/button.tsx';
import { CancelButton } from '#renderer/ui/cancel-button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { ReportExport } from '#renderer/ui/report-export.tsx';

interface Props {
  readonly benchmark: BenchmarkDocument;
  readonly onOpen: (benchmarkId: string) => void;
}

/** The name of a comparison, what can be done with it, and how far it is. */
export function BenchmarkHead({ benchmark, onOpen }: Props) {
  const [renaming, setRenaming] = useState(false);
  const { benchmarkId, name, status, spec } = benchmark;
  const active = isActive(status);
  const again = async (): Promise<void> => {
    try {
      const started = await client().request('benchmarks.run', { spec: { ...spec, name } });
      onOpen(started.benchmarkId);
    } catch (thrown) {
      notifyError(thrown);
    }
  };
  const remove = (): void =>
    removeUndoably({ key: benchmarkId, label: name }, () =>
      client().request('benchmarks.remove', { benchmarkId }),
    );
  return (
    <header className="stack benchmark-head">
      <div className="row benchmark-head-line">
        <h2 className="ellipsis" title={name}>
          {name}
        </h2>
        <span className="spacer" />
        {active ? (
          <CancelButton
            command="benchmark.cancel"
            onCancel={() => client().request('benchmarks.cancel', { benchmarkId })}
            isCancelling={false}
          />
        ) : (
          <ReportExport
            id={benchmarkId}
            name={name}
            disabled={status !== 'completed'}
            command="benchmark.export"
          />
        )}
      </div>
      <div className="row">
        <Button
          command="benchmark.rename"
          tone="quiet"
          icon={<Pencil size={14} />}
          onClick={() => setRenaming(true)}
        >
          Rename
        </Button>
        {active ? null : (
          <>
            <Button
              command="benchmark.again"
              tone="quiet"
              icon={<Play size={14} />}
              onClick={() => void again()}
            >
              Run again
            </Button>
            <Button
              command="benchmark.remove"
              tone="quiet"
              icon={<Trash2 size={14} />}
              onClick={remove}
            >
              Remove
            </Button>
          </>
        )}
      </div>
      {benchmark.task === '' ? null : <p className="muted">{benchmark.task}</p>}
      {active ? (
        <div
          className="meter"
          role="progressbar"
          aria-label="Progress"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(100 * (benchmark.fraction ?? 0))}
        >
          <span style={{ width: `${100 * (benchmark.fraction ?? 0)}%` }} />
        </div>
      ) : null}
      {renaming ? (
        <RenameDialog benchmarkId={benchmarkId} name={name} onClose={() => setRenaming(false)} />
      ) : null}
    </header>
  );
}

interface RenameProps {
  readonly benchmarkId: string;
  readonly name: string;
  readonly onClose: () => void;
}

function RenameDialog({ benchmarkId, name, onClose }: RenameProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const rename = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const next = textIn(new FormData(event.currentTarget), 'name').trim();
    if (next === '') return setFailure('Give it a name.');
    try {
      await client().request('benchmarks.rename', { benchmarkId, name: next });
      onClose();
    } catch (thrown) {
      setFailure(asAppError(thrown).message);
    }
  };
  return (
    <Dialog title="Rename the comparison" onClose={onClose}>
      <form className="stack" noValidate onSubmit={(event) => void rename(event)}>
        <TextField label="Name" name="name" defaultValue={name} maxLength={200} error={failure} />
        <div className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
