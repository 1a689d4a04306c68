import { Fragment } from 'react';
import { Columns2, FileDown, Pencil, Play, Trash2, Workflow } from 'lucide-react';
import type { ModelCard } from '#shared/models/model-card.ts';
import type { ModelRow } from '#shared/models/model-summary.ts';
import { openJob } from '#renderer/lib/jobs.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Button } from '#renderer/ui/button.tsx';
import { DataTableView } from '#renderer/ui/data-table-view.tsx';
import { SelectField } from '#renderer/ui/field.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { compareModel, exportModel, openModelCircuit, removeModel } from './actions.ts';
import { ModelComparison } from './model-comparison.tsx';
import { useModels } from './models-store.ts';

interface Props {
  readonly model: ModelRow;
  /** What it is compared with. */
  readonly other: ModelRow | null;
  readonly models: readonly ModelRow[];
}

/** The card of a model, alone or beside another one, and what can be done with it. */
export function ModelDetail({ model, other, models }: Props) {
  const isKept = model.checksum !== null;
  const card = useRequest('models.card', isKept ? { modelId: model.modelId } : null);
  return (
    <article className="model-detail" aria-label={model.name}>
      <div className="row">
        <h2 className="ellipsis" title={model.name}>
          {model.name}
        </h2>
        <span className="spacer" />
        <Actions model={model} isKept={isKept} canCompare={models.length > 1} />
      </div>
      {other === null ? null : <OtherField model={model} other={other} models={models} />}
      {!isKept ? (
        <p className="note note-warn">
          This model was trained by a Ketbench that kept no models: its scores are here, and it has
          to be trained again to predict.
        </p>
      ) : card.error !== null ? (
        <ErrorState error={card.error} onRetry={card.reload} />
      ) : card.data === null ? (
        <Skeleton lines={12} label="Loading the card" />
      ) : other === null ? (
        <Card card={card.data} model={model} />
      ) : (
        <ModelComparison card={card.data} model={model} other={other} />
      )}
    </article>
  );
}

interface ActionsProps {
  readonly model: ModelRow;
  readonly isKept: boolean;
  readonly canCompare: boolean;
}

function Actions({ model, isKept, canCompare }: ActionsProps) {
  return (
    <div className="row model-actions" role="group" aria-label="Actions">
      <Button
        tone="primary"
        icon={<Play size={14} />}
        disabled={!isKept}
        onClick={() => useModels.setState({ overlay: 'predict' })}
      >
        Predict
      </Button>
      <Button
        icon={<Columns2 size={14} />}
        disabled={!isKept || !canCompare}
        onClick={() => compareModel(model)}
      >
        Compare
      </Button>
      {model.modelType === 'CLASSICAL' ? null : (
        <Button
          icon={<Workflow size={14} />}
          disabled={!isKept}
          onClick={() => void openModelCircuit(model)}
        >
          Open circuit
        </Button>
      )}
      <Button icon={<Pencil size={14} />} onClick={() => useModels.setState({ overlay: 'rename' })}>
        Rename
      </Button>
      <Button
        icon={<FileDown size={14} />}
        disabled={!isKept}
        onClick={() => void exportModel(model)}
      >
        Export
      </Button>
      <Button tone="danger" icon={<Trash2 size={14} />} onClick={() => removeModel(model)}>
        Remove
      </Button>
    </div>
  );
}

function OtherField({ model, other, models }: Props & { readonly other: ModelRow }) {
  return (
    <div className="row">
      <SelectField
        label="Beside"
        value={other.modelId}
        options={models
          .filter(({ modelId, checksum }) => modelId !== model.modelId && checksum !== null)
          .map(({ modelId, name }) => ({ value: modelId, title: `${name} (${modelId})` }))}
        onChange={(event) => useModels.setState({ compared: event.target.value })}
      />
      <span className="spacer" />
      <Button onClick={() => useModels.setState({ compared: null })}>End the comparison</Button>
    </div>
  );
}

function Card({ card, model }: { card: ModelCard; model: ModelRow }) {
  const { sections, tables, circuit } = card;
  return (
    <div className="model-card">
      <div className="model-sections">
        {sections.map(({ id, title, facts }) => (
          <section key={id} className="card stack" aria-label={title}>
            <div className="row">
              <h3>{title}</h3>
              <span className="spacer" />
              {id === 'origin' ? (
                <Button
                  tone="quiet"
                  onClick={() => {
                    openJob(model.jobId);
                    goTo('training');
                  }}
                >
                  Show the job
                </Button>
              ) : null}
            </div>
            <dl className="model-facts">
              {facts.map(([fact, said]) => (
                <Fragment key={`${fact} ${said}`}>
                  <dt>{fact}</dt>
                  <dd>{said}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {tables.map((table) => (
        <div key={table.id} className="card">
          <DataTableView table={table} name={model.name} />
        </div>
      ))}
      {circuit === null ? null : (
        <section className="card stack" aria-label="Circuit">
          <h3>Circuit</h3>
          <pre className="model-circuit mono" tabIndex={0} role="region" aria-label="OpenQASM">
            {circuit}
          </pre>
        </section>
      )}
    </div>
  );
}
