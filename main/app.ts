import { join } from 'node:path';
import { EventHub } from './ipc/event-hub.ts';
import { projectRoot, readVersion } from './project.ts';
import { Examples } from './storage/examples.ts';
import { Library } from './storage/library.ts';
import { Simulator } from './workers/simulator.ts';

/** The application without any window: what handlers work with. */
export interface App {
  readonly version: string;
  readonly hub: EventHub;
  readonly library: Library;
  readonly examples: Examples;
  readonly simulator: Simulator;
  close(): Promise<void>;
}

/** Opens the library in `folder` and everything that stands on it. Throws `locked`. */
export async function openApp(folder: string): Promise<App> {
  const hub = new EventHub();
  const library = await Library.open(folder, (level, text) => hub.hold({ level, text }));
  const simulator = new Simulator();
  return {
    version: readVersion(),
    hub,
    library,
    examples: new Examples(join(projectRoot, 'assets', 'examples')),
    simulator,
    async close() {
      simulator.dispose();
      await library.close();
    },
  };
}
