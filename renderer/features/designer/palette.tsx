import { Search, Star } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
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
  // One stop of the Tab key for all tiles; arrows go from one to the next.
  const [at, setAt] = useState<string | null>(null);
  const ids = groups.flatMap(({ items }) => items.map(itemId));
  const stop = at !== null && ids.includes(at) ? at : ids[0];
  return (
    <section className="palette" role="group" aria-label="Gates">
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
      <div
        className="palette-groups"
        role="group"
        aria-label="Gates to place"
        onKeyDown={walkTiles}
        onFocus={({ target }) => setAt(target.getAttribute('data-item') ?? at)}
      >
        {groups.length === 0 ? <p className="palette-none">No gate has these letters.</p> : null}
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3>{group.title}</h3>
            <div className="palette-tiles">
              {group.items.map((item) => (
                <Tile
                  key={itemId(item)}
                  item={item}
                  isStop={itemId(item) === stop}
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

interface TileProps {
  readonly item: PaletteItem;
  readonly isStarred: boolean;
  /** Whether the Tab key comes here. */
  readonly isStop: boolean;
}

/** Arrows go to the tile beside, above or below; Home and End to the first and the last. */
function walkTiles(event: KeyboardEvent<HTMLElement>): void {
  const tiles = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('.palette-tile'));
  const at = tiles.indexOf(event.target as HTMLElement);
  const next = at < 0 ? undefined : nextTile(tiles, at, event.key);
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

function nextTile(tiles: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowRight':
      return tiles[at + 1];
    case 'ArrowLeft':
      return tiles[at - 1];
    case 'Home':
      return tiles[0];
    case 'End':
      return tiles.at(-1);
    case 'ArrowDown':
      return nearestTile(tiles.slice(at + 1), tiles[at]);
    case 'ArrowUp':
      return nearestTile(tiles.slice(0, at).toReversed(), tiles[at]);
    default:
      return undefined;
  }
}

/** The tile that stands closest in the next row with tiles. */
function nearestTile(
  others: readonly HTMLElement[],
  from: HTMLElement | undefined,
): HTMLElement | undefined {
  if (from === undefined) return undefined;
  const own = from.getBoundingClientRect();
  const rows = others.map((tile) => ({ tile, box: tile.getBoundingClientRect() }));
  const row = rows.find(({ box }) => Math.abs(box.top - own.top) > 4)?.box.top;
  const inRow = rows.filter(({ box }) => row !== undefined && Math.abs(box.top - row) <= 4);
  return inRow.toSorted(
    (a, b) => Math.abs(a.box.left - own.left) - Math.abs(b.box.left - own.left),
  )[0]?.tile;
}

function Tile({ item, isStarred, isStop }: TileProps) {
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
        tabIndex={isStop ? 0 : -1}
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
