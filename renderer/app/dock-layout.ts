import type { DockviewApi, SerializedDockview } from 'dockview-react';

/** What is kept of the dock between sessions. */
export interface SavedLayout {
  readonly version: 1;
  readonly dock: SerializedDockview;
}

/** The saved layout; null where there is none or it is of another version. */
export function readLayout(value: unknown): SavedLayout | null {
  if (typeof value !== 'object' || value === null) return null;
  const { version, dock } = value as Partial<SavedLayout>;
  return version === 1 && typeof dock === 'object' ? { version, dock } : null;
}

/** Gates at the left, the drawing in the middle, text at the right, results below. */
export function arrangeUsual(api: DockviewApi): void {
  const designer = api.addPanel({ id: 'designer', component: 'designer', title: 'Circuit' });
  const palette = api.addPanel({
    id: 'palette',
    component: 'palette',
    title: 'Gates',
    position: { referencePanel: designer, direction: 'left' },
    initialWidth: 216,
  });
  const histogram = api.addPanel({
    id: 'histogram',
    component: 'histogram',
    title: 'Probabilities',
    position: { referencePanel: designer, direction: 'below' },
    initialHeight: Math.round(window.innerHeight * 0.38),
  });
  api.addPanel({
    id: 'editor',
    component: 'editor',
    title: 'OpenQASM',
    position: { referencePanel: designer, direction: 'right' },
    initialWidth: Math.round(Math.min(460, window.innerWidth * 0.28)),
  });
  api.addPanel({
    id: 'bloch',
    component: 'bloch',
    title: 'Bloch vectors',
    position: { referencePanel: histogram, direction: 'right' },
    initialWidth: Math.round(window.innerWidth * 0.4),
  });
  addMissing(api);
  palette.api.setSize({ width: 216 });
}

/** Panels that stand as a tab behind another one. */
const companions = [
  { id: 'exports', title: 'Export', behind: 'editor' },
  { id: 'amplitudes', title: 'Amplitudes', behind: 'bloch' },
  { id: 'density', title: 'Density matrix', behind: 'bloch' },
  { id: 'entanglement', title: 'Entanglement', behind: 'bloch' },
  { id: 'paulis', title: 'Paulis', behind: 'bloch' },
] as const;

/** Adds what a layout lacks: panels that did not exist yet when it was saved. */
export function addMissing(api: DockviewApi): void {
  for (const { id, title, behind } of companions) {
    if (api.getPanel(id) !== undefined) continue;
    const reference = api.getPanel(behind);
    const position =
      reference === undefined
        ? {}
        : { position: { referencePanel: reference, direction: 'within' as const } };
    api.addPanel({ id, component: id, title, ...position, inactive: true });
  }
}
