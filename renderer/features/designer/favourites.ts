import { announce } from '#renderer/lib/notices.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import { itemId, paletteGroups, titleOfItem } from './palette-items.ts';

/** Puts something of the palette among the favourites, or takes it from there. */
export function toggleFavourite(id: string, title: string): void {
  const { favourites } = useSettings.getState().settings;
  const isStarred = favourites.includes(id);
  changeSettings({
    favourites: isStarred ? favourites.filter((one) => one !== id) : [...favourites, id],
  });
  announce(isStarred ? `${title} is no favourite any more.` : `${title} is a favourite now.`);
}

/** The id of the palette's tile that has the keyboard; null = none has. */
function focusedTile(): string | null {
  const tile = document.activeElement?.closest<HTMLElement>('.palette-tile');
  return tile?.dataset['item'] ?? null;
}

export function isTileFocused(): boolean {
  return focusedTile() !== null;
}

/** The same for the tile that has the keyboard. */
export function toggleFocusedFavourite(): void {
  const id = focusedTile();
  if (id === null) return;
  const item = paletteGroups.flatMap(({ items }) => items).find((one) => itemId(one) === id);
  toggleFavourite(id, item === undefined ? id.replace(/^own-/, 'Your gate ') : titleOfItem(item));
}
