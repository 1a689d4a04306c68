import { create } from 'zustand';
import type { Settings } from '#shared/ipc/library.ts';
import { client } from './client.ts';
import { notifyError } from './notices.ts';

interface SettingsState {
  readonly settings: Settings;
  readonly loaded: boolean;
}

const initial: Settings = {
  theme: 'system',
  layout: null,
  bitOrder: 'little',
  openDocuments: [],
  activeDocument: null,
  monthlyBudget: null,
  target: null,
  keys: {},
  favourites: [],
  minimap: true,
  exports: { format: 'qiskit', dpi: 300, look: 'light', pageWidth: null },
  projects: [],
  recentDocuments: [],
};

export const useSettings = create<SettingsState>(() => ({ settings: initial, loaded: false }));

/** Takes the settings as main has them; later changes arrive as events. */
export function receiveSettings(settings: Settings): void {
  useSettings.setState({ settings, loaded: true });
}

/** Applies at once in the window and saves behind. */
export function changeSettings(change: Partial<Settings>): void {
  useSettings.setState((state) => ({ settings: { ...state.settings, ...change } }));
  client().request('settings.set', change).catch(notifyError);
}
