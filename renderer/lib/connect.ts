import type { Client } from '#shared/ipc/contract.ts';
import {
  type Bridge,
  connectBridge,
  connectWebSocket,
  type SocketLike,
} from '#shared/ipc/client.ts';

declare global {
  interface Window {
    /** What the preload script of the desktop shell puts into the page. */
    readonly ketbench?: Bridge;
  }
}

/** The carrier that is there: the desktop shell's bridge, else the socket of the host that served the page. */
export function connect(): Client {
  if (window.ketbench !== undefined) return connectBridge(window.ketbench);
  const address = new URL('/api/socket', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return connectWebSocket(address.href, {
    // A browser's socket has more in its types than the carrier uses, with narrower callbacks.
    createSocket: (url) => new WebSocket(url) as unknown as SocketLike,
    later: (ms, call) => void setTimeout(call, ms),
  });
}
