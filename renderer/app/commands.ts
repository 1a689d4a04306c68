import type { Command } from '#renderer/lib/commands.ts';
import { goTo, showOverlay, useNavigation, type WorkspaceId } from '#renderer/lib/navigation.ts';
import { changeSettings } from '#renderer/lib/settings.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { useTheme } from '#renderer/lib/theme.ts';
import { designerCommands } from '#renderer/features/designer/commands.ts';
import { panelCommands } from './panel-commands.ts';
import { focusWorkspace, goToRegion } from './regions.ts';
import { documentCommands } from '#renderer/features/documents/commands.ts';
import { textCommands } from '#renderer/features/editor/commands.ts';
import { trainingCommands } from '#renderer/features/training/commands.ts';
import { benchmarkCommands } from '#renderer/features/benchmarks/commands.ts';
import { dataCommands } from '#renderer/features/data/commands.ts';
import { hardwareCommands } from '#renderer/features/hardware/commands.ts';
import { modelCommands } from '#renderer/features/models/commands.ts';
import { exportCommands } from '#renderer/features/exports/commands.ts';

const go = (workspace: WorkspaceId, title: string, digit: number): Command => ({
  id: `go.${workspace}`,
  title: `Go to ${title}`,
  group: 'Window',
  shortcut: `Alt+${digit}`,
  whileTyping: true,
  run: () => {
    goTo(workspace);
    requestAnimationFrame(focusWorkspace);
  },
});

const windowCommands: readonly Command[] = [
  {
    id: 'window.palette',
    title: 'Command palette',
    group: 'Window',
    shortcut: 'Mod+K',
    whileTyping: true,
    run: () => showOverlay('palette'),
  },
  {
    id: 'window.palette-alternative',
    title: 'Command palette (second key)',
    group: 'Window',
    shortcut: 'Mod+Shift+P',
    whileTyping: true,
    run: () => showOverlay('palette'),
  },
  {
    id: 'window.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Window',
    shortcut: '?',
    run: () => showOverlay('shortcuts'),
  },
  {
    id: 'window.region-next',
    title: 'Next region of the window',
    group: 'Window',
    shortcut: 'F6',
    whileTyping: true,
    run: () => goToRegion(1),
  },
  {
    id: 'window.region-previous',
    title: 'Previous region of the window',
    group: 'Window',
    shortcut: 'Shift+F6',
    whileTyping: true,
    run: () => goToRegion(-1),
  },
  {
    id: 'window.statistics',
    title: 'Circuit statistics',
    group: 'Circuit',
    shortcut: 'Alt+I',
    whileTyping: true,
    when: () => activeDocument() !== null && useNavigation.getState().workspace === 'circuits',
    run: () => showOverlay('statistics'),
  },
  {
    id: 'window.theme',
    title: 'Switch between light and dark',
    group: 'Window',
    run: () => changeSettings({ theme: useTheme.getState().theme === 'dark' ? 'light' : 'dark' }),
  },
  {
    id: 'window.theme-system',
    title: 'Follow the theme of the system',
    group: 'Window',
    run: () => changeSettings({ theme: 'system' }),
  },
  go('circuits', 'Circuits', 1),
  go('training', 'Training', 2),
  go('benchmarks', 'Benchmarks', 3),
  go('hardware', 'Hardware', 4),
  go('data', 'Data', 5),
  go('models', 'Models', 6),
  go('settings', 'Settings', 7),
];

/** Every command of the window, once. */
export const allCommands: readonly Command[] = [
  ...documentCommands,
  ...exportCommands,
  ...designerCommands,
  ...textCommands,
  ...trainingCommands,
  ...benchmarkCommands,
  ...hardwareCommands,
  ...dataCommands,
  ...modelCommands,
  ...panelCommands,
  ...windowCommands,
];
