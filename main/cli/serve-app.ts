import { openApp } from '../app.ts';
import { publishHost, readHostFile } from '../host/host-file.ts';
import { startHost } from '../host/start.ts';
import { createCall } from '../ipc/call.ts';
import { createHandlers } from '../ipc/handlers/index.ts';
import { loadEngine } from '../jobs/engine-door.ts';
import { libraryFolder } from '../storage/home.ts';

/** The whole application behind a loopback address. */
export interface ServedApp {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens the library, goes on with its unfinished jobs and listens. Throws `locked`. */
export async function serveApp(port: number): Promise<ServedApp> {
  const folder = libraryFolder();
  const app = await openApp({ folder, ...loadEngine(), runAll: true });
  try {
    const host = await startHost({ app, call: createCall(createHandlers(app)), port });
    const published = await publishHost(folder, host);
    app.simulator.warmUp();
    return {
      url: host.url,
      async close() {
        published.dispose();
        await host.close();
        await app.close();
      },
    };
  } catch (thrown) {
    await app.close();
    throw thrown;
  }
}

/** The address of the instance that has the library already, or null. */
export function runningUrl(): string | null {
  const running = readHostFile(libraryFolder());
  if (running === null) return null;
  try {
    process.kill(running.pid, 0);
  } catch {
    return null;
  }
  return `${running.address}/?token=${running.token}`;
}

/** Resolves when the process is asked to end. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve());
    }
  });
}
