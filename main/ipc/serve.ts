import { type Disposable, toDisposable } from '#shared/base/disposable.ts';
import { asAppError } from '#shared/base/errors.ts';
import {
  decodeWindowMessage,
  encodeMessage,
  errorToData,
  type HostMessage,
  type WindowMessage,
} from '#shared/ipc/wire.ts';
import type { Call } from './call.ts';
import type { EventHub } from './event-hub.ts';

/** One connection to a window, whatever carries it. */
export interface Carrier {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  /** `reason` says why, where the other side broke the rules. */
  close(reason?: string): void;
}

/** The receiving side: the carrier calls these. */
export interface ServedConnection extends Disposable {
  /** Takes any bytes at all; never throws. */
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
  const working = new Map<number, AbortController>();

  function send(message: HostMessage): void {
    if (!ended) carrier.send(encodeMessage(message));
  }

  function sendEvents(): void {
    while (greeted && !ended && sent < hub.lastNumber && sent - acknowledged < windowSize) {
      const event = hub.at(sent + 1);
      if (event === undefined) {
        // Too slow for too long: a new connection starts from a fresh reading of the state.
        carrier.close('too many events were not acknowledged');
        return;
      }
      sent = event.number;
      send({ kind: 'event', ...event });
    }
  }

  function greet(message: WindowMessage & { kind: 'hello' }): void {
    const resumed = message.session === hub.session && hub.canResumeAfter(message.lastEvent);
    sent = resumed ? message.lastEvent : hub.lastNumber;
    acknowledged = sent;
    greeted = true;
    send({ kind: 'welcome', session: hub.session, lastEvent: sent, resumed });
    hub.release();
    sendEvents();
  }

  async function answer({ id, name, input }: WindowMessage & { kind: 'request' }): Promise<void> {
    const control = new AbortController();
    working.set(id, control);
    try {
      send({ kind: 'answer', id, output: await call(name, input, control.signal) });
    } catch (thrown) {
      guarded(() => send({ kind: 'failure', id, error: errorToData(thrown) }));
    } finally {
      if (working.get(id) === control) working.delete(id);
    }
  }

  function handle(message: WindowMessage): void {
    switch (message.kind) {
      case 'hello':
        return greet(message);
      case 'request':
        void answer(message);
        return;
      case 'cancel':
        working.get(message.id)?.abort();
        return;
      case 'acknowledge':
        // No more than was sent: else one message would end the waiting for good.
        acknowledged = Math.max(acknowledged, Math.min(message.number, sent));
        return sendEvents();
    }
  }

  /** The last resort: what is wrong with one connection ends that connection, never this process. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      try {
        carrier.close(asAppError(thrown).message);
      } catch {
        // It is gone already, which is what closing it was for.
      }
      dispose();
    }
  }

  const subscription = hub.onNew(() => guarded(sendEvents));
  const end = toDisposable(() => {
    ended = true;
    subscription.dispose();
    for (const control of working.values()) control.abort();
    working.clear();
  });
  const dispose = (): void => end.dispose();

  return {
    dispose,
    received: (bytes) => {
      if (!ended) guarded(() => handle(decodeWindowMessage(bytes)));
    },
  };
}
