import { useMemo, useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import { client } from '#renderer/lib/client.ts';
import { algorithmsFor, firstKindOf, isClassical, type Offer } from '#renderer/lib/job-offer.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { useSpecCheck } from '#renderer/lib/use-spec-check.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { ProblemFields } from '#renderer/ui/problem-fields.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import {
  type BenchmarkForm,
  benchmarkOn,
  benchmarkSpecOf,
  firstJobOf,
  nameOf,
  obstacleOf,
} from './benchmark-spec.ts';

interface Props {
  readonly onClose: () => void;
  readonly onStarted: (benchmarkId: string) => void;
}

/** Sets up a comparison of methods on one problem. */
export function NewBenchmarkDialog({ onClose, onStarted }: Props) {
  const catalog = useRequest('catalog.list', {});
  const data = useRequest('data.list', {});
  const error = catalog.error ?? data.error;
  const reload = (): void => {
    catalog.reload();
    data.reload();
  };
  return (
    <Dialog title="New comparison" wide onClose={onClose}>
      {error !== null ? (
        <ErrorState error={error} onRetry={reload} />
      ) : catalog.data === null || data.data === null ? (
        <Skeleton lines={8} />
      ) : (
        <Form
          offer={{ catalog: catalog.data, dataSets: data.data }}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
    </Dialog>
  );
}

function Form({ offer, onClose, onStarted }: Props & { readonly offer: Offer }) {
  const [failure, setFailure] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [form, setForm] = useState<BenchmarkForm>(() => benchmarkOn(firstKindOf(offer), offer));
  const job = useMemo(() => firstJobOf(form, offer), [form, offer]);
  const check = useSpecCheck(job);
  const problemErrors = Object.fromEntries(
    Object.entries(check.errors).filter(([path]) => path.startsWith('problem')),
  );
  const obstacle = obstacleOf(form);
  const { kind } = form.problem;
  const algorithms = algorithmsFor(offer, typeof kind === 'string' ? kind : '');
  const toggle = (id: string): void => {
    const contenders = form.contenders.includes(id)
      ? form.contenders.filter((other) => other !== id)
      : [...form.contenders, id];
    setForm({ ...form, contenders });
  };
  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      const spec = benchmarkSpecOf(form, offer);
      const { benchmarkId } = await client().request('benchmarks.run', { spec });
      onStarted(benchmarkId);
    } catch (thrown) {
      setFailure(asAppError(thrown).message);
      setStarting(false);
    }
  };
  return (
    <form
      className="benchmark-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div className="stack">
        <TextField
          label="Name"
          value={form.name ?? nameOf(form, offer)}
          maxLength={200}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
        />
        <fieldset className="parameter-group">
          <legend>Methods (the first quantum one is judged)</legend>
          {algorithms.map((entry) => (
            <label key={entry.id} className="check" title={entry.summary}>
              <input
                type="checkbox"
                checked={form.contenders.includes(entry.id)}
                onChange={() => toggle(entry.id)}
              />
              {entry.title}
              <Badge tone={isClassical(entry) ? 'plain' : 'accent'}>
                {isClassical(entry) ? 'classical' : 'quantum'}
              </Badge>
            </label>
          ))}
        </fieldset>
        <div className="field-pair">
          <TextField
            label="Seeds"
            inputMode="numeric"
            value={form.seedCount}
            onChange={(event) => setForm({ ...form, seedCount: event.target.value })}
          />
          <TextField
            label="Layers"
            inputMode="numeric"
            help="Of layered quantum methods."
            value={form.layers}
            onChange={(event) => setForm({ ...form, layers: event.target.value })}
          />
        </div>
      </div>
      <div className="stack">
        <ProblemFields
          problem={form.problem}
          frame={{ offer, errors: problemErrors }}
          onKind={(next) => setForm(benchmarkOn(next, offer, form))}
          onChange={(problem) => setForm({ ...form, problem })}
        />
      </div>
      <div className="dialog-foot benchmark-form-foot">
        {failure === null && obstacle === null ? null : (
          <p className="note note-bad" role="alert">
            {failure ?? obstacle}
          </p>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button
          tone="primary"
          type="submit"
          disabled={obstacle !== null || starting || Object.keys(problemErrors).length > 0}
        >
          {starting ? 'Starting…' : 'Run'}
        </Button>
      </div>
    </form>
  );
}
