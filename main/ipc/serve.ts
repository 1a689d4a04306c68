import type { Disposable } from '#shared/base/disposable.ts';
import { toDisposable } from '#shared/base/disposable.ts';
import { decodeMessage, encodeMessage, errorToData, type WireMessage } from '#shared/ipc/wire.ts';
import type { Call } from './call.ts';
import type { EventHub } from './event-hub.ts';

/** One connection to a window, whatever carries it. */
export interface Carrier {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** The receiving side: the carrier calls these. */
export interface ServedConnection extends Disposable {
  received(bytes: Uint8Array): void;
}

/** Events on the way that the window has not acknowledged; beyond it the sender waits. */
const windowSize = 256;

/** Answers requests over a carrier and sends it every event in order, no faster than it takes them. */
export function serveCarrier(carrier: Carrier, call: Call, hub: EventHub): ServedConnection {
  let greeted = false;
  let ended = false;
  let sent = 0;
  let acknowledged = 0;

  function send(message: WireMessage): void {
    if (!ended) carrier.send(encodeMessage(message));
  }

  function sendEvents(): void {
    while (greeted && !ended && sent < hub.lastNumber && sent - acknowledged < windowSize) {
      const event = hub.at(sent + 1);
      if (event === undefined) {
        // Too slow for too long: a new connection starts from a fresh reading of the state.
        carrier.close();
        return;
      }
      sent = event.number;
      send({ kind: 'event', ...event });
    }
  }

  function greet(message: WireMessage & { kind: 'hello' }): void {
    const resumed = message.session === hub.session && hub.canResumeAfter(message.lastEvent);
    sent = resumed ? message.lastEvent : hub.lastNumber;
    acknowledged = sent;
    greeted = true;
    send({ kind: 'welcome', session: hub.session, lastEvent: sent, resumed });
    hub.release();
    sendEvents();
  }

  async function answer(message: WireMessage & { kind: 'request' }): Promise<void> {
    const { id } = message;
    try {
      send({ kind: 'answer', id, output: await call(message.name, message.input) });
    } catch (thrown) {
      send({ kind: 'failure', id, error: errorToData(thrown) });
    }
  }

  const subscription = hub.onNew(sendEvents);
  const end = toDisposable(() => {
    ended = true;
    subscription.dispose();
  });

  return {
    dispose: () => end.dispose(),
    received(bytes) {
      let message: WireMessage;
      try {
        message = decodeMessage(bytes);
      } catch {
        // Who sends this is not our window.
        carrier.close();
        return;
      }
      switch (message.kind) {
        case 'hello':
          return greet(message);
        case 'request':
          void answer(message);
          return;
        case 'acknowledge':
          acknowledged = Math.max(acknowledged, message.number);
          return sendEvents();
        default:
          carrier.close();
      }
    },
  };
}
