import { lazy, type ReactNode, Suspense } from 'react';
import { unreachable } from '#shared/base/assert.ts';
import { useNavigation, type WorkspaceId } from '#renderer/lib/navigation.ts';
import { Gallery } from '#renderer/features/documents/index.tsx';
import { CompareDialog, ProblemsDialog } from '#renderer/features/editor/index.tsx';
import { PanelBoundary } from '#renderer/ui/panel-boundary.tsx';
import { Skeleton } from '#renderer/ui/states.tsx';
import { ActivityBar } from './activity-bar.tsx';
import { Circuits } from './circuits.tsx';
import { allCommands } from './commands.ts';
import { CommandPalette } from './command-palette.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { useKeymap } from './keymap.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { StatisticsDialog } from './statistics-dialog.tsx';
import { StatusBar } from './status-bar.tsx';
import { ErrorRow, Toasts } from './toasts.tsx';

const Training = lazy(async () => ({
  default: (await import('#renderer/features/training/index.tsx')).Training,
}));
const Models = lazy(async () => ({
  default: (await import('#renderer/features/models/index.tsx')).Models,
}));
const Benchmarks = lazy(async () => ({
  default: (await import('#renderer/features/benchmarks/index.tsx')).Benchmarks,
}));
const Hardware = lazy(async () => ({
  default: (await import('#renderer/features/hardware/index.tsx')).Hardware,
}));
const Data = lazy(async () => ({
  default: (await import('#renderer/features/data/index.tsx')).Data,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('#renderer/features/settings/index.tsx')).SettingsPage,
}));

/** The frame of the window: activity bar, the workspace that is open, status bar, overlays. */
export function Shell() {
  useKeymap();
  const workspace = useNavigation((state) => state.workspace);
  return (
    <div className="shell">
      <ActivityBar />
      <main className="shell-main" aria-label="Workspace" tabIndex={-1}>
        <ConnectionBanner />
        <div className="shell-workspace">
          <PanelBoundary key={workspace}>
            <Suspense fallback={<Skeleton label="Opening workspace" />}>
              {workspaceOf(workspace)}
            </Suspense>
          </PanelBoundary>
        </div>
        <ErrorRow />
      </main>
      <StatusBar />
      <CommandPalette />
      <Gallery />
      <CompareDialog />
      <ProblemsDialog />
      <ShortcutSheet />
      <StatisticsDialog />
      <Toasts />
    </div>
  );
}

function workspaceOf(workspace: WorkspaceId): ReactNode {
  switch (workspace) {
    case 'circuits':
      return <Circuits />;
    case 'training':
      return <Training />;
    case 'models':
      return <Models />;
    case 'benchmarks':
      return <Benchmarks />;
    case 'hardware':
      return <Hardware />;
    case 'data':
      return <Data />;
    case 'settings':
      return <SettingsPage commands={allCommands} />;
    default:
      return unreachable(workspace);
  }
}
