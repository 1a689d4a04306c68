import { afterEach, beforeEach, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { type RequestName, requests } from '#shared/ipc/contract.ts';
import { decodeHostMessage, decodeWindowMessage, encodeMessage } from '#shared/ipc/wire.ts';
import { type Call, createCall } from '#main/ipc/call.ts';
import { EventHub } from '#main/ipc/event-hub.ts';
import { serveCarrier } from '#main/ipc/serve.ts';
import { hostileFrame } from '#test/support/frame-fuzz.ts';
import { sampleOf } from '#test/support/sample-of-schema.ts';

const names = Object.keys(requests) as RequestName[];
const uncaught: unknown[] = [];
const catchAll = (reason: unknown): void => void uncaught.push(reason);

beforeEach(() => {
  uncaught.length = 0;
  process.on('unhandledRejection', catchAll);
});
afterEach(() => void process.off('unhandledRejection', catchAll));

/** Handlers that echo what the schema lets through, where it may be anything. */
function echo(): Call {
  return createCall(
    Object.fromEntries(
      names.map((name) => [
        name,
        (input: unknown) => ({ input, output: sampleOf(requests[name].output) }),
      ]),
    ) as never,
  );
}

function open(hub: EventHub, call: Call) {
  const sent: ReturnType<typeof decodeHostMessage>[] = [];
  const reasons: (string | undefined)[] = [];
  const served = serveCarrier(
    {
      send: (bytes) => void sent.push(decodeHostMessage(bytes)),
      close: (reason) => void reasons.push(reason),
    },
    call,
    hub,
  );
  return { served, sent, reasons };
}

test('two thousand hostile frames are each answered or dropped with a reason, and none throws', async () => {
  const rng = rngOf(11);
  const hub = new EventHub();
  const call = echo();
  for (let i = 0; i < 2000; i++) {
    const bytes = hostileFrame(rng, names);
    let id: number | null = null;
    let isMessage = true;
    try {
      const message = decodeWindowMessage(bytes.slice());
      if (message.kind === 'request') id = message.id;
    } catch {
      isMessage = false;
    }
    const { served, sent, reasons } = open(hub, call);
    served.received(bytes);
    hub.emit('data.changed', {});
    if (!isMessage) expect(reasons).toStrictEqual([expect.stringMatching(/./)]);
    else if (id !== null) {
      await expect
        .poll(
          () =>
            sent.find((one) => (one.kind === 'answer' || one.kind === 'failure') && one.id === id),
          {
            interval: 0,
          },
        )
        .toBeDefined();
    }
    served.dispose();
  }
  expect(uncaught).toStrictEqual([]);
});

test('an answer that cannot cross becomes a failure of that request alone', async () => {
  let deep: unknown = 0;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const { served, sent, reasons } = open(new EventHub(), () => Promise.resolve(deep));
  served.received(encodeMessage({ kind: 'request', id: 5, name: 'x', input: {} }));
  await expect.poll(() => sent).toMatchObject([{ kind: 'failure', id: 5 }]);
  expect(reasons).toStrictEqual([]);
});

test('an event that cannot cross ends the connection, and whoever emits it goes on', () => {
  const hub = new EventHub();
  const { served, reasons } = open(hub, () => Promise.resolve(0));
  served.received(encodeMessage({ kind: 'hello', session: null, lastEvent: 0 }));
  hub.emit('data.changed', { odd: 1n } as never);
  expect(reasons).toHaveLength(1);
});

test('acknowledging what was never sent does not open the gates', () => {
  const hub = new EventHub();
  const { served, sent } = open(hub, () => Promise.resolve(0));
  served.received(encodeMessage({ kind: 'hello', session: null, lastEvent: 0 }));
  served.received(encodeMessage({ kind: 'acknowledge', number: 1e9 }));
  for (let i = 0; i < 1000; i++) hub.emit('data.changed', {});
  expect(sent.filter(({ kind }) => kind === 'event').length).toBeLessThanOrEqual(256);
});

test.each(['cancel', 'closing'])('%s aborts the work that nobody waits for', async (how) => {
  let aborted = false;
  const call: Call = (_name, _input, signal) =>
    new Promise((resolve) => {
      signal?.addEventListener('abort', () => {
        aborted = true;
        resolve(0);
      });
    });
  const { served } = open(new EventHub(), call);
  served.received(encodeMessage({ kind: 'request', id: 3, name: 'circuit.simulate', input: {} }));
  if (how === 'cancel') served.received(encodeMessage({ kind: 'cancel', id: 3 }));
  else served.dispose();
  expect(aborted).toBe(true);
});
