import { z } from 'zod';
import { openApp } from '../app.ts';
import { keepDoor, publishHost, readDoor, runningHost } from '../host/host-file.ts';
import { startHost } from '../host/start.ts';
import { createCall } from '../ipc/call.ts';
import { closable } from '../ipc/closing.ts';
import { createHandlers } from '../ipc/handlers/index.ts';
import { loadEngine } from '../jobs/engine-door.ts';
import { libraryFolder } from '../storage/home.ts';

/** The whole application behind a loopback address. */
export interface ServedApp extends Address {
  close(): Promise<void>;
}

/** Opens the library, goes on with its unfinished jobs and listens. Throws `locked`. */
export async function serveApp(port: number): Promise<ServedApp> {
  const folder = libraryFolder();
  const app = await openApp({ folder, ...loadEngine(), runAll: true });
  try {
    const door = closable(createCall(createHandlers(app)));
    const host = await startHost({ app, call: door.call, port, door: readDoor(folder) });
    // Where the disk refuses it, a window that is open will not find a later host; all else works.
    await keepDoor(folder, host.door).catch(() => undefined);
    const published = await publishHost(folder, host);
    app.simulator.warmUp();
    return {
      url: host.url,
      startUrl: () => Promise.resolve(host.startUrl()),
      async close() {
        published.dispose();
        await door.close();
        await host.close();
        await app.close();
      },
    };
  } catch (thrown) {
    await app.close();
    throw thrown;
  }
}

/** Where an instance shows its window. */
export interface Address {
  /** With the token, for people and scripts. */
  readonly url: string;
  /** One that lets in once, for a browser's arguments: every user of the machine can read those. */
  startUrl(): Promise<string>;
}

/** The instance that has the library already, or null. */
export function runningAddress(): Address | null {
  const running = runningHost(libraryFolder());
  if (running === null) return null;
  const { address, token } = running;
  return {
    url: `${address}/?token=${token}`,
    async startUrl() {
      const answer = await fetch(`${address}/api/start`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(10_000),
      });
      return z.object({ url: z.string() }).parse(await answer.json()).url;
    },
  };
}

/** Resolves when the process is asked to end. */
export async function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve());
    }
  });
}
