import type { DockviewApi } from 'dockview-react';
import type { Command } from '#renderer/lib/commands.ts';
import { announce } from '#renderer/lib/notices.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';

let dock: DockviewApi | null = null;

/** Told by the dock when it stands and when it goes. */
export function keepDock(api: DockviewApi | null): void {
  dock = api;
}

const titles = {
  palette: 'Gates',
  designer: 'Circuit',
  editor: 'OpenQASM',
  exports: 'Export',
  histogram: 'Probabilities',
  bloch: 'Bloch vectors',
  amplitudes: 'Amplitudes',
  density: 'Density matrix',
  entanglement: 'Entanglement',
  paulis: 'Paulis',
} as const;

/** One command for each panel beside the circuit: in front of its group, with the keyboard in it. */
export const panelCommands: readonly Command[] = Object.entries(titles).map(([id, title]) => ({
  id: `panel.${id}`,
  title: `Show ${title}`,
  group: 'Window',
  when: () => activeDocument() !== null,
  run: () => {
    goTo('circuits');
    // The workspace may have to be laid out first, and the panel drawn.
    requestAnimationFrame(() => {
      const panel = dock?.getPanel(id);
      if (panel === undefined) return;
      panel.api.setActive();
      requestAnimationFrame(() => focusIn(panel.view.content.element, title));
    });
  },
}));

const takesKeys =
  '[role=grid], .native-edit-context, select, [role=radio][tabindex="0"], input, button, a[href]';

function focusIn(panel: HTMLElement, title: string): void {
  const seen = Array.from(panel.querySelectorAll<HTMLElement>(takesKeys));
  seen.find((one) => one.getClientRects().length > 0)?.focus();
  announce(title);
}
