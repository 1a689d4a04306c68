import type { Command } from '#renderer/lib/commands.ts';
import { useNavigation } from '#renderer/lib/navigation.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import {
  addQubit,
  cutInHand,
  editInHand,
  groupInHand,
  letGo,
  leapCursor,
  moveCursor,
  moveCursorOnly,
  placeAtCursor,
  removeInHand,
  removeQubit,
  selectAll,
  shift,
  step,
  toggleCard,
  toggleControl,
  toggleMark,
  ungroupInHand,
  zoomBy,
  zoomToFit,
} from './actions.ts';
import { askForArray, copyInHand, duplicateInHand, extendRange, paste } from './copy-actions.ts';
import { goToText, toggleBlockInHand, walkInside } from './block-actions.ts';
import { goToFound, openFind } from './find-actions.ts';
import { askForDisplay } from './display-actions.ts';
import { isTileFocused, toggleFocusedFavourite } from './favourites.ts';
import { toggleMinimap } from './designer-store.ts';
import { keepInHand } from './own-gates.ts';
import { openMenuAtCursor } from './menu-actions.ts';
import { askForBlock } from './statement-actions.ts';
import { askForNote } from './note-actions.ts';
import { addParameter, goToParameters } from './parameter-actions.ts';
import {
  addBits,
  askRegisterName,
  insertWire,
  measureAll,
  moveCursorWire,
  removeWire,
} from './wire-actions.ts';
import { runCommands } from './run-commands.ts';
import { showNextView, showView } from './view-actions.ts';
import { itemId, type PaletteItem, paletteGroups, titleOfItem } from './palette-items.ts';

export { ownGateCommands } from './own-gates.ts';

const isOpen = (): boolean =>
  activeDocument() !== null && useNavigation.getState().workspace === 'circuits';
const hasFocus = (): boolean =>
  isOpen() && document.activeElement?.closest('[data-designer]') !== null;

const letters: readonly (readonly [key: string, item: string])[] = [
  ['H', 'h'],
  ['X', 'x'],
  ['Y', 'y'],
  ['Z', 'z'],
  ['S', 's'],
  ['Shift+S', 'sdg'],
  ['T', 't'],
  ['Shift+T', 'tdg'],
  ['V', 'sx'],
  ['Shift+V', 'sxdg'],
  ['P', 'p'],
  ['U', 'u'],
  ['W', 'swap'],
  ['Shift+X', 'rx'],
  ['Shift+Y', 'ry'],
  ['Shift+Z', 'rz'],
  ['M', 'measure'],
  ['R', 'reset'],
  ['B', 'barrier'],
  ['Q', 'delay'],
];

const byId = new Map<string, PaletteItem>(
  paletteGroups.flatMap((group) => group.items.map((item) => [itemId(item), item] as const)),
);

const placing: readonly Command[] = letters.flatMap(([shortcut, id]) => {
  const item = byId.get(id);
  if (item === undefined) return [];
  const title = `Place ${titleOfItem(item)} at the cursor`;
  return {
    id: `designer.place-${id}`,
    title,
    group: 'Gates',
    shortcut,
    when: hasFocus,
    run: () => placeAtCursor(item),
  };
});

const arrows = [
  ['ArrowLeft', 'left', 0, -1],
  ['ArrowRight', 'right', 0, 1],
  ['ArrowUp', 'up', -1, 0],
  ['ArrowDown', 'down', 1, 0],
] as const;

const moving: readonly Command[] = arrows.flatMap(([key, word, rows, columns]) => [
  {
    id: `designer.cursor-${word}`,
    title: `Cursor ${word}`,
    group: 'Circuit',
    shortcut: key,
    when: hasFocus,
    run: () => moveCursor(rows, columns),
  },
  {
    id: `designer.move-${word}`,
    title: `Move selection ${word}`,
    group: 'Circuit',
    shortcut: `Shift+${key}`,
    when: hasFocus,
    run: () => shift(rows, columns),
  },
]);

const leaping: readonly Command[] = [
  command('cursor-first', 'Cursor to the first column', 'Home', () => leapCursor('first')),
  command('cursor-last', 'Cursor behind the last column', 'End', () => leapCursor('last')),
  command('cursor-start', 'Cursor to the start of the circuit', 'Mod+Home', () =>
    leapCursor('start'),
  ),
  command('cursor-end', 'Cursor to the end of the circuit', 'Mod+End', () => leapCursor('end')),
];

function command(
  id: string,
  title: string,
  shortcut: string | null,
  run: () => void,
  when: () => boolean = hasFocus,
): Command {
  const keys = shortcut === null ? {} : { shortcut };
  return { id: `designer.${id}`, title, group: 'Circuit', ...keys, when, run };
}

