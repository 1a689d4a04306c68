import { FolderOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { formatDate } from '#renderer/lib/format.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Button } from '#renderer/ui/button.tsx';
import { createCircuit, openFile, openFromLibrary } from './actions.ts';
import { ExampleList, TemplateList } from './gallery.tsx';
import { useLibrary } from './library.ts';
import { LibraryBrowser } from './library-browser.tsx';

/** What the Circuits workspace shows while no circuit is open. */
export function StartPage() {
  // Who has circuits comes back to them; who has none begins with an example.
  const [words, setWords] = useState('');
  const hasCircuits = useLibrary((state) => (state.documents?.length ?? 0) > 0);
  return (
    <div className="start-page">
      <div className="start-page-inner">
        <h1>Draw, run, compare</h1>
        <p className="muted">
          Start with an empty circuit, open a file of OpenQASM, Quil, Quirk or IonQ, or drop one
          anywhere on this window.
        </p>
        <div className="row">
          <Button tone="primary" icon={<Plus size={15} />} onClick={() => createCircuit()}>
            New circuit
          </Button>
          <Button icon={<FolderOpen size={15} />} onClick={() => void openFile()}>
            Open a file
          </Button>
        </div>
        <Recent />
        {hasCircuits ? <Circuits words={words} onWords={setWords} /> : null}
        <div className="gallery">
          <section aria-labelledby="start-templates">
            <h2 id="start-templates">New from a template</h2>
            <TemplateList onOpen={() => undefined} words={words} />
          </section>
          <section aria-labelledby="start-examples">
            <h2 id="start-examples">Examples</h2>
            <ExampleList onOpen={() => undefined} words={words} />
          </section>
        </div>
        {hasCircuits ? null : <Circuits words={words} onWords={setWords} />}
      </div>
    </div>
  );
}

interface CircuitsProps {
  readonly words: string;
  readonly onWords: (words: string) => void;
}

function Circuits({ words, onWords }: CircuitsProps) {
  return (
    <section aria-labelledby="start-library">
      <h2 id="start-library">Your circuits</h2>
      <LibraryBrowser onOpen={() => undefined} words={words} onWords={onWords} />
    </section>
  );
}

/** The circuits that were opened last. */
function Recent() {
  const ids = useSettings((state) => state.settings.recentDocuments);
  const documents = useLibrary((state) => state.documents);
  const recent = ids.flatMap((id) => documents?.find((one) => one.id === id) ?? []).slice(0, 6);
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby="start-recent">
      <h2 id="start-recent">Opened last</h2>
      <ul className="recent-list">
        {recent.map(({ id, name, project, modifiedAt }) => (
          <li key={id}>
            <button type="button" title={name} onClick={() => void openFromLibrary(id)}>
              <span className="ellipsis">{name}</span>
              <span className="muted ellipsis">
                {project === '' ? formatDate(modifiedAt) : project}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
