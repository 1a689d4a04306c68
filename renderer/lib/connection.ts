import { create } from 'zustand';
import type { Client } from '#shared/ipc/contract.ts';

/** Whether main can be reached now, and whether it ever was: a first connection is no loss. */
export const useConnection = create<{ readonly connected: boolean; readonly lost: boolean }>(
  () => ({ connected: false, lost: false }),
);

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