/** What can be done to the circuit by key or palette. */
export const designerCommands: readonly Command[] = [
  ...runCommands,
  ...placing,
  ...moving,
  ...leaping,
  command('mark-control', 'Mark wire as control of the next gate', 'C', toggleMark),
  command(
    'toggle-control',
    'Control, anti-control or none on the cursor’s wire for the selected gate',
    'Shift+C',
    toggleControl,
  ),
  command('wire-up', 'Cursor up, selection stays', 'Alt+ArrowUp', () => moveCursorOnly(-1)),
  command('wire-down', 'Cursor down, selection stays', 'Alt+ArrowDown', () => moveCursorOnly(1)),
  command('condition', 'Condition on the gate…', 'K', () => askForBlock('if')),
  command('loop', 'Loop, branch or box around it…', 'E', () => askForBlock('for')),
  command('fold', 'Open or close the block', 'F', toggleBlockInHand),
  command('inside-next', 'Next statement in the block', 'Alt+ArrowRight', () => walkInside(1)),
  command('inside-back', 'Previous statement in the block', 'Alt+ArrowLeft', () => walkInside(-1)),
  command('text', 'Go to the statement in the text', 'Alt+T', goToText),
  command('wire-above', 'Insert a wire above', 'Shift+O', () => insertWire('above')),
  command('wire-below', 'Insert a wire below', 'O', () => insertWire('below')),
  command('wire-remove', 'Remove this wire', 'Shift+Delete', removeWire),
  command('wire-move-up', 'Move the wire up', 'Alt+Shift+ArrowUp', () => moveCursorWire(-1)),
  command('wire-move-down', 'Move the wire down', 'Alt+Shift+ArrowDown', () => moveCursorWire(1)),
  command('rename-register', 'Rename the register', 'F2', askRegisterName),
  command('measure-all', 'Measure all qubits', 'Alt+M', measureAll, isOpen),
  command('add-bits', 'Add a classical register', null, addBits, isOpen),
  command('view-next', 'Next view: left-aligned, layers, freeform', 'L', showNextView, isOpen),
  command('view-left', 'View left-aligned', null, () => showView('left'), isOpen),
  command('view-layers', 'View in layers of the schedule', null, () => showView('layers'), isOpen),
  command('view-free', 'View freeform', null, () => showView('free'), isOpen),
  command('find', 'Find in the circuit', 'Mod+F', openFind, isOpen),
  command('find-next', 'Find the next', 'F3', () => goToFound(1), isOpen),
  command('find-previous', 'Find the previous', 'Shift+F3', () => goToFound(-1), isOpen),
  command('display', 'Pin a display of the state here', 'D', askForDisplay),
  command('group', 'Make a gate of the selection', 'Mod+G', groupInHand),
  command('keep', 'Keep the gate in the library', null, keepInHand),
  command('ungroup', 'Write an own gate out', 'Mod+Shift+G', ungroupInHand),
  command('edit', 'Edit angles, the bit of a measurement or a duration', 'Enter', editInHand),
  command('parameters', 'Go to the named parameters', 'A', goToParameters),
  command('add-parameter', 'Add a named parameter', 'Shift+A', addParameter, isOpen),
  command('note', 'Write a note on the gate', 'N', () => askForNote('note')),
  command('column-note', 'Write a note on the column', 'Shift+N', () => askForNote('column-note')),
  command(
    'favourite',
    'Favourite or not: the gate of the palette with the keyboard',
    '*',
    toggleFocusedFavourite,
    isTileFocused,
  ),
  command('card', 'What this gate does', 'I', toggleCard),
  command('menu', 'Menu of what is at the cursor', 'Shift+F10', openMenuAtCursor),
  command('menu-second', 'Menu (second key)', 'ContextMenu', openMenuAtCursor),
  command('remove', 'Remove', 'Delete', removeInHand),
  command('remove-back', 'Remove (second key)', 'Backspace', removeInHand),
  command('copy', 'Copy', 'Mod+C', copyInHand),
  command('cut', 'Cut', 'Mod+X', cutInHand),
  command('paste', 'Paste at the cursor', 'Mod+V', paste),
  command('duplicate', 'Duplicate', 'Mod+D', duplicateInHand),
  command('replicate', 'Replicate over wires and columns', 'Mod+Shift+D', askForArray),
  command('range-left', 'Select columns to the left', 'Alt+Shift+ArrowLeft', () => extendRange(-1)),
  command('range-right', 'Select columns to the right', 'Alt+Shift+ArrowRight', () =>
    extendRange(1),
  ),
  command('select-all', 'Select everything', 'Mod+A', selectAll),
  command('let-go', 'Let go of the selection', 'Escape', letGo),
  command('step-back', 'Step back: views show one column less', ',', () => step(-1), isOpen),
  command('step-on', 'Step on: views show one column more', '.', () => step(1), isOpen),
  command('add-qubit', 'Add a qubit', '+', addQubit, isOpen),
  command('remove-qubit', 'Remove the last qubit', '-', removeQubit, isOpen),
  command('fit', 'Zoom to fit', '0', zoomToFit, isOpen),
  command('minimap', 'Show or hide the overview', 'Shift+M', toggleMinimap, isOpen),
  command('zoom-in', 'Zoom in', null, () => zoomBy(1.25), isOpen),
  command('zoom-out', 'Zoom out', null, () => zoomBy(0.8), isOpen),
];
