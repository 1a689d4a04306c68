import { describe, expect, test } from 'vitest';
import { connectWebSocket, type SocketLike } from '#shared/ipc/client.ts';
import { EventHub } from '#main/ipc/event-hub.ts';
import { serveCarrier } from '#main/ipc/serve.ts';

/** A network that the test breaks and mends by hand; nothing waits for a clock. */
class Network {
  hub = new EventHub();
  sockets: BrokenSocket[] = [];
  retry: () => void = () => undefined;

  readonly client = connectWebSocket('ws://x', {
    createSocket: () => {
      const socket = new BrokenSocket(this.hub);
      this.sockets.push(socket);
      return socket;
    },
    later: (_ms, call) => {
      this.retry = call;
    },
  });

  open(): void {
    this.sockets.at(-1)?.open();
  }

  cut(): void {
    this.sockets.at(-1)?.close();
  }
}

class BrokenSocket implements SocketLike {
  binaryType = '';
  onopen: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly #served: ReturnType<typeof serveCarrier>;
  #closed = false;

  constructor(hub: EventHub) {
    const call = (): Promise<unknown> => new Promise(() => undefined);
    this.#served = serveCarrier(
      {
        send: (bytes) => {
          if (!this.#closed) this.onmessage?.({ data: bytes.buffer } as never);
        },
        close: () => this.close(),
      },
      call,
      hub,
    );
  }

  open(): void {
    this.onopen?.({} as never);
  }

  send(bytes: Uint8Array): void {
    this.#served.received(bytes);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#served.dispose();
    this.onclose?.({} as never);
  }
}

function listen(network: Network): string[] {
  const heard: string[] = [];
  network.client.on('benchmarks.changed', ({ benchmarkId }) => heard.push(benchmarkId));
  return heard;
}

describe('a connection that breaks', () => {
  test('catches up on every event that it missed, in order and once', () => {
    const network = new Network();
    const heard = listen(network);
    network.open();
    network.hub.emit('benchmarks.changed', { benchmarkId: 'a' });
    network.cut();
    network.hub.emit('benchmarks.changed', { benchmarkId: 'b' });
    network.hub.emit('benchmarks.changed', { benchmarkId: 'c' });
    network.retry();
    network.open();
    network.hub.emit('benchmarks.changed', { benchmarkId: 'd' });
    expect(heard).toStrictEqual(['a', 'b', 'c', 'd']);
  });

  test('tells of the loss and of the return', () => {
    const network = new Network();
    const states: boolean[] = [];
    network.client.onConnection((connected) => states.push(connected));
    network.open();
    network.cut();
    network.retry();
    network.open();
    expect(states).toStrictEqual([true, false, true]);
  });

  test('fails what was asked, because nobody knows whether it was done', async () => {
    const network = new Network();
    network.open();
    const asked = network.client.request('app.info', {});
    network.cut();
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('starts afresh where the application was started anew', () => {
    const network = new Network();
    const heard = listen(network);
    network.open();
    network.hub.emit('benchmarks.changed', { benchmarkId: 'old' });
    network.cut();
    network.hub = new EventHub();
    network.hub.emit('benchmarks.changed', { benchmarkId: 'unseen' });
    network.retry();
    network.open();
    network.hub.emit('benchmarks.changed', { benchmarkId: 'new' });
    expect(heard).toStrictEqual(['old', 'new']);
  });

  test('starts afresh where it missed more than is kept', () => {
    const network = new Network();
    const heard = listen(network);
    network.open();
    network.cut();
    for (let i = 0; i < 10_000; i++) network.hub.emit('data.changed', {});
    network.retry();
    network.open();
    network.hub.emit('benchmarks.changed', { benchmarkId: 'next' });
    expect(heard).toStrictEqual(['next']);
  });
});

test('a notice from before the first window waits for it', () => {
  const network = new Network();
  const notices: string[] = [];
  network.client.on('app.notice', ({ text }) => notices.push(text));
  network.hub.hold({ level: 'warning', text: 'A file was damaged.' });
  network.open();
  expect(notices).toStrictEqual(['A file was damaged.']);
});
