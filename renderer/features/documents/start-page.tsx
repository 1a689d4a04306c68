import { FolderOpen, Plus } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { createCircuit, openFile } from './actions.ts';
import { ExampleList, LibraryList } from './gallery.tsx';

/** What the Circuits workspace shows while no circuit is open. */
export function StartPage() {
  return (
    <div className="start-page">
      <div className="start-page-inner">
        <h1>Draw, run, compare</h1>
        <p className="muted">
          Start with an empty circuit, open an OpenQASM file, or drop one anywhere on this window.
        </p>
        <div className="row">
          <Button tone="primary" icon={<Plus size={15} />} onClick={createCircuit}>
            New circuit
          </Button>
          <Button icon={<FolderOpen size={15} />} onClick={() => void openFile()}>
            Open a file
          </Button>
        </div>
        <div className="gallery">
          <section aria-labelledby="start-examples">
            <h2 id="start-examples">Examples</h2>
            <ExampleList onOpen={() => undefined} />
          </section>
          <section aria-labelledby="start-library">
            <h2 id="start-library">Your circuits</h2>
            <LibraryList onOpen={() => undefined} />
          </section>
        </div>
      </div>
    </div>
  );
}
