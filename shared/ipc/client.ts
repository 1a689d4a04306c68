import { AppError } from '../base/errors.ts';
import type { Disposable } from '../base/disposable.ts';
import type {
  AbortSignalLike,
  Client,
  EventName,
  EventPayload,
  RequestInput,
  RequestName,
  RequestOutput,
} from './contract.ts';
import { decodeHostMessage, encodeMessage, errorFromData, type HostMessage } from './wire.ts';

/** What a client needs of a WebSocket; the browser's and Node's both fit. */
export interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** The pieces of a browser that shared code does not name itself. */
export interface SocketPlatform {
  createSocket(url: string): SocketLike;
  /** Calls once after so many milliseconds. */
  later(ms: number, call: () => void): void;
}

/** What a client needs of a MessagePort. */
export interface PortLike {
  onmessage: ((event: never) => void) | null;
  postMessage(message: unknown): void;
  start?(): void;
  close(): void;
}

/** What the preload script shows to the page: bytes in, bytes out, nothing else. */
export interface Bridge {
  post(bytes: Uint8Array): void;
  /** The one receiver of everything that comes. */
  listen(receive: (bytes: Uint8Array) => void): void;
}

export type ConnectedClient = Client & Disposable;

/** Events are acknowledged in groups; the sender waits when too many are open. */
const acknowledgeEvery = 16;
const reconnectMs = [50, 200, 500, 1000, 2000] as const;

interface Pending {
  readonly resolve: (output: never) => void;
  readonly reject: (error: AppError) => void;
}

/** Requests, events and their numbers, above any carrier that sends bytes. */
class WireClient implements Client {
  #send: ((bytes: Uint8Array<ArrayBuffer>) => void) | null = null;
  #waiting: { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];
  #pending = new Map<number, Pending>();
  #listeners = new Map<string, Set<(payload: never) => void>>();
  #connectionListeners = new Set<(connected: boolean) => void>();
  #nextId = 1;
  #session: string | null = null;
  #lastEvent = 0;
  #acknowledged = 0;
  #connected = false;

  get connected(): boolean {
    return this.#connected;
  }

  async request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    signal?: AbortSignalLike,
  ): Promise<RequestOutput<N>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const bytes = encodeMessage({ kind: 'request', id, name, input });
      this.#pending.set(id, { resolve, reject });
      signal?.addEventListener('abort', () => {
        if (this.#pending.has(id)) this.#send?.(encodeMessage({ kind: 'cancel', id }));
      });
      if (this.#connected) this.#send?.(bytes);
      else this.#waiting.push({ id, bytes });
    });
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.#connectionListeners.add(listener);
    return () => void this.#connectionListeners.delete(listener);
  }

  /** The carrier is up: says who we are; requests go out once the other side has answered. */
  opened(send: (bytes: Uint8Array<ArrayBuffer>) => void): void {
    this.#send = send;
    send(encodeMessage({ kind: 'hello', session: this.#session, lastEvent: this.#lastEvent }));
  }

  /** The carrier is down: what was asked may or may not have been done. */
  closed(): void {
    this.#send = null;
    // What never went out was surely not done, and may be asked again elsewhere.
    const unsent = new Set(this.#waiting.map(({ id }) => id));
    this.#waiting = [];
    const lost = [...this.#pending];
    this.#pending.clear();
    for (const [id, { reject }] of lost) {
      const message = 'The connection to Ketbench was lost. It is being restored.';
      reject(new AppError('unavailable', message, unsent.has(id) ? { done: false } : {}));
    }
    this.#setConnected(false);
  }

  received(bytes: Uint8Array): void {
    const message = decodeHostMessage(bytes);
    switch (message.kind) {
      case 'welcome':
        return this.#welcomed(message);
      case 'answer':
        return this.#take(message.id)?.resolve(message.output as never);
      case 'failure':
        return this.#take(message.id)?.reject(errorFromData(message.error));
      case 'event':
        return this.#heard(message);
    }
  }

  #welcomed(message: HostMessage & { kind: 'welcome' }): void {
    this.#session = message.session;
    // Numbers start anew in another session, and where the missed events are no longer kept.
    if (!message.resumed) this.#lastEvent = message.lastEvent;
    this.#acknowledged = this.#lastEvent;
    for (const { bytes } of this.#waiting.splice(0)) this.#send?.(bytes);
    this.#setConnected(true);
  }

  #heard(message: HostMessage & { kind: 'event' }): void {
    // A replay may overlap with what arrived just before the connection broke.
    if (message.number <= this.#lastEvent) return;
    this.#lastEvent = message.number;
    for (const listener of Array.from(this.#listeners.get(message.name) ?? [])) {
      listener(message.payload as never);
    }
    if (this.#lastEvent - this.#acknowledged < acknowledgeEvery) return;
    this.#acknowledged = this.#lastEvent;
    this.#send?.(encodeMessage({ kind: 'acknowledge', number: this.#lastEvent }));
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #setConnected(connected: boolean): void {
    if (this.#connected === connected) return;
    this.#connected = connected;
    for (const listener of Array.from(this.#connectionListeners)) listener(connected);
  }
}

/**
 * A client over a WebSocket. It reconnects by itself and catches up on missed events; where that is
 * no longer possible it only reports the new connection, and the caller reads its state anew.
 */
export function connectWebSocket(url: string, platform: SocketPlatform): ConnectedClient {
  const client = new WireClient();
  let socket: SocketLike | null = null;
  let attempts = 0;
  let ended = false;

  function open(): void {
    if (ended) return;
    const current = platform.createSocket(url);
    socket = current;
    current.binaryType = 'arraybuffer';
    current.onopen = () => client.opened((bytes) => current.send(bytes));
    current.onmessage = (event: { readonly data: ArrayBuffer }) => {
      attempts = 0;
      try {
        client.received(new Uint8Array(event.data));
      } catch {
        // Another program listens there by now.
        current.close();
      }
    };
    // The close that follows an error does the work.
    current.onerror = () => undefined;
    current.onclose = () => {
      client.closed();
      const wait = reconnectMs[Math.min(attempts++, reconnectMs.length - 1)] ?? 2000;
      platform.later(wait, open);
    };
  }
  open();
  return withDispose(client, () => {
    ended = true;
    socket?.close();
  });
}

/** A client over a MessagePort (Electron). Such a port does not break while the window lives. */
export function connectPort(port: PortLike): ConnectedClient {
  const client = new WireClient();
  port.onmessage = (event: { readonly data: Uint8Array }) => client.received(event.data);
  port.start?.();
  client.opened((bytes) => port.postMessage(bytes));
  return withDispose(client, () => {
    client.closed();
    port.close();
  });
}

/** A client over the desktop shell's bridge. */
export function connectBridge(bridge: Bridge): ConnectedClient {
  const client = new WireClient();
  bridge.listen((bytes) => client.received(bytes));
  client.opened((bytes) => bridge.post(bytes));
  return withDispose(client, () => client.closed());
}

function withDispose(client: WireClient, end: () => void): ConnectedClient {
  return Object.assign(client, { dispose: end });
}
