import { useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { DataSet } from '#shared/ipc/library.ts';
import { client } from '#renderer/lib/client.ts';
import { firstPortfolio, noPricesReason, portfolioErrors } from '#renderer/lib/portfolio-form.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { LeftOut } from '#renderer/ui/left-out.tsx';
import { PortfolioFields } from '#renderer/ui/portfolio-fields.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { type BenchmarkForm, benchmarkSpecOf, isClassical, obstacleOf } from './benchmark-spec.ts';

interface Props {
  readonly onClose: () => void;
  readonly onStarted: (benchmarkId: string) => void;
}

/** Sets up a comparison of methods on one portfolio problem. */
export function NewBenchmarkDialog({ onClose, onStarted }: Props) {
  const catalog = useRequest('catalog.list', { kind: 'algorithm' });
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
          algorithms={catalog.data.filter(takesPortfolio)}
          dataSets={data.data}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
    </Dialog>
  );
}

function takesPortfolio(entry: CatalogEntry): boolean {
  const problems = entry.facts['problems'];
  return Array.isArray(problems) && problems.includes('portfolio');
}

interface FormProps extends Props {
  readonly algorithms: readonly CatalogEntry[];
  readonly dataSets: readonly DataSet[];
}

const usualContenders = ['qaoa', 'exact', 'simulated-annealing'];

function Form({ algorithms, dataSets, onClose, onStarted }: FormProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [form, setForm] = useState<BenchmarkForm | null>(() => {
    const portfolio = firstPortfolio(dataSets);
    return portfolio === null
      ? null
      : {
          name: 'Portfolio: QAOA against classical',
          portfolio,
          contenders: usualContenders.filter((id) => algorithms.some((entry) => entry.id === id)),
          seedCount: '5',
          layers: '3',
        };
  });
  if (form === null) {
    return (
      <>
        <p className="note">No data set has prices. Import one in the Data workspace first.</p>
        <LeftOut dataSets={dataSets} reasonOf={noPricesReason} />
      </>
    );
  }
  const dataSet = dataSets.find((set) => set.id === form.portfolio.prices);
  const errors = portfolioErrors(form.portfolio, dataSet);
  const obstacle = obstacleOf(form);
  const toggle = (id: string): void => {
    const contenders = form.contenders.includes(id)
      ? form.contenders.filter((other) => other !== id)
      : [...form.contenders, id];
    setForm({ ...form, contenders });
  };
  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      const spec = benchmarkSpecOf(form, algorithms, dataSets);
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
          value={form.name}
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
        <PortfolioFields
          form={form.portfolio}
          dataSets={dataSets}
          errors={errors}
          onChange={(portfolio) => setForm({ ...form, portfolio })}
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
          disabled={obstacle !== null || starting || Object.keys(errors).length > 0}
        >
          {starting ? 'Starting…' : 'Run'}
        </Button>
      </div>
    </form>
  );
}
