import { type Settings, settingsSchema } from '#shared/ipc/library.ts';
import type { DocumentKind } from './stored-document.ts';

/** Settings as they are before anybody changed one. */
const defaults: Settings = {
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

/** The settings' document. */
export const settingsKind: DocumentKind<Settings> = {
  schemaVersion: 5,
  schema: settingsSchema,
  empty: () => defaults,
  migrations: {
    1: (data) => ({ ...(data as object), target: null }),
    2: (data) => ({ ...(data as object), keys: {} }),
    3: (data) => {
      const { favourites, minimap, exports } = defaults;
      return { ...(data as object), favourites, minimap, exports };
    },
    4: (data) => ({ ...(data as object), projects: [], recentDocuments: [] }),
  },
};
