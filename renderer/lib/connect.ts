import { AppError } from '#shared/base/errors.ts';
import type { Client } from '#shared/ipc/contract.ts';

declare global {
  interface Window {
    /** What the preload script of the desktop shell puts into the page. */
    readonly ketbench?: { readonly client: Client };
  }
}

/** The carrier that is there: the desktop shell's bridge. */
export function connect(): Client {
  return window.ketbench?.client ?? withoutCarrier();
}

function withoutCarrier(): Client {
  return {
    request: (name) =>
      Promise.reject(
        new AppError('unavailable', `Nothing answers “${name}”. Start Ketbench with npm start.`),
      ),
    on: () => () => {},
    connected: false,
    onConnection: () => () => {},
  };
}
