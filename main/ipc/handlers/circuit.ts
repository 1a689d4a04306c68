import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Simulation of a text, in its own thread. */
export function createCircuitHandlers({ simulator }: App): HandlersOf<'circuit'> {
  return { 'circuit.simulate': (request, signal) => simulator.simulate(request, { signal }) };
}
