import { AppError } from '#shared/base/errors.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Data sets of the library and what a CSV would look like as one. */
export function createDataHandlers({ library, hub }: App): HandlersOf<'data'> {
  const { dataSets } = library;
  return {
    'data.list': () => dataSets.list(),
    'data.preview': async ({ id, text, rows }) => {
      if ((id === undefined) === (text === undefined)) {
        throw new AppError('bad-input', 'Give either the id of a data set or the text of a file.');
      }
      return dataSets.preview(text ?? (await dataSets.textOf(id ?? '')), rows);
    },
    'data.import': async ({ name, text }) => {
      const set = await dataSets.import(name, text);
      hub.emit('data.changed', {});
      return set;
    },
    'data.remove': async ({ id }) => {
      await dataSets.remove(id);
      hub.emit('data.changed', {});
      return { ok: true };
    },
  };
}
