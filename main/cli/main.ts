import { openApp } from '../app.ts';
import { startHost } from '../host/start.ts';
import { createCall } from '../ipc/call.ts';
import { createHandlers } from '../ipc/handlers/index.ts';
import { loadEngine } from '../jobs/engine-door.ts';
import { libraryFolder } from '../storage/home.ts';

const app = await openApp({ folder: libraryFolder(), ...(await loadEngine()), runAll: true });
const call = createCall(createHandlers(app));
const host = await startHost({ app, call });
process.stdout.write(`Ketbench: ${host.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void host
      .close()
      .then(() => app.close())
      .then(() => process.exit(0));
  });
}
