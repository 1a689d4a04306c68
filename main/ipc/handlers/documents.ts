import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Circuit documents and the examples that one can start from. */
export function createDocumentHandlers({
  library,
  examples,
  hub,
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
    'documents.remove': async ({ id }) => {
      await documents.remove(id);
      return { ok: true };
    },
    'examples.list': () => examples.list(),
    'examples.read': ({ id }) => examples.read(id),
  };
}
