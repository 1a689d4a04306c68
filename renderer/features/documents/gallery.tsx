import { FileText, LibraryBig } from 'lucide-react';
import { formatDate } from '#renderer/lib/format.ts';
import { showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { openExample, openFromLibrary } from './actions.ts';

/** The dialog with saved circuits and examples. */
export function Gallery() {
  const open = useNavigation((state) => state.overlay === 'gallery');
  if (!open) return null;
  const close = (): void => showOverlay('none');
  return (
    <Dialog title="Open a circuit" wide onClose={close}>
      <div className="gallery">
        <section aria-labelledby="gallery-library">
          <h3 id="gallery-library">In your library</h3>
          <LibraryList onOpen={close} />
        </section>
        <section aria-labelledby="gallery-examples">
          <h3 id="gallery-examples">Examples</h3>
          <ExampleList onOpen={close} />
        </section>
      </div>
    </Dialog>
  );
}

/** Circuits of the library, the newest first. */
export function LibraryList({ onOpen }: { onOpen: () => void }) {
  const { data, error, reload } = useRequest('documents.list', {});
  if (error !== null) return <ErrorState error={error} onRetry={reload} />;
  if (data === null) return <Skeleton lines={4} />;
  if (data.length === 0) {
    return (
      <EmptyState
        icon={FileText}
        title="No saved circuit yet"
        text="What you draw is saved here by itself."
      />
    );
  }
  const newestFirst = data.toSorted((a, b) => b.modifiedAt.localeCompare(a.modifiedAt));
  return (
    <ul className="gallery-list">
      {newestFirst.map((document) => (
        <li key={document.id}>
          <button
            type="button"
            onClick={() => {
              onOpen();
              void openFromLibrary(document.id);
            }}
          >
            <span className="ellipsis">{document.name}</span>
            <span className="muted">{formatDate(document.modifiedAt)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The circuits that come with Ketbench. */
export function ExampleList({ onOpen }: { onOpen: () => void }) {
  const { data, error, reload } = useRequest('examples.list', {});
  if (error !== null) return <ErrorState error={error} onRetry={reload} />;
  if (data === null) return <Skeleton lines={4} />;
  const circuits = data.filter((example) => example.kind === 'circuit');
  if (circuits.length === 0) {
    return (
      <EmptyState icon={LibraryBig} title="No examples" text="None came with this installation." />
    );
  }
  return (
    <ul className="gallery-list">
      {circuits.map((example) => (
        <li key={example.id}>
          <button
            type="button"
            onClick={() => {
              onOpen();
              void openExample(example.id);
            }}
          >
            <span>{example.title}</span>
            <span className="muted">{example.summary}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
