import type { Command } from '#renderer/lib/commands.ts';
import { useNavigation } from '#renderer/lib/navigation.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { chooseExport, looks, widths } from './choice.ts';

const isOpen = (): boolean =>
  activeDocument() !== null && useNavigation.getState().workspace === 'circuits';
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
    id: 'export.pdf',
    title: 'Save the drawing as PDF',
    group: 'Document',
    when: isOpen,
    run: () => void loadSave().then(({ saveAsPdf }) => saveAsPdf()),
  },
  {
    id: 'export.png',
    title: 'Save the drawing as PNG',
    group: 'Document',
    when: isOpen,
    run: () =>
      void loadSave().then(({ savePicture }) =>
        savePicture(useSettings.getState().settings.exports.dpi),
      ),
  },
  ...looks.map(({ id, title }) => ({
    id: `export.look-${id}`,
    title: `Saved drawings: ${title.toLowerCase()}`,
    group: 'Document',
    when: isOpen,
    run: () => chooseExport({ look: id }),
  })),
  ...widths.map(({ pixels, title }) => ({
    id: `export.width-${pixels ?? 'any'}`,
    title: `Saved drawings: ${title.toLowerCase()}`,
    group: 'Document',
    when: isOpen,
    run: () => chooseExport({ pageWidth: pixels }),
  })),
];
