import { create } from 'zustand';
import type { Client } from '#shared/ipc/contract.ts';

/** Whether main can be reached now. */
export const useConnection = create<{ readonly connected: boolean }>(() => ({ connected: true }));

export function followConnection(client: Client): void {
  useConnection.setState({ connected: client.connected });
  client.onConnection((connected) => useConnection.setState({ connected }));
}
