import { cardOf } from '#shared/models/model-card.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Trained models of the library. */
export function createModelHandlers({ library, hub }: App): HandlersOf<'models'> {
  const { models } = library;
  const changed = <T>(value: T): T => {
    hub.emit('models.changed', {});
    return value;
  };
  return {
    'models.list': () => models.list(),
    'models.card': async ({ modelId }) => cardOf(models.row(modelId), await models.read(modelId)),
    'models.export': async ({ modelId }) => ({ text: await models.textOf(modelId) }),
    'models.import': async ({ name, text }) => changed(await models.import(text, name)),
    'models.rename': async ({ modelId, name }) => changed(await models.rename(modelId, name)),
    'models.remove': async ({ modelId }) => {
      await models.remove(modelId);
      return changed({ ok: true } as const);
    },
  };
}
