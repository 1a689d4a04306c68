import { AppError } from '#shared/base/errors.ts';
import type { Client } from '#shared/ipc/contract.ts';

let current: Client | null = null;

/** Sets the carrier; called once before the first paint. */
export function provideClient(client: Client): void {
  current = client;
}

/** The one way to the main process. */
export function client(): Client {
  if (current === null) {
    throw new AppError('unavailable', 'The window has no connection yet. Reload it.');
  }
  return current;
}
