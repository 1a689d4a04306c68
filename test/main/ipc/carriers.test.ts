import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import {
  connectBridge,
  type ConnectedClient,
  connectPort,
  connectWebSocket,
  type SocketLike,
} from '#shared/ipc/client.ts';
import { type EventName, events, type RequestName, requests } from '#shared/ipc/contract.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import type { App } from '#main/app.ts';
import { type Host, startHost } from '#main/host/start.ts';
import { type Call, createCall } from '#main/ipc/call.ts';
import { EventHub } from '#main/ipc/event-hub.ts';
import { serveCarrier } from '#main/ipc/serve.ts';
import { sampleOf } from '#test/support/sample-of-schema.ts';

type Connect = (
  hub: EventHub,
  call: Call,
) => Promise<{ client: ConnectedClient; end: () => Promise<void> }>;

const later = (ms: number, call: () => void): void => void setTimeout(call, ms);

/** Both carriers of the contract, and the bridge that stands before the second. */
const carriers: Readonly<Record<string, Connect>> = {
  async WebSocket(hub, call) {
    const host = await startHost({ app: { hub, version: '0', engine: jobEngine } as App, call });
    const client = connectWebSocket(`${host.address.replace('http', 'ws')}/api/socket`, {
      createSocket: (url) => openSocket(url, host),
      later,
    });
    return {
      client,
      async end() {
        client.dispose();
        await host.close();
      },
    };
  },
  async MessagePort(hub, call) {
    const { port1, port2 } = new MessageChannel();
    const served = serveCarrier(
      { send: (bytes) => port1.postMessage(bytes), close: () => port1.close() },
      call,
      hub,
    );
    port1.on('message', (bytes: Uint8Array) => served.received(bytes));
    const client = connectPort(port2 as never);
    return { client, end: async () => client.dispose() };
  },
  async 'context bridge'(hub, call) {
    let receive: (bytes: Uint8Array) => void = () => undefined;
    const served = serveCarrier(
      { send: (bytes) => queueMicrotask(() => receive(bytes)), close: () => undefined },
      call,
      hub,
    );
    const client = connectBridge({
      post: (bytes) => queueMicrotask(() => served.received(bytes)),
      listen: (receiver) => {
        receive = receiver;
      },
    });
    return { client, end: async () => client.dispose() };
  },
};

function openSocket(url: string, host: Host): SocketLike {
  const headers = { authorization: `Bearer ${host.token}` };
  return new (WebSocket as unknown as new (url: string, options: object) => SocketLike)(url, {
    headers,
  });
}

describe.each(Object.entries(carriers))('over the %s', (_, connect) => {
  const hub = new EventHub();
  const seen: { name: string; input: unknown }[] = [];
  const outputs = new Map<string, unknown>();
  let client: ConnectedClient;
  let end: () => Promise<void>;

  beforeAll(async () => {
    const handlers = Object.fromEntries(
      Object.entries(requests).map(([name, { output }]) => {
        outputs.set(name, sampleOf(output));
        return [
          name,
          (input: unknown) => {
            seen.push({ name, input });
            return outputs.get(name);
          },
        ];
      }),
    );
    ({ client, end } = await connect(hub, createCall(handlers as never)));
  });

  afterAll(async () => {
    await end();
  });

  test.each(Object.keys(requests) as RequestName[])(
    '%s arrives whole and is answered',
    async (name) => {
      const input = sampleOf(requests[name].input);
      const output = await client.request(name, input as never);
      const parsed: unknown = (requests[name].input as z.ZodType).parse(input);
      expect(seen.at(-1)).toStrictEqual({ name, input: parsed });
      expect(output).toStrictEqual(outputs.get(name));
    },
  );

  test.each(Object.keys(events) as EventName[])('the event %s arrives whole', async (name) => {
    const payload = sampleOf(events[name]);
    const heard = new Promise((resolve) => {
      const stop = client.on(name, (value) => {
        stop();
        resolve(value);
      });
    });
    hub.emit(name, payload as never);
    expect(await heard).toStrictEqual(payload);
  });

  test('a failure arrives as an AppError with code and details', async () => {
    const bad = client.request('settings.set', { theme: 'pink' } as never);
    await expect(bad).rejects.toBeInstanceOf(AppError);
    await expect(bad).rejects.toMatchObject({
      code: 'bad-input',
      details: { errors: [{ path: 'theme' }] },
    });
    await expect(client.request('nothing.here' as never, {} as never)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('two thousand events arrive in their order, none twice', async () => {
    const numbers: number[] = [];
    const all = new Promise<void>((resolve) => {
      client.on('benchmarks.changed', ({ benchmarkId }) => {
        numbers.push(Number(benchmarkId));
        if (numbers.length === 2000) resolve();
      });
    });
    for (let i = 0; i < 2000; i++) hub.emit('benchmarks.changed', { benchmarkId: String(i) });
    await all;
    expect(numbers).toStrictEqual(Array.from({ length: 2000 }, (_, i) => i));
  });
});
