import { create } from 'zustand';
import type { AppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { client } from '#renderer/lib/client.ts';
import { newestOnly } from '#renderer/lib/newest-only.ts';
import { activeOf, useWorkspace } from '#renderer/lib/workspace/workspace-store.ts';

interface LiveState {
  /** Of the newest text that could be simulated; stays while a newer one is on its way. */
  readonly result: SimulationResult | null;
  readonly error: AppError | null;
  /** Whether an edit has not reached the views yet. */
  readonly pending: boolean;
}

/** What the inspector shows. */
export const useLive = create<LiveState>(() => ({ result: null, error: null, pending: false }));

/** Up to this many qubits every amplitude is shown. */
export const amplitudeQubits = 6;

interface Question {
  readonly key: string;
  readonly text: string;
  readonly wantsState: boolean;
}

let newest: Question | null = null;

const ask = newestOnly<Question, SimulationResult>(
  ({ text, wantsState }) =>
    client().request('circuit.simulate', {
      source: text,
      probabilities: true,
      bloch: true,
      state: wantsState,
    }),
  ({ input, output, error }) => {
    if (newest === null || input.key !== newest.key) return;
    const pending = input.text !== newest.text;
    // An error about an older text would only flicker; the newer answer is on its way.
    if (error !== null && pending) return;
    useLive.setState({ result: output, error, pending });
  },
);

/** Simulates the active circuit after each edit. Ends with the returned function. */
export function followActiveCircuit(): () => void {
  const look = (): void => {
    const document = activeOf(useWorkspace.getState());
    if (document === null) {
      newest = null;
      useLive.setState({ result: null, error: null, pending: false });
      return;
    }
    const { circuit, text } = document.parsed;
    if (circuit === null) return;
    if (newest?.key === document.key && newest.text === text) return;
    if (newest?.key !== document.key) useLive.setState({ result: null, error: null });
    newest = { key: document.key, text, wantsState: qubitCountOf(circuit) <= amplitudeQubits };
    useLive.setState({ pending: true });
    ask(newest);
  };
  look();
  const stopLooking = useWorkspace.subscribe(look);
  const stopWaiting = client().onConnection((connected) => connected && simulateAgain());
  return () => {
    stopLooking();
    stopWaiting();
  };
}

/** Asks again, e.g. after the connection was lost. */
export function simulateAgain(): void {
  if (newest !== null) ask(newest);
}
