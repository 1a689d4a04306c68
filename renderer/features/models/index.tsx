import './models.css';
import { Boxes, Upload } from 'lucide-react';
import { useEffect } from 'react';
import type { ModelRow } from '#shared/models/model-summary.ts';
import { client } from '#renderer/lib/client.ts';
import { countOf } from '#renderer/lib/format.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { useRemovals, withoutHidden } from '#renderer/lib/removals.ts';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { importModel } from './actions.ts';
import { ModelDetail } from './model-detail.tsx';
import { ModelList } from './model-list.tsx';
import { loadModels, shownModels, useModels } from './models-store.ts';
import { PredictDialog } from './predict-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

/** The Models workspace: trained models at the left, the card of the chosen one at the right. */
export function Models() {
  const { models: all, error } = useModels();
  const hidden = useRemovals((state) => state.hidden);
  useEffect(() => {
    void loadModels();
    const stops = [
      client().on('models.changed', () => void loadModels()),
      client().onConnection((connected) => connected && void loadModels()),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
  const models = all === null ? null : withoutHidden(all, hidden, ({ modelId }) => modelId);
  return (
    <div className="page">
      <header className="page-head">
        <h1>Models</h1>
        <span className="muted">{models === null ? '' : countOf(models.length, 'model')}</span>
        <span className="spacer" />
        <Button icon={<Upload size={14} />} onClick={() => void importModel()}>
          Import
        </Button>
      </header>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void loadModels()} />
      ) : models === null ? (
        <Skeleton lines={10} label="Loading models" />
      ) : models.length === 0 ? (
        <EmptyState
          icon={Boxes}
          title="No models yet"
          text="Every job of a learner that completes leaves its model here, with all that tells where it comes from."
        >
          <Button onClick={() => goTo('training')}>Train one</Button>
          <Button onClick={() => void importModel()}>Import one</Button>
        </EmptyState>
      ) : (
        <Found models={models} />
      )}
    </div>
  );
}

function Found({ models }: { models: readonly ModelRow[] }) {
  const { selected, compared, query, sorting, overlay } = useModels();
  const shown = shownModels(models, { query, sorting });
  const chosen = shown.find(({ modelId }) => modelId === selected) ?? shown[0];
  const other = models.find(({ modelId }) => modelId === compared) ?? null;
  const close = (): void => useModels.setState({ overlay: 'none' });
  return (
    <div className="split">
      <ModelList models={shown} chosen={chosen?.modelId ?? null} />
      {chosen === undefined ? (
        <EmptyState
          icon={Boxes}
          title="No model is found"
          text="No model has all of these words in its name, id, learner, target or features."
        >
          <Button onClick={() => useModels.setState({ query: '' })}>Show all</Button>
        </EmptyState>
      ) : (
        <ModelDetail
          key={chosen.modelId}
          model={chosen}
          other={other?.modelId === chosen.modelId ? null : other}
          models={models}
        />
      )}
      {chosen === undefined || overlay !== 'predict' ? null : (
        <PredictDialog model={chosen} onClose={close} />
      )}
      {chosen === undefined || overlay !== 'rename' ? null : (
        <RenameDialog model={chosen} onClose={close} />
      )}
    </div>
  );
}
