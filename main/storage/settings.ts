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
  projects: [],
  recentDocuments: [],
};

/** The settings' document. */
export const settingsKind: DocumentKind<Settings> = {
  schemaVersion: 4,
  schema: settingsSchema,
  empty: () => defaults,
  migrations: {
    1: (data) => ({ ...(data as object), target: null }),
    2: (data) => ({ ...(data as object), keys: {} }),
    3: (data) => ({ ...(data as object), projects: [], recentDocuments: [] }),
  },
};
