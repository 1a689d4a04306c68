import { useId, useMemo, useState } from 'react';
import { titleOfMetric } from '#shared/results/metrics.ts';
import { errorsBelow } from '#renderer/lib/errors-by-path.ts';
import { countOf } from '#renderer/lib/format.ts';
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
  const reasonId = useId();
  const spec = useMemo(() => specOf(form, dataSets), [form, dataSets]);
  const check = useSpecCheck(spec);
  const ownErrors = ownErrorsOf(form, dataSets);
  const problemErrors = { ...errorsBelow(check.errors, 'problem'), ...ownErrors };
  const hasErrors = check.hasErrors || Object.keys(ownErrors).length > 0;
  const reason = reasonOf(spec === null, { ...check.errors, ...ownErrors });
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
      noValidate
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
        {reason === null ? null : (
          <span className="muted ellipsis" id={reasonId} title={reason}>
            {reason}
          </span>
        )}
        <Button
          tone="primary"
          type="submit"
          aria-describedby={reason === null ? undefined : reasonId}
          disabled={spec === null || starting || hasErrors}
        >
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

/** Why a job cannot be started; null where it can. */
function reasonOf(lacksData: boolean, errors: Readonly<Record<string, string>>): string | null {
  if (lacksData) return 'Choose a data set first.';
  const [first, ...more] = Object.entries(errors);
  if (first === undefined) return null;
  const [path, message] = first;
  const field = path.split('.').at(-1) ?? '';
  const said = field === '' ? message : `${titleOfMetric(field)}: ${message}`;
  return more.length === 0 ? said : `${said} ${countOf(more.length, 'more field')} to mend.`;
}
