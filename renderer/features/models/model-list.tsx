import { Search } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { leadingMetric, type ModelRow } from '#shared/models/model-summary.ts';
import { formatDay, formatNumber } from '#renderer/lib/format.ts';
import { useRowWindow } from '#renderer/lib/virtual-rows.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { type Sorting, sortings, useModels } from './models-store.ts';

const rowHeight = 64;

/** All models; only the rows that are seen are in the page. */
export function ModelList({
  models,
  chosen,
}: {
  models: readonly ModelRow[];
  chosen: string | null;
}) {
  const { query, sorting } = useModels();
  return (
    <section className="model-list" aria-label="Models">
      <div className="model-list-head">
        <label className="model-search">
          <Search size={14} aria-hidden />
          <input
            type="search"
            aria-label="Search models"
            placeholder="Name, learner, feature …"
            value={query}
            onChange={(event) => useModels.setState({ query: event.target.value })}
          />
        </label>
        <select
          className="field-input"
          aria-label="Order of the models"
          value={sorting}
          onChange={(event) => useModels.setState({ sorting: event.target.value as Sorting })}
        >
          {sortings.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <Rows models={models} chosen={chosen} />
    </section>
  );
}

function Rows({ models, chosen }: { models: readonly ModelRow[]; chosen: string | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const { first, end } = useRowWindow(frame, models.length, rowHeight);
  const choose = (modelId: string): void => useModels.setState({ selected: modelId });
  const step = (event: KeyboardEvent): void => {
    const at = models.findIndex(({ modelId }) => modelId === chosen);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: models.length - 1,
    };
    const place = places[event.key];
    const next = place === undefined ? undefined : models[place];
    if (place === undefined || next === undefined) return;
    event.preventDefault();
    choose(next.modelId);
    const list = frame.current;
    if (list === null) return;
    const top = place * rowHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    const below = top + rowHeight - list.clientHeight;
    if (below > list.scrollTop) list.scrollTop = below;
    // It may only be in the page after it was scrolled to.
    requestAnimationFrame(() =>
      list.querySelector<HTMLElement>(`[data-model="${next.modelId}"]`)?.focus(),
    );
  };
  if (models.length === 0) return null;
  return (
    <div
      ref={frame}
      className="model-rows"
      role="listbox"
      aria-label="Models"
      tabIndex={models.slice(first, end).some(({ modelId }) => modelId === chosen) ? -1 : 0}
      onKeyDown={step}
    >
      <div role="presentation" style={{ height: models.length * rowHeight, position: 'relative' }}>
        {models.slice(first, end).map((model, offset) => (
          <div
            key={model.modelId}
            className="model-row"
            role="option"
            data-model={model.modelId}
            aria-selected={model.modelId === chosen}
            aria-setsize={models.length}
            aria-posinset={first + offset + 1}
            tabIndex={model.modelId === chosen ? 0 : -1}
            style={{ top: (first + offset) * rowHeight, height: rowHeight }}
            onClick={() => choose(model.modelId)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') choose(model.modelId);
            }}
          >
            <span className="model-row-name ellipsis" title={model.name}>
              {model.name}
            </span>
            <Badge tone={model.modelType === 'CLASSICAL' ? 'plain' : 'accent'}>
              {model.modelType === 'CLASSICAL' ? 'classical' : model.modelType}
            </Badge>
            <span className="muted ellipsis">
              {model.target === null
                ? model.architecture
                : `${model.architecture} for ${model.target}`}
              {scoreText(model)}
            </span>
            <span className="muted number">{formatDay(model.lastTrainedAt)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

const names: Readonly<Record<string, string>> = { accuracy: 'accuracy', r2: 'R²', mse: 'MSE' };

function scoreText(model: ModelRow): string {
  const metric = leadingMetric(model);
  if (metric === null) return '';
  return ` · ${names[metric] ?? metric} ${formatNumber(model.metrics[metric] ?? Number.NaN, 3)}`;
}
