import { AppError } from '#shared/base/errors.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Data sets of the library and what a CSV would look like as one. */
export function createDataHandlers({ library, hub, reader }: App): HandlersOf<'data'> {
  const { dataSets } = library;
  return {
    'data.list': () => dataSets.list(),
    'data.preview': async ({ id, text, rows, reading: said }, signal) => {
      if ((id === undefined) === (text === undefined)) {
        throw new AppError('bad-input', 'Give either the id of a data set or the text of a file.');
      }
      const set = id === undefined ? undefined : dataSets.list().find((one) => one.id === id);
      const reading = said ?? set?.reading;
      const csv = text ?? (await dataSets.textOf(id ?? ''));
      return reader.read({ kind: 'preview', text: csv, rows, reading }, { signal });
    },
    'data.import': async ({ name, text, reading }, signal) => {
      const set = await dataSets.import({ name, text, reading }, (csv) =>
        reader.read({ kind: 'data', text: csv, reading }, { signal }),
      );
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
