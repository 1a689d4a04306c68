import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { EventHub } from '../ipc/event-hub.ts';

/** A line now and then keeps what lies between from taking the silence for an end. */
const heartbeatMs = 15_000;
/** Bytes that may wait for a reader; one that is slower has lost its place and is let go. */
const mostWaiting = 8 << 20;

/**
 * Every event of the application as server-sent events (WHATWG HTML, section 9.2). `Last-Event-ID`, which clients send by themselves,
 * goes on after that event while it is kept; after a restart of the host, or too late, there is an event `reset`: read
 * the state anew. `?jobId=` leaves out the events of other jobs.
 */
export function addEventStream(server: FastifyInstance, hub: EventHub): void {
  server.get('/api/v1/events', (request, reply) => {
    const { jobId } = request.query as { readonly jobId?: string };
    const last = lastSeen(request.headers['last-event-id'], hub);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    if (last === null) raw.write('event: reset\ndata: {}\n\n');
    let sent = last ?? hub.lastNumber;
    const send = (): void => {
      for (let event = hub.at(sent + 1); event !== undefined; event = hub.at(sent + 1)) {
        sent = event.number;
        if (isOther(event.payload, jobId)) continue;
        const id = `${hub.session}:${event.number}`;
        raw.write(`id: ${id}\nevent: ${event.name}\ndata: ${stringifyPlain(event.payload)}\n\n`);
      }
      if (raw.writableLength > mostWaiting) raw.destroy();
    };
    const listening = hub.onNew(send);
    const beat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
    beat.unref();
    raw.on('close', () => {
      clearInterval(beat);
      listening.dispose();
    });
    send();
  });
}

/** The number after which to go on; null where that place is lost. */
function lastSeen(header: string | string[] | undefined, hub: EventHub): number | null {
  if (header === undefined) return hub.lastNumber;
  const [session = '', number = ''] = String(header).split(':');
  if (!/^\d+$/.test(number)) {
    throw new AppError('bad-input', 'Last-Event-ID is the id of an event that was sent.');
  }
  return session === hub.session && hub.canResumeAfter(Number(number)) ? Number(number) : null;
}

function isOther(payload: unknown, jobId: string | undefined): boolean {
  if (jobId === undefined) return false;
  const { jobId: own, run } = payload as { readonly jobId?: unknown; readonly run?: unknown };
  return own !== jobId && run !== jobId;
}
