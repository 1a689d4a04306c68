import { Database } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { DataSet } from '#shared/ipc/library.ts';
import { errorsBelow } from '#renderer/lib/errors-by-path.ts';
import { submitJob, useJobs } from '#renderer/lib/jobs.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { firstPortfolio, portfolioErrors } from '#renderer/lib/portfolio-form.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { usualSettings } from '#renderer/lib/usual-settings.ts';
import { useSpecCheck } from '#renderer/lib/use-spec-check.ts';
import { Button } from '#renderer/ui/button.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import type { FormValues } from '#renderer/ui/parameter-values.ts';
import { ParameterForm } from '#renderer/ui/parameter-form.tsx';
import { PortfolioFields } from '#renderer/ui/portfolio-fields.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { Forecast } from './forecast.tsx';
import { LearningFields } from './learning-fields.tsx';
import { algorithmsFor, type JobForm, learningOn, learningSetsIn, specOf } from './spec.ts';

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

interface FormProps {
  readonly catalog: readonly CatalogEntry[];
  readonly dataSets: readonly DataSet[];
}

const tasks = [
  { value: 'portfolio', title: 'Portfolio' },
  { value: 'classification', title: 'Classification' },
] as const;

function usualAlgorithm(catalog: readonly CatalogEntry[], task: JobForm['task']): string {
  const algorithms = algorithmsFor(catalog, task);
  const usual = algorithms.find((entry) => entry.id === 'qaoa' || entry.id === 'qsvm');
  return (usual ?? algorithms[0])?.id ?? '';
}

function settingsFor(
  catalog: readonly CatalogEntry[],
  algorithm: string,
  task: JobForm['task'],
): FormValues {
  const entry = catalog.find(({ kind, id }) => kind === 'algorithm' && id === algorithm);
  return usualSettings(entry, task);
}

/** The form for another task: its usual algorithm, with that one's own settings. */
function forTask(form: JobForm, task: JobForm['task'], catalog: readonly CatalogEntry[]): JobForm {
  const algorithm = usualAlgorithm(catalog, task);
  return { ...form, task, algorithm, settings: settingsFor(catalog, algorithm, task) };
}

function firstForm({ catalog, dataSets }: FormProps): JobForm {
  const [learningSet] = learningSetsIn(dataSets);
  return {
    task: 'portfolio',
    portfolio: firstPortfolio(dataSets),
    learning: learningSet === undefined ? null : learningOn(learningSet),
    algorithm: usualAlgorithm(catalog, 'portfolio'),
    settings: settingsFor(catalog, usualAlgorithm(catalog, 'portfolio'), 'portfolio'),
    shots: '',
    seed: '1',
    name: '',
  };
}

function NewJobForm({ catalog, dataSets }: FormProps) {
  const [form, setForm] = useState<JobForm>(() => firstForm({ catalog, dataSets }));
  const [starting, setStarting] = useState(false);
  const spec = useMemo(() => specOf(form, dataSets), [form, dataSets]);
  const check = useSpecCheck(spec);
  const algorithms = algorithmsFor(catalog, form.task);
  const algorithm = algorithms.find((entry) => entry.id === form.algorithm);
  const dataSet = dataSets.find((set) => set.id === form.portfolio?.prices);
  const ownErrors =
    form.task === 'portfolio' && form.portfolio !== null
      ? portfolioErrors(form.portfolio, dataSet)
      : {};
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
          onChange={(task) => setForm(forTask(form, task, catalog))}
        />
        <span className="spacer" />
        <Button tone="primary" type="submit" disabled={spec === null || starting || hasErrors}>
          {starting ? 'Starting…' : 'Start'}
        </Button>
      </header>
      <div className="new-job-columns">
        <div className="stack">
          <section className="card stack" aria-label="Problem">
            <h3>Problem</h3>
            {form.task === 'portfolio' ? (
              form.portfolio === null ? (
                <NoData what="prices with a date column" />
              ) : (
                <PortfolioFields
                  form={form.portfolio}
                  dataSets={dataSets}
                  errors={problemErrors}
                  onChange={(portfolio) => setForm({ ...form, portfolio })}
                />
              )
            ) : form.learning === null ? (
              <NoData what="a column of classes" />
            ) : (
              <LearningFields
                form={form.learning}
                dataSets={dataSets}
                errors={problemErrors}
                onChange={(learning) => setForm({ ...form, learning })}
              />
            )}
          </section>
          <section className="card stack" aria-label="Run">
            <h3>Run</h3>
            <TextField
              label="Name"
              placeholder="made from the problem"
              maxLength={200}
              error={check.errors['name']}
              value={form.name}
              onChange={(event) => setForm({ ...form, name: event.target.value })}
            />
            <div className="field-pair">
              <TextField
                label="Shots"
                inputMode="numeric"
                placeholder="exact"
                error={check.errors['shots']}
                value={form.shots}
                onChange={(event) => setForm({ ...form, shots: event.target.value })}
              />
              <TextField
                label="Seed"
                inputMode="numeric"
                error={check.errors['seed']}
                value={form.seed}
                onChange={(event) => setForm({ ...form, seed: event.target.value })}
              />
            </div>
            <Forecast check={check} />
          </section>
        </div>
        <section className="card stack" aria-label="Method">
          <h3>Method</h3>
          <SelectField
            label="Algorithm"
            help={algorithm?.summary}
            error={check.errors['algorithm']}
            value={form.algorithm}
            disabled={algorithms.length === 0}
            options={algorithms.map(({ id, title }) => ({ value: id, title }))}
            onChange={(event) => setForm({ ...form, algorithm: event.target.value, settings: {} })}
          />
          {algorithm === undefined ? null : (
            <ParameterForm
              parameters={algorithm.parameters}
              values={form.settings}
              catalog={catalog}
              errors={errorsBelow(check.errors, 'settings')}
              onChange={(settings) => setForm({ ...form, settings })}
            />
          )}
        </section>
      </div>
    </form>
  );
}

function NoData({ what }: { what: string }) {
  return (
    <EmptyState
      icon={Database}
      title="No data set fits"
      text={`This task needs a data set with ${what}.`}
    >
      <Button onClick={() => goTo('data')}>Import one</Button>
    </EmptyState>
  );
}
