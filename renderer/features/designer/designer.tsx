import {
  AlignStartVertical,
  Bug,
  Columns3,
  Maximize,
  Minus,
  Move,
  Plus,
  Redo2,
  StepBack,
  StepForward,
  Undo2,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { IconButton } from '#renderer/ui/button.tsx';
import { showOverlay } from '#renderer/lib/navigation.ts';
import { move } from '#renderer/lib/run.ts';
import {
  columnCountOf,
  columnsShown,
  placeName,
  stopStepping,
  useStepping,
} from '#renderer/lib/stepping.ts';
import { hasDrawing, isStale, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import {
  redoActive,
  undoActive,
  useActiveDocument,
} from '#renderer/lib/workspace/workspace-store.ts';
import { addQubit, removeQubit, step, zoomBy, zoomToFit } from './actions.ts';
import { CircuitCanvas } from './circuit-canvas.tsx';
import { ContextMenu } from './context-menu.tsx';
import { Dialogs } from './dialogs.tsx';
import { DisplayMenu } from './display-menu.tsx';
import { FindBar } from './find-bar.tsx';
import { GateCard } from './gate-card.tsx';
import { Minimap } from './minimap.tsx';
import { ParameterEditor } from './parameter-editor.tsx';
import { ParameterStrip } from './parameter-strip.tsx';
import { RunStrip } from './run-strip.tsx';
import { showNextView, viewTitles } from './view-actions.ts';
import { TargetChoice, TargetStrip } from './target-strip.tsx';

/** The drawing of the active circuit with its tools. */
export function Designer() {
  const document = useActiveDocument();
  if (document === null) return null;
  const stale = isStale(document);
  const isEmpty = document.drawn.operations.length === 0;
  return (
    <section className="designer" aria-label="Circuit designer">
      <div className="designer-tools" role="toolbar" aria-label="Circuit tools">
        <IconButton
          label="Undo (Ctrl+Z)"
          disabled={document.history.past.length === 0}
          onClick={undoActive}
        >
          <Undo2 size={15} />
        </IconButton>
        <IconButton
          label="Redo (Ctrl+Y)"
          disabled={document.history.future.length === 0}
          onClick={redoActive}
        >
          <Redo2 size={15} />
        </IconButton>
        <span className="designer-divider" />
        <IconButton label="Add a qubit (+)" onClick={addQubit}>
          <Plus size={15} />
        </IconButton>
        <IconButton label="Remove the last qubit (-)" onClick={removeQubit}>
          <Minus size={15} />
        </IconButton>
        <span className="designer-divider" />
        <IconButton label="Zoom out" onClick={() => zoomBy(0.8)}>
          <ZoomOut size={15} />
        </IconButton>
        <IconButton label="Zoom in" onClick={() => zoomBy(1.25)}>
          <ZoomIn size={15} />
        </IconButton>
        <IconButton label="Zoom to fit (0)" onClick={zoomToFit}>
          <Maximize size={15} />
        </IconButton>
        <ViewTool document={document} />
        <span className="designer-divider" />
        <StepTools document={document} />
        <IconButton
          label="Step through statement by statement (F11)"
          onClick={() => void move('into')}
        >
          <Bug size={15} />
        </IconButton>
        <TargetChoice />
      </div>
      <div className="designer-strips">
        <RunStrip document={document} />
        <FindBar document={document} />
      </div>
      <div className="designer-stage">
        <CircuitCanvas document={document} />
        {stale ? <StaleNote document={document} /> : null}
        <Minimap document={document} />
        <GateCard document={document} />
        <ParameterEditor document={document} />
        <ContextMenu />
        <DisplayMenu document={document} />
        <Dialogs document={document} />
        {isEmpty && !stale ? (
          <p className="designer-hint">
            Drag a gate onto a wire, or click the circuit and press a letter such as <kbd>H</kbd>.
            Enter changes angles, <kbd>C</kbd> marks controls, <kbd>?</kbd> lists all keys.
          </p>
        ) : null}
      </div>
      <ParameterStrip document={document} />
      <TargetStrip document={document} />
    </section>
  );
}

/** Says what the drawing is while the text cannot be read. */
function StaleNote({ document }: { document: OpenDocument }) {
  return (
    <p className="designer-stale" role="status">
      {hasDrawing(document)
        ? 'The text has errors. Shown is the last good circuit.'
        : 'The text has errors. The circuit is drawn as soon as it can be read.'}
      <button type="button" onClick={() => showOverlay('problems')}>
        Show them
      </button>
    </p>
  );
}

const viewIcons = { left: AlignStartVertical, layers: Columns3, free: Move };

/** Which view the circuit is in; goes on to the next one. */
function ViewTool({ document }: { document: OpenDocument }) {
  const { view } = document.beside;
  const Icon = viewIcons[view];
  return (
    <IconButton label={`View ${viewTitles[view]}. Change the view (L)`} onClick={showNextView}>
      <Icon size={15} />
    </IconButton>
  );
}

/** Runs the circuit column by column; the views follow. */
function StepTools({ document }: { document: OpenDocument }) {
  const columns = useStepping((state) => columnsShown(document, state));
  const count = columnCountOf(document);
  return (
    <>
      <IconButton
        label="Step back (,)"
        disabled={count === 0 || columns === 0}
        onClick={() => step(-1)}
      >
        <StepBack size={15} />
      </IconButton>
      <IconButton label="Step on (.)" disabled={columns === null} onClick={() => step(1)}>
        <StepForward size={15} />
      </IconButton>
      {columns === null ? null : (
        <>
          <span className="designer-step">{placeName(columns, count)}</span>
          <IconButton label="Show the whole circuit" onClick={stopStepping}>
            <X size={15} />
          </IconButton>
        </>
      )}
    </>
  );
}
