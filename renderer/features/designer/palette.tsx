import { Search, Star } from 'lucide-react';
import { type PointerEvent, useState } from 'react';
import { createPortal } from 'react-dom';
import { useGateLibrary } from '#renderer/lib/gate-library.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { activeOf, useWorkspace } from '#renderer/lib/workspace/workspace-store.ts';
import { placeAtCursor } from './actions.ts';
import { toggleFavourite } from './favourites.ts';
import { useDesigner } from './designer-store.ts';
import { ownItems } from './own-gates.ts';
import { startPlacing } from './placing.ts';
import {
  itemId,
  type PaletteItem,
  searchPalette,
  summaryOfItem,
  symbolOfItem,
  titleOfItem,
  toneOfItem,
} from './palette-items.ts';

/** Everything that can be put on the wires: drag it there, or press it to put it at the cursor. */
export function Palette() {
  const [words, setWords] = useState('');
  const kept = useGateLibrary((state) => state.kept);
  // Not the document: a slider that moves would draw all tiles again.
  const own = useWorkspace((state) => activeOf(state)?.drawn.definitions);
  const favourites = useSettings((state) => state.settings.favourites);
  const groups = searchPalette(words, ownItems(own ?? [], kept), favourites);
  return (
    <section className="palette" aria-label="Gates">
      <label className="palette-search">
        <Search size={14} aria-hidden />
        <span className="hidden-visually">Search gates</span>
        <input
          type="search"
          value={words}
          placeholder="Search gates"
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <div className="palette-groups">
        {groups.length === 0 ? <p className="palette-none">No gate has these letters.</p> : null}
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3>{group.title}</h3>
            <div className="palette-tiles">
              {group.items.map((item) => (
                <Tile
                  key={itemId(item)}
                  item={item}
                  isStarred={favourites.includes(itemId(item))}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
      <DragChip />
    </section>
  );
}

function Tile({ item, isStarred }: { item: PaletteItem; isStarred: boolean }) {
  const tone = toneOfItem(item);
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button === 0) startPlacing(item, { x: event.clientX, y: event.clientY });
  };
  const title = titleOfItem(item);
  return (
    <span className="palette-cell" data-wide={item.kind === 'own' || undefined}>
      <button
        type="button"
        className="palette-tile"
        style={{ background: `var(--gate-${tone})`, color: `var(--gate-${tone}-ink)` }}
        aria-label={`${symbolOfItem(item)}: ${title}${isStarred ? ', favourite' : ''}`}
        title={`${title}: ${summaryOfItem(item)}`}
        data-item={itemId(item)}
        data-long={symbolOfItem(item).length > 4 || undefined}
        onPointerDown={onPointerDown}
        onClick={(event) => {
          // A drag ends in a click as well; only a press without a drag or a key places at the cursor.
          if (event.detail === 0 || !wasDragged()) placeAtCursor(item);
        }}
      >
        {symbolOfItem(item)}
      </button>
      <button
        type="button"
        className="palette-star"
        // On the gate itself the key does the same, so that there is one stop a gate.
        tabIndex={-1}
        aria-label={isStarred ? `Take ${title} from the favourites` : `Make ${title} a favourite`}
        title={isStarred ? 'Take from the favourites (*)' : 'Make a favourite (*)'}
        aria-pressed={isStarred}
        onClick={() => toggleFavourite(itemId(item), title)}
      >
        <Star size={9} fill={isStarred ? 'currentColor' : 'none'} aria-hidden />
      </button>
    </span>
  );
}

function wasDragged(): boolean {
  return useDesigner.getState().gesture.kind === 'placing';
}

/** What is dragged, under the pointer, as long as it is not over the wires. */
function DragChip() {
  const gesture = useDesigner((state) => state.gesture);
  if (gesture.kind !== 'placing' || gesture.to !== null) return null;
  const { pointer, item } = gesture;
  return createPortal(
    <div className="drag-chip" style={{ left: pointer.x, top: pointer.y }} aria-hidden>
      {symbolOfItem(item)}
    </div>,
    document.body,
  );
}
