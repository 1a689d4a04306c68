import type { App } from '../../app.ts';
import type { Handlers } from '../call.ts';
import { createAppHandlers } from './app.ts';
import { createCircuitHandlers } from './circuit.ts';
import { createDocumentHandlers } from './documents.ts';
import { withRefusals } from './later.ts';
import { createSettingsHandlers } from './settings.ts';

/** Every handler, over one application. */
export function createHandlers(app: App): Handlers {
  return withRefusals({
    ...createAppHandlers(app),
    ...createCircuitHandlers(app),
    ...createDocumentHandlers(app),
    ...createSettingsHandlers(app),
    'catalog.list': () => [],
    'data.list': () => [],
    'jobs.list': () => ({ jobs: [], next: null }),
    'benchmarks.list': () => [],
    'devices.list': () => [],
    'credentials.list': () => [],
  });
}
