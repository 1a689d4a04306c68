import type { SimulationProgress } from '#shared/jobs/simulation.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** What is over before that is not worth a word. */
const quietMs = 200;

/** Simulation of a text, in its own thread. */
export function createCircuitHandlers({ simulator, hub }: App): HandlersOf<'circuit'> {
  return {
    'circuit.simulate': async (request, signal) => {
      const { ticket } = request;
      if (ticket === undefined) return simulator.simulate(request, { signal });
      let isQuiet = true;
      let latest: SimulationProgress | null = null;
      const emit = (): void => {
        if (!isQuiet && latest !== null) hub.emit('circuit.progress', { ticket, ...latest });
      };
      const timer = setTimeout(() => {
        isQuiet = false;
        emit();
      }, quietMs);
      const tell = (progress: SimulationProgress): void => {
        latest = progress;
        emit();
      };
      try {
        return await simulator.simulate(request, { signal, tell });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
