import { Play } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { ModelRow } from '#shared/models/model-summary.ts';
import { client } from '#renderer/lib/client.ts';
import { openJob, useJobs } from '#renderer/lib/jobs.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { ReadingView } from '#renderer/ui/reading-view.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { asAppError, type AppError } from '#shared/base/errors.ts';

interface Props {
  readonly model: ModelRow;
  readonly onClose: () => void;
}

/** Chooses a table and, for a quantum model, where its circuits run; shows what the model says of the rows. */
export function PredictDialog({ model, onClose }: Props) {
  const [jobId, setJobId] = useState<string | null>(null);
  return (
    <Dialog title={`Predict by ${model.name}`} onClose={onClose} wide>
      <div className="predict-body">
        <PredictForm model={model} onStarted={setJobId} />
        {jobId === null ? null : <Outcome key={jobId} jobId={jobId} name={model.name} />}
      </div>
    </Dialog>
  );
}

function PredictForm({
  model,
  onStarted,
}: {
  readonly model: ModelRow;
  readonly onStarted: (jobId: string) => void;
}) {
  const data = useRequest('data.list', {});
  const devices = useRequest('devices.list', { live: false });
  const [table, setTable] = useState('');
  const [backend, setBackend] = useState('simulator');
  const [shots, setShots] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const isQuantum = model.modelType !== 'CLASSICAL';
  const fitting = (data.data ?? []).map((set) => ({
    set,
    missing: missingColumns(model, set.columns),
  }));
  const chosen = fitting.find(({ set }) => set.id === table);
  const shotFault =
    shots.trim() === '' || /^[1-9]\d*$/.test(shots.trim())
      ? null
      : 'A whole number from 1, or nothing for exact answers.';
  const missing = chosen?.missing ?? [];
  const canStart = chosen !== undefined && missing.length === 0 && shotFault === null;
  const start = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!canStart) return;
    try {
      setError(null);
      const spec = {
        algorithm: 'predict',
        problem: { kind: 'prediction', model: model.modelId, data: table },
        name: `${model.name} on ${chosen.set.name}`,
        ...(isQuantum ? { backend } : {}),
        ...(isQuantum && shots.trim() !== '' ? { shots: Number(shots) } : {}),
      };
      onStarted((await client().request('jobs.submit', { spec })).jobId);
    } catch (thrown) {
      setError(asAppError(thrown));
    }
  };
  return (
    <form className="predict-form" onSubmit={(event) => void start(event)}>
      <SelectField
        label="Table"
        help={
          chosen === undefined
            ? `It needs the columns ${neededColumns(model).join(', ')}.`
            : `${chosen.set.rows} rows`
        }
        error={
          missing.length === 0
            ? null
            : `It has no column ${missing.map((one) => `“${one}”`).join(', ')}.`
        }
        value={table}
        options={[
          { value: '', title: 'Choose one' },
          ...fitting.map(({ set, missing: lacks }) => ({
            value: set.id,
            title: set.name,
            group: lacks.length === 0 ? 'Has the columns' : 'Lacks columns',
          })),
        ]}
        onChange={(event) => setTable(event.target.value)}
      />
      {isQuantum ? (
        <>
          <SelectField
            label="Backend"
            help="Where the circuits of the model run."
            value={backend}
            options={[
              { value: 'simulator', title: 'Simulator' },
              ...(devices.data ?? []).map(({ id, name }) => ({ value: id, title: name })),
            ]}
            onChange={(event) => setBackend(event.target.value)}
          />
          <TextField
            label="Shots"
            help="Empty: exact answers. With shots every row has an interval."
            error={shotFault}
            inputMode="numeric"
            value={shots}
            onChange={(event) => setShots(event.target.value)}
          />
        </>
      ) : null}
      <div className="row">
        <Button onClick={() => goTo('data')}>Import a table</Button>
        <span className="spacer" />
        <Button tone="primary" type="submit" icon={<Play size={14} />} disabled={!canStart}>
          Predict
        </Button>
      </div>
      {error === null ? null : (
        <p className="field-error" role="alert">
          {error.message}
        </p>
      )}
    </form>
  );
}

/** A forecaster reads its own series and makes its lags itself. */
function neededColumns({ task, target, features }: ModelRow): readonly string[] {
  if (task !== 'series' || target === null) return features;
  return [target, ...features.filter((name) => !/ \d+ before$/.test(name))];
}

function missingColumns(
  model: ModelRow,
  columns: readonly { readonly name: string }[],
): readonly string[] {
  return neededColumns(model).filter((name) => columns.every((column) => column.name !== name));
}

/** The job as it goes on, then what it found. */
function Outcome({ jobId, name }: { readonly jobId: string; readonly name: string }) {
  const job = useJobs(({ jobs }) => jobs.find((one) => one.jobId === jobId));
  const hasEnded = job !== undefined && ['completed', 'failed', 'cancelled'].includes(job.status);
  const reading = useRequest('jobs.reading', hasEnded ? { jobId } : null);
  const document = useRequest('jobs.get', hasEnded ? { jobId } : null);
  if (!hasEnded) return <Skeleton lines={4} label={`Predicting ${job?.message ?? ''}`} />;
  if (job.error !== null) {
    return (
      <p className="note note-bad" role="alert">
        {job.error.message}
      </p>
    );
  }
  const error = reading.error ?? document.error;
  if (error !== null) return <ErrorState error={error} onRetry={reading.reload} />;
  if (reading.data === null || document.data === null) {
    return <Skeleton lines={4} label="Reading the predictions" />;
  }
  return (
    <section className="stack" aria-label="Predictions">
      <div className="row">
        <h3>Predictions</h3>
        <span className="spacer" />
        <Button
          onClick={() => {
            openJob(jobId);
            goTo('training');
          }}
        >
          Show the job
        </Button>
      </div>
      {document.data.warnings.map((warning) => (
        <p key={warning} className="note note-warn">
          {warning}
        </p>
      ))}
      {reading.data.reading === null ? null : (
        <ReadingView reading={reading.data.reading} name={name} />
      )}
    </section>
  );
}
