import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '#shared/ipc/client.ts';

/** The one thing that the page sees of Electron: bytes out, bytes in. */
const channel = 'ketbench:port';
const waiting: Uint8Array[] = [];
let port: MessagePort | null = null;
let receiver: ((bytes: Uint8Array) => void) | null = null;

const bridge: Bridge = {
  post(bytes) {
    if (port === null) waiting.push(bytes);
    else port.postMessage(bytes);
  },
  listen(receive) {
    receiver = receive;
  },
};

ipcRenderer.on(channel, (event) => {
  port = event.ports[0] ?? null;
  if (port === null) return;
  port.onmessage = (message: MessageEvent<Uint8Array>) => receiver?.(message.data);
  for (const bytes of waiting.splice(0)) port.postMessage(bytes);
});

contextBridge.exposeInMainWorld('ketbench', bridge);
ipcRenderer.send(channel);
