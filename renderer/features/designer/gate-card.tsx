import { useMemo } from 'react';
import { noteAt } from '#renderer/lib/workspace/notes.ts';
import { isStale, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { cardOf } from './card.ts';
import { layoutFor, useDesigner } from './designer-store.ts';
import { glyphTouching } from './hit.ts';
import { columnCentre, metrics, rowCentre } from './layout.ts';

const width = 290;
const gap = 14;
/** CSS pixels under the circuit in which a card of usual length fits. */
const roomBelow = 130;

/** What the gate under the pointer does, or, when the card was asked for by key, the gate in hand. */
export function GateCard({ document }: { document: OpenDocument }) {
  const pointed = useDesigner((state) =>
    state.gesture.kind === 'idle' && state.menu === null ? state.hover : null,
  );
  const isOpen = useDesigner((state) => state.cardOpen);
  const cursor = useDesigner((state) => state.cursor);
  const isEditing = useDesigner((state) => state.editing !== null);
  if (isStale(document) || isEditing) return null;
  const touched = glyphTouching(document.drawn, layoutFor(document.drawn), cursor)?.index;
  const inHand = isOpen ? (document.selection[0] ?? touched ?? null) : null;
  const index = inHand ?? pointed;
  if (index === null) return null;
  return <Card key={index} document={document} index={index} waits={inHand === null} />;
}

interface CardProps {
  readonly document: OpenDocument;
  readonly index: number;
  /** Under the pointer the card waits until the pointer rests. */
  readonly waits: boolean;
}

function Card({ document, index, waits }: CardProps) {
  const viewport = useDesigner((state) => state.viewport);
  const size = useDesigner((state) => state.size);
  const { parsed, drawn } = document;
  const card = useMemo(() => cardOf(parsed, drawn, index), [parsed, drawn, index]);
  const layout = layoutFor(drawn);
  const glyph = layout.glyphs[index];
  const notes = (['note', 'column-note'] as const).flatMap(
    (kind) => noteAt(document, index, kind)?.text ?? [],
  );
  if (card === null || glyph === undefined) return null;
  const x = (columnCentre(layout, glyph.column) - viewport.x) * viewport.zoom;
  const y = (rowCentre(glyph.top) - viewport.y) * viewport.zoom;
  const half = (glyph.width / 2) * viewport.zoom + gap;
  const left = x + half + width < size.width ? x + half : Math.max(8, x - half - width);
  const end =
    (rowCentre(layout.rows.length - 1) + metrics.rowHeight / 2 - viewport.y) * viewport.zoom;
  const below = end + 6;
  const isFree = size.height - below >= roomBelow;
  // Below the circuit where there is room; else it grows towards the larger half, so that it is never cut off.
  const anchor = isFree
    ? { top: below }
    : y < size.height / 2
      ? { top: Math.max(8, y - 20) }
      : { bottom: Math.max(8, size.height - y - 20) };
  const middle = Math.min(Math.max(8, x - width / 2), Math.max(8, size.width - width - 8));
  return (
    <div
      className="gate-card"
      data-waits={waits || undefined}
      role="tooltip"
      style={{ left: isFree ? middle : left, width, ...anchor }}
    >
      <p className="gate-card-title">{card.title}</p>
      {card.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {card.matrix === null ? null : (
        <table aria-label="Matrix">
          <tbody>
            {card.matrix.map((row, i) => (
              <tr key={i}>
                {row.map((entry, j) => (
                  <td key={j}>{entry}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {card.code === '' ? null : <code>{card.code}</code>}
      {notes.map((text) => (
        <p key={text} className="gate-card-note">
          {text}
        </p>
      ))}
    </div>
  );
}
