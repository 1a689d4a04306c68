import { parentPort } from 'node:worker_threads';
import type { SimulationOrder, SimulationReply } from '#main/workers/protocol.ts';
import { hoards } from './small-engine.ts';

/**
 * In place of the simulation thread: ends itself where the program says `exit`, throws out of its
 * listener at `throw`, takes memory without end at `hoard`, and answers everything else with the
 * program's text as the method.
 */
parentPort?.on('message', ({ id, request }: SimulationOrder) => {
  if (request.source === 'exit') process.exit(9);
  if (request.source === 'throw') throw new Error('torn');
  if (request.source === 'hoard') hoards['hoard in an array']();
  const reply: SimulationReply = {
    kind: 'done',
    id,
    result: {
      qubits: [],
      registers: [],
      method: request.source,
      methodReason: '',
      precision: 'f64',
      warnings: [],
      measured: { seconds: 0, planSeconds: 0, peakBytes: 0, threads: 1, kernel: '' },
    },
  };
  parentPort?.postMessage(reply);
});
parentPort?.postMessage({ kind: 'ready' } satisfies SimulationReply);
