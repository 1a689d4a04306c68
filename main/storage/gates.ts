import { z } from 'zod';
import { type LibraryGate, libraryGateSchema } from '#shared/ipc/library.ts';
import type { DocumentKind } from './stored-document.ts';

/** The document of the gates that are shared across circuits. */
export const gatesKind: DocumentKind<readonly LibraryGate[]> = {
  schemaVersion: 1,
  schema: z.array(libraryGateSchema),
  empty: () => [],
};
