import 'dockview-react/dist/styles/dockview.css';
import './dock.css';
import {
  DockviewReact,
  type DockviewReadyEvent,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
} from 'dockview-react';
import {
  Activity,
  type FunctionComponent,
  type ReactNode,
  useEffect,
  useSyncExternalStore,
} from 'react';
import { Designer, Palette } from '#renderer/features/designer/index.tsx';
import { Editor } from '#renderer/features/editor/index.tsx';
import { ExportsPanel } from '#renderer/features/exports/index.tsx';
import {
  AmplitudesPanel,
  BlochPanel,
  DensityPanel,
  EntanglementPanel,
  followActiveCircuit,
  HistogramPanel,
  PauliPanel,
} from '#renderer/features/inspector/index.tsx';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import { useTheme } from '#renderer/lib/theme.ts';
import { PanelBoundary } from '#renderer/ui/panel-boundary.tsx';
import { addMissing, arrangeUsual, readLayout, type SavedLayout } from './dock-layout.ts';
import { keepDock } from './panel-commands.ts';

function guarded(content: ReactNode): FunctionComponent {
  return () => <PanelBoundary>{content}</PanelBoundary>;
}

/** A view that follows each edit only while it is on top of its group, and keeps its state behind. */
function followingWhenShown(content: ReactNode): FunctionComponent<IDockviewPanelProps> {
  return ({ api }) => {
    const isShown = useSyncExternalStore(
      (changed) => {
        const watching = api.onDidVisibilityChange(changed);
        return () => watching.dispose();
      },
      () => api.isVisible,
    );
    return (
      <PanelBoundary>
        <Activity mode={isShown ? 'visible' : 'hidden'}>{content}</Activity>
      </PanelBoundary>
    );
  };
}

const panels = {
  palette: guarded(<Palette />),
  designer: guarded(<Designer />),
  editor: guarded(<Editor />),
  exports: followingWhenShown(<ExportsPanel />),
  histogram: followingWhenShown(<HistogramPanel />),
  bloch: followingWhenShown(<BlochPanel />),
  amplitudes: followingWhenShown(<AmplitudesPanel />),
  entanglement: followingWhenShown(<EntanglementPanel />),
  density: followingWhenShown(<DensityPanel />),
  paulis: followingWhenShown(<PauliPanel />),
};

/** Docked panels that all show the active circuit. */
export function Dock() {
  useEffect(followActiveCircuit, []);
  useEffect(() => () => keepDock(null), []);
  const theme = useTheme((state) => state.theme);
  return (
    <div className="dock">
      <DockviewReact
        components={panels}
        theme={{ name: 'ketbench', className: 'dock-theme', colorScheme: theme }}
        defaultTabComponent={PanelTab}
        onReady={ready}
        disableFloatingGroups
      />
    </div>
  );
}

/** A tab with its title only: panels can be moved, not lost. */
function PanelTab({ api }: IDockviewPanelHeaderProps) {
  return <span className="panel-tab">{api.title}</span>;
}

const saveDelayMs = 500;

function ready({ api }: DockviewReadyEvent): void {
  const saved = readLayout(useSettings.getState().settings.layout);
  try {
    if (saved === null) arrangeUsual(api);
    else {
      api.fromJSON(saved.dock);
      // Panels cannot be closed: a layout without its first one is broken.
      if (api.getPanel('designer') === undefined) throw new Error('The saved layout is empty.');
      addMissing(api);
    }
  } catch {
    // A layout of another version: the usual one is always right.
    api.clear();
    arrangeUsual(api);
  }
  keepDock(api);
  let timer: ReturnType<typeof setTimeout> | undefined;
  api.onDidLayoutChange(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // The user went to another workspace meanwhile: the dock has been taken apart.
      if (api.panels.length === 0) return;
      const layout: SavedLayout = { version: 1, dock: api.toJSON() };
      changeSettings({ layout });
    }, saveDelayMs);
  });
}
