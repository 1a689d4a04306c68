import { connectBridge, connectWebSocket } from '#shared/ipc/client.ts';
import type { Bridge } from '#shared/ipc/client.ts';
import type { Client } from '#shared/ipc/contract.ts';

declare global {
  interface Window {
    /** What the preload script of the desktop shell puts into the page. */
    readonly ketbench?: Bridge;
  }
}

/** The carrier that is there: the desktop shell's bridge, else the loopback host's socket. */
export function connect(): Client {
  if (window.ketbench !== undefined) return connectBridge(window.ketbench);
  return connectWebSocket(`ws://${window.location.host}/api/socket`, {
    createSocket: (url) => new WebSocket(url),
    later: (ms, call) => window.setTimeout(call, ms),
  });
}
