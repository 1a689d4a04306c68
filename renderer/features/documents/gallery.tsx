import { LibraryBig } from 'lucide-react';
import { showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { createFrom, openExample } from './actions.ts';
import { LibraryBrowser } from './library-browser.tsx';
import { templates } from './templates.ts';

/** The dialog with saved circuits and examples. */
export function Gallery() {
  const open = useNavigation((state) => state.overlay === 'gallery');
  if (!open) return null;
  const close = (): void => showOverlay('none');
  return (
    <Dialog title="Open a circuit" wide onClose={close}>
      <section aria-labelledby="gallery-library" className="gallery-library">
        <h3 id="gallery-library">Your circuits</h3>
        <LibraryBrowser onOpen={close} />
      </section>
      <div className="gallery">
        <section aria-labelledby="gallery-templates">
          <h3 id="gallery-templates">New from a template</h3>
          <TemplateList onOpen={close} />
        </section>
        <section aria-labelledby="gallery-examples">
          <h3 id="gallery-examples">Examples</h3>
          <ExampleList onOpen={close} />
        </section>
      </div>
    </Dialog>
  );
}

/** What a new circuit can begin as. */
export function TemplateList({ onOpen }: { onOpen: () => void }) {
  return (
    <ul className="gallery-list">
      {templates.map((template) => (
        <li key={template.id}>
          <button
            type="button"
            onClick={() => {
              onOpen();
              createFrom(template);
            }}
          >
            <span>{template.title}</span>
            <span className="muted">{template.summary}</span>
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
