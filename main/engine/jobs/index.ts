import { createEngine } from '../engine.ts';

/** The engine that comes with Ketbench, as threads load it. */
export const jobEngine = createEngine();
