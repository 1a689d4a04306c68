import { LibraryBig } from 'lucide-react';
import { useState } from 'react';
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
  return open ? <OpenGallery /> : null;
}

function OpenGallery() {
  const [words, setWords] = useState('');
  const close = (): void => showOverlay('none');
  return (
    <Dialog title="Open a circuit" wide onClose={close}>
      <section aria-labelledby="gallery-library" className="gallery-library">
        <h3 id="gallery-library">Your circuits</h3>
        <LibraryBrowser onOpen={close} words={words} onWords={setWords} />
      </section>
      <div className="gallery">
        <section aria-labelledby="gallery-templates">
          <h3 id="gallery-templates">New from a template</h3>
          <TemplateList onOpen={close} words={words} />
        </section>
        <section aria-labelledby="gallery-examples">
          <h3 id="gallery-examples">Examples</h3>
          <ExampleList onOpen={close} words={words} />
        </section>
      </div>
    </Dialog>
  );
}

interface ListProps {
  readonly onOpen: () => void;
  /** Only what has all of them in title or summary. */
  readonly words: string;
}

function hasWords(
  { title, summary }: { readonly title: string; readonly summary: string },
  words: string,
): boolean {
  const text = `${title} ${summary}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** What a new circuit can begin as. */
export function TemplateList({ onOpen, words }: ListProps) {
  const found = templates.filter((one) => hasWords(one, words));
  if (found.length === 0) return <p className="muted">No template has these words.</p>;
  return (
    <ul className="gallery-list">
      {found.map((template) => (
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
export function ExampleList({ onOpen, words }: ListProps) {
  const { data, error, reload } = useRequest('examples.list', {});
  if (error !== null) return <ErrorState error={error} onRetry={reload} />;
  if (data === null) return <Skeleton lines={4} />;
  const circuits = data.filter((example) => example.kind === 'circuit');
  if (circuits.length === 0) {
    return (
      <EmptyState icon={LibraryBig} title="No examples" text="None came with this installation." />
    );
  }
  const found = circuits.filter((one) => hasWords(one, words));
  if (found.length === 0) return <p className="muted">No example has these words.</p>;
  return (
    <ul className="gallery-list">
      {found.map((example) => (
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
