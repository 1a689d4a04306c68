import { type CircuitView, circuitViews } from '#renderer/lib/workspace/beside.ts';
import { activeDocument, changeBeside } from '#renderer/lib/workspace/workspace-store.ts';
import { announce } from '#renderer/lib/notices.ts';

/** What each view is called and does. */
export const viewTitles: Readonly<Record<CircuitView, string>> = {
  left: 'Left-aligned: gates stand as far left as they go',
  layers: 'Layers: gates that run at the same time stand together',
  free: 'Freeform: gates stay in the columns where they are put',
};

/** Draws the active circuit in another view; the circuit itself stays. */
export function showView(view: CircuitView): void {
  const document = activeDocument();
  if (document === null) return;
  changeBeside(document.key, () => ({ view }));
  announce(`${viewTitles[view]}.`);
}

export function nextViewAfter(view: CircuitView): CircuitView {
  const at = circuitViews.indexOf(view);
  return circuitViews[(at + 1) % circuitViews.length] ?? 'left';
}

export function showNextView(): void {
  const view = activeDocument()?.beside.view;
  if (view !== undefined) showView(nextViewAfter(view));
}
