import './exports.css';
import { CircleAlert, Copy, Download } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import type { Exporter, ExportLoss } from '#shared/qasm/exporters/exporter.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { pdfExporter } from '#shared/qasm/exporters/pdf.ts';
import { svgExporter } from '#shared/qasm/exporters/svg.ts';
import type { BoundValue } from '#renderer/lib/bound-circuit.ts';
import { notesOf } from '#renderer/lib/workspace/notes.ts';
import { hasDrawing, isStale } from '#renderer/lib/workspace/open-document.ts';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState, ErrorState } from '#renderer/ui/states.tsx';
import { codeTokens } from './code-tokens.ts';
import { chooseExport, looks, resolutions, useExportChoice, widths } from './choice.ts';
import { addressOfDrawing } from './picture.ts';
import { copyText, saveAs, savePicture } from './save.ts';
import { beginningOf, exportableOf, writeAs, type Written } from './written.ts';

/** The active circuit in a chosen language or as a drawing, following each edit. */
export function ExportsPanel() {
  const document = useActiveDocument();
  const format = useExportChoice((state) => state.format);
  const exporter = exporters.find(({ id }) => id === format) ?? svgExporter;
  const look = useExportChoice((state) => state.look);
  const pageWidth = useExportChoice((state) => state.pageWidth);
  const isDrawing = isDrawn(exporter);
  const circuit = useDeferredValue(document?.drawn ?? null);
  const parameters = useDeferredValue(document?.beside.parameters ?? null);
  const style = useMemo(
    () => ({ look, pageWidth, notes: document === null ? [] : notesOf(document) }),
    // The notes are those of the circuit that is drawn, wherever its view puts it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [look, pageWidth, document?.placed],
  );
  const written = useMemo(
    () => (document === null ? null : writeAs(exporter, exportableOf(document), style)),
    // Nothing else of the document is written: each key in another tab's text would write it anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [exporter, circuit, parameters, style],
  );
  if (document === null || written === null) return null;
  if (!hasDrawing(document)) return <Unreadable />;
  return (
    <section className="exports" aria-label="Export">
      <Tools exporter={exporter} written={written} />
      {isDrawing ? <StyleTools /> : null}
      {isStale(document) ? (
        <p className="exports-stale" role="status">
          The text has errors. Shown is the last good circuit.
        </p>
      ) : null}
      {written.kind === 'refused' ? (
        <ErrorState error={written.error} />
      ) : (
        <>
          {written.values.length === 0 ? null : <Values values={written.values} />}
          {written.losses.length === 0 ? null : <Losses losses={written.losses} />}
          {isDrawing && circuit !== null ? (
            <Drawing svg={svgExporter.export(circuit, style).text} />
          ) : (
            <Text exporter={exporter} text={written.text} />
          )}
        </>
      )}
    </section>
  );
}

function Unreadable() {
  return (
    <EmptyState
      icon={CircleAlert}
      title="Nothing to export yet"
      text="The text has errors. It is written in other formats as soon as it can be read."
    />
  );
}

function isDrawn({ id }: Exporter): boolean {
  return id === svgExporter.id || id === pdfExporter.id;
}

