import type { Command } from '#renderer/lib/commands.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { useExportChoice } from './choice.ts';

const isOpen = (): boolean => activeDocument() !== null;
// The exporters are not needed before the first paint.
const loadSave = () => import('./save.ts');

/** What can be exported from anywhere in the window. */
export const exportCommands: readonly Command[] = [
  {
    id: 'export.svg',
    title: 'Save the drawing as SVG',
    group: 'Document',
    when: isOpen,
    run: () => void loadSave().then(({ saveDrawing }) => saveDrawing()),
  },
  {
    id: 'export.png',
    title: 'Save the drawing as PNG',
    group: 'Document',
    when: isOpen,
    run: () =>
      void loadSave().then(({ savePicture }) => savePicture(useExportChoice.getState().dpi)),
  },
];
