import type { App } from '../../app.ts';
import { listCatalog } from '../../catalog.ts';
import type { Handlers } from '../call.ts';
import { createAppHandlers } from './app.ts';
import { createBenchmarkHandlers } from './benchmarks.ts';
import { createCalibrationHandlers } from './calibrations.ts';
import { createCircuitHandlers } from './circuit.ts';
import { createDataHandlers } from './data.ts';
import { createDocumentHandlers } from './documents.ts';
import { createGateHandlers } from './gates.ts';
import { createHardwareHandlers } from './hardware.ts';
import { createJobHandlers, createRunHandlers } from './jobs.ts';
import { createModelHandlers } from './models.ts';
import { createReportHandlers } from './reports.ts';
import { createResourceHandlers } from './resources.ts';
import { createSettingsHandlers } from './settings.ts';

/** Every handler, over one application. */
export function createHandlers(app: App): Handlers {
  return {
    ...createAppHandlers(app),
    ...createCalibrationHandlers(app),
    ...createCircuitHandlers(app),
    ...createDocumentHandlers(app),
    ...createGateHandlers(app),
    ...createSettingsHandlers(app),
    ...createDataHandlers(app),
    ...createBenchmarkHandlers(app),
    ...createHardwareHandlers(app),
    ...createJobHandlers(app),
    ...createRunHandlers(app),
    ...createModelHandlers(app),
    ...createReportHandlers(app),
    ...createResourceHandlers(app),
    'catalog.list': ({ kind }) => listCatalog(app.engine, app.hardware.providers, kind),
  };
}