/** Colours and width of a drawing. */
function StyleTools() {
  const look = useExportChoice((state) => state.look);
  const pageWidth = useExportChoice((state) => state.pageWidth);
  return (
    <div className="exports-tools">
      <select
        className="field-input exports-style"
        aria-label="Colours of the drawing"
        value={look}
        onChange={({ target }) => {
          const chosen = looks.find(({ id }) => id === target.value);
          if (chosen !== undefined) chooseExport({ look: chosen.id });
        }}
      >
        {looks.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <select
        className="field-input exports-style"
        aria-label="Width of the drawing"
        value={String(pageWidth)}
        onChange={({ target }) => {
          const chosen = widths.find(({ pixels }) => String(pixels) === target.value);
          if (chosen !== undefined) chooseExport({ pageWidth: chosen.pixels });
        }}
      >
        {widths.map(({ pixels, title }) => (
          <option key={title} value={String(pixels)}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

function Tools({ exporter, written }: { exporter: Exporter; written: Written }) {
  const dpi = useExportChoice((state) => state.dpi);
  const refused = written.kind === 'refused';
  const isDrawing = exporter.id === svgExporter.id;
  return (
    <div className="exports-tools">
      <select
        className="field-input exports-format"
        aria-label="Format"
        value={exporter.id}
        onChange={(event) => chooseExport({ format: event.target.value })}
      >
        {exporters.map(({ id, title }) => (
          <option key={id} value={id}>
            {id === svgExporter.id ? 'Drawing (SVG, PNG)' : title}
          </option>
        ))}
      </select>
      <Button
        icon={<Copy size={14} />}
        disabled={refused}
        onClick={() => written.kind === 'text' && copyText(written.text)}
      >
        Copy
      </Button>
      <Button
        icon={<Download size={14} />}
        disabled={refused}
        aria-label={`Save as ${exporter.title}`}
        onClick={() => saveAs(exporter)}
      >
        {isDrawing ? 'SVG' : 'Save'}
      </Button>
      {isDrawing ? (
        <>
          <Button
            icon={<Download size={14} />}
            disabled={refused}
            aria-label={`Save as PNG, ${dpi} dpi`}
            onClick={() => void savePicture(dpi)}
          >
            PNG
          </Button>
          <ResolutionChoice dpi={dpi} />
        </>
      ) : null}
    </div>
  );
}

function ResolutionChoice({ dpi }: { dpi: number }) {
  return (
    <select
      className="field-input exports-resolution"
      aria-label="Dots an inch of the PNG"
      value={dpi}
      onChange={(event) => {
        const chosen = resolutions.find((one) => String(one) === event.target.value);
        if (chosen !== undefined) chooseExport({ dpi: chosen });
      }}
    >
      {resolutions.map((one) => (
        <option key={one} value={one}>
          {one} dpi
        </option>
      ))}
    </select>
  );
}

/** Says that numbers stand where the circuit has names. */
function Values({ values }: { values: readonly BoundValue[] }) {
  return (
    <p className="exports-values" role="status">
      This format takes numbers only. Written with the sliders’ values:{' '}
      {values.map(({ name, formula }) => `${name} = ${formula}`).join(', ')}.
    </p>
  );
}

function Losses({ losses }: { losses: readonly ExportLoss[] }) {
  return (
    <ul className="exports-losses" aria-label="What the format cannot express">
      {losses.map(({ what, why }) => (
        <li key={`${what}\n${why}`}>
          <strong>{what}</strong>: {why}
        </li>
      ))}
    </ul>
  );
}

function Text({ exporter, text }: { exporter: Exporter; text: string }) {
  const { title, fileExtension } = exporter;
  const { shown, hidden } = beginningOf(text);
  return (
    // Focusable, because only what has the focus can be scrolled by keyboard.
    <div className="exports-body" role="region" aria-label={`Circuit as ${title}`} tabIndex={0}>
      <pre className="exports-text" data-testid="export-text">
        {codeTokens(shown, fileExtension).map(({ kind, text: words }, i) =>
          kind === 'plain' ? (
            words
          ) : (
            <span key={i} className={`code-${kind}`}>
              {words}
            </span>
          ),
        )}
      </pre>
      {hidden === 0 ? null : (
        <p className="muted exports-rest">
          {hidden.toLocaleString('en')} more characters are copied and saved, but not shown.
        </p>
      )}
    </div>
  );
}

function Drawing({ svg }: { svg: string }) {
  return (
    <div className="exports-body" role="region" aria-label="Circuit as a drawing" tabIndex={0}>
      <img className="exports-drawing" alt="The circuit, drawn" src={addressOfDrawing(svg)} />
    </div>
  );
}
