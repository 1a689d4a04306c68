import { useMemo, useState } from 'react';
import { errorsBelow } from '#renderer/lib/errors-by-path.ts';
import { submitJob, useJobs } from '#renderer/lib/jobs.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { useSpecCheck } from '#renderer/lib/use-spec-check.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { firstForm, type Offer, ownErrorsOf, withTask } from './job-form.ts';
import { MethodCard } from './method-card.tsx';
import { ProblemCard } from './problem-card.tsx';
import { RunCard } from './run-card.tsx';
import { type JobForm, specOf } from './spec.ts';

/** Loads what the form offers. */
export function NewJob() {
  const catalog = useRequest('catalog.list', {});
  const data = useRequest('data.list', {});
  const error = catalog.error ?? data.error;
  const retry = (): void => {
    catalog.reload();
    data.reload();
  };
  if (error !== null) return <ErrorState error={error} onRetry={retry} />;
  if (catalog.data === null || data.data === null) {
    return <Skeleton lines={12} label="Loading the form" />;
  }
  return <NewJobForm catalog={catalog.data} dataSets={data.data} />;
}

const tasks = [
  { value: 'portfolio', title: 'Portfolio' },
  { value: 'classification', title: 'Classification' },
] as const;

function NewJobForm({ catalog, dataSets }: Offer) {
  const [form, setForm] = useState<JobForm>(() => firstForm({ catalog, dataSets }));
  const [starting, setStarting] = useState(false);
  const spec = useMemo(() => specOf(form, dataSets), [form, dataSets]);
  const check = useSpecCheck(spec);
  const ownErrors = ownErrorsOf(form, dataSets);
  const problemErrors = { ...errorsBelow(check.errors, 'problem'), ...ownErrors };
  const hasErrors = check.hasErrors || Object.keys(ownErrors).length > 0;
  const submit = async (): Promise<void> => {
    setStarting(true);
    try {
      useJobs.setState({ selected: await submitJob(spec) });
    } catch (thrown) {
      notifyError(thrown);
      setStarting(false);
    }
  };
  const shared = { form, onChange: setForm };
  return (
    <form
      className="new-job"
      aria-label="New job"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <header className="new-job-head">
        <h2>New training job</h2>
        <Segmented
          label="Kind of task"
          value={form.task}
          options={tasks}
          onChange={(task) => setForm(withTask(form, task, catalog))}
        />
        <span className="spacer" />
        <Button tone="primary" type="submit" disabled={spec === null || starting || hasErrors}>
          {starting ? 'Starting…' : 'Start'}
        </Button>
      </header>
      <div className="new-job-columns">
        <div className="stack">
          <ProblemCard {...shared} dataSets={dataSets} errors={problemErrors} />
          <RunCard {...shared} check={check} />
        </div>
        <MethodCard {...shared} catalog={catalog} errors={check.errors} />
      </div>
    </form>
  );
}
