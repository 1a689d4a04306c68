import type { IpcMain, IpcMainEvent, MessageChannelMain, MessagePortMain } from 'electron';
import type { Call } from './ipc/call.ts';
import type { EventHub } from './ipc/event-hub.ts';
import { serveCarrier } from './ipc/serve.ts';
import { isOwnPage } from './window.ts';

/** A page asks for its port with this message and is sent it under the same name. */
const portChannel = 'ketbench:port';

/** Hands each page of ours a port over which requests and events travel; others get nothing. */
export function servePorts(
  ipcMain: Pick<IpcMain, 'on'>,
  createChannel: () => MessageChannelMain,
  call: Call,
  hub: EventHub,
): void {
  ipcMain.on(portChannel, (event) => {
    if (!isFromOwnPage(event)) return;
    const { port1, port2 } = createChannel();
    servePort(port1, call, hub);
    event.sender.postMessage(portChannel, null, [port2]);
  });
}

/** Only the top frame of our own page is answered: an embedded page is not ours. */
function isFromOwnPage({ senderFrame, sender }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}

function servePort(port: MessagePortMain, call: Call, hub: EventHub): void {
  const connection = serveCarrier(
    { send: (bytes) => port.postMessage(bytes), close: () => port.close() },
    call,
    hub,
  );
  port.on('message', ({ data }) => {
    if (data instanceof Uint8Array) connection.received(data);
  });
  port.on('close', () => connection.dispose());
  port.start();
}
