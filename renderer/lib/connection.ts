import { create } from 'zustand';
import type { Client } from '#shared/ipc/contract.ts';

interface ConnectionState {
  readonly connected: boolean;
  /** It was there and is gone: a first connection is no loss. */
  readonly lost: boolean;
  /** Whether the browser could keep a copy of what is not saved. */
  readonly areDraftsKept: boolean;
}

/** Whether main can be reached now, and whether it ever was. */
export const useConnection = create<ConnectionState>(() => ({
  connected: false,
  lost: false,
  areDraftsKept: true,
}));

const patienceMs = 3000;

export function followConnection(client: Client): void {
  const update = (connected: boolean): void => {
    useConnection.setState((before) => ({
      connected,
      lost: !connected && (before.connected || before.lost),
    }));
  };
  update(client.connected);
  client.onConnection(update);
  // A host that never answers at the start is a loss as well.
  setTimeout(() => {
    if (!client.connected) useConnection.setState({ lost: true });
  }, patienceMs);
}
