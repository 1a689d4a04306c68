import type { EventName, RequestInput, RequestName, RequestOutput } from '#shared/ipc/contract.ts';
import { openApp } from '../app.ts';
import { type Call, createCall } from '../ipc/call.ts';
import { closable } from '../ipc/closing.ts';
import { createHandlers } from '../ipc/handlers/index.ts';
import { loadEngine } from '../jobs/engine-door.ts';
import type { InstanceSession, SessionOptions } from './session.ts';

/** A session over a library that this process opens itself. */
export async function openOwn(folder: string, options: SessionOptions): Promise<InstanceSession> {
  const app = await openApp({ folder, ...loadEngine(), runAll: false });
  const door = closable(createCall(createHandlers(app)));
  const { call } = door;
  const published = options.publish === true ? await publish(folder, app, call) : null;
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let told = app.hub.lastNumber;
  const subscription = app.hub.onNew(() => {
    for (let event = app.hub.at(told + 1); event !== undefined; event = app.hub.at(told + 1)) {
      told = event.number;
      for (const listener of listeners.get(event.name) ?? []) listener(event.payload as never);
    }
  });
  listeners.set('app.notice', new Set([(notice: { readonly text: string }) => warn(notice.text)]));
  app.hub.release();
  return {
    // The handler of a name answers with the output of that name.
    request: <N extends RequestName>(name: N, input: RequestInput<N>) =>
      call(name, input) as Promise<RequestOutput<N>>,
    on(name: EventName, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => void known.delete(listener);
    },
    lost: new Promise(() => undefined),
    async close() {
      subscription.dispose();
      await door.close();
      await published?.();
      await app.close();
    },
  };
}

async function publish(
  folder: string,
  app: Awaited<ReturnType<typeof openApp>>,
  call: Call,
): Promise<() => Promise<void>> {
  const { startHost } = await import('../host/start.ts');
  const { publishHost } = await import('../host/host-file.ts');
  const host = await startHost({ app, call });
  const file = await publishHost(folder, host);
  return async () => {
    file.dispose();
    await host.close();
  };
}

function warn(text: string): void {
  process.stderr.write(`warning: ${text}\n`);
}
