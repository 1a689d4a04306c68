import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Circuit documents and the examples that one can start from. */
export function createDocumentHandlers({
  library,
  examples,
  hub,
  reader,
}: App): HandlersOf<'documents'> & HandlersOf<'examples'> {
  const { documents } = library;
  return {
    'documents.list': () => documents.list(),
    'documents.read': ({ id }) => documents.read(id),
    'documents.write': async (draft) => {
      const summary = await documents.write(draft, new Date());
      hub.emit('documents.changed', summary);
      return summary;
    },
    'documents.open': async ({ fileName, text }, signal) => {
      const opened = await reader.read({ kind: 'document', fileName, text }, { signal });
      const name = fileName.replace(/\.[A-Za-z0-9]{2,5}$/, '') || 'Circuit';
      const summary = await documents.writeOnce({ name, text: opened.text }, new Date());
      await library.settings.write((before) => ({
        ...before,
        openDocuments: [...before.openDocuments.filter((id) => id !== summary.id), summary.id],
        activeDocument: summary.id,
      }));
      hub.emit('documents.changed', summary);
      hub.emit('documents.opened', { id: summary.id });
      return summary;
    },
    'documents.remove': async ({ id }) => {
      await documents.remove(id);
      hub.emit('documents.removed', { id });
      return { ok: true };
    },
    'documents.change': async ({ id, ...change }) => {
      const summary = await documents.change(id, change);
      hub.emit('documents.changed', summary);
      return summary;
    },
    'documents.restore': async ({ id }) => {
      const summary = await documents.restore(id);
      hub.emit('documents.changed', summary);
      return summary;
    },
    'examples.list': () => examples.list(),
    'examples.read': ({ id }) => examples.read(id),
  };
}
