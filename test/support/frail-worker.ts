import type { SimulationRequest, SimulationResult } from '#shared/jobs/simulation.ts';
import { serveTasks } from '#main/workers/serve-tasks.ts';
import { hoards } from './small-engine.ts';

/**
 * In place of the simulation thread: ends itself where the program says `exit`, throws out of its
 * listener at `throw`, takes memory without end at `hoard`, never ends at `stuck`, and answers
 * everything else with the program's text as the method.
 */
serveTasks(({ task }): SimulationResult => {
  const { source } = task as SimulationRequest;
  if (source === 'exit') process.exit(9);
  // What cannot be sent throws out of the listener.
  if (source === 'throw') return (() => source) as never;
  if (source === 'hoard') hoards['hoard in an array']();
  while (source === 'stuck');
  return {
    qubits: [],
    registers: [],
    method: source,
    methodReason: '',
    precision: 'f64',
    warnings: [],
    measured: { seconds: 0, planSeconds: 0, peakBytes: 0, threads: 1, kernel: '' },
  };
});
