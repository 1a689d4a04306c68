import { create } from 'zustand';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { SimulationProgress, SimulationResult } from '#shared/jobs/simulation.ts';
import { client } from '#renderer/lib/client.ts';
import { newestOnly, patienceMs } from '#renderer/lib/newest-only.ts';
import { ranText, type Run, runOf, useRun } from '#renderer/lib/run.ts';
import { columnsShown, prefixOf, useStepping } from '#renderer/lib/stepping.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { bindingsOf } from '#renderer/lib/workspace/parameters.ts';
import { activeOf, useWorkspace } from '#renderer/lib/workspace/workspace-store.ts';
import { useDemand } from './demand.ts';

interface LiveState {
  /** Of the newest text that could be simulated; stays while a newer one is on its way. */
  readonly result: SimulationResult | null;
  readonly error: AppError | null;
  /** Whether an edit has not reached the views yet. */
  readonly pending: boolean;
  /** When the run that is waited for began, on the clock of `performance`; null = none runs. */
  readonly since: number | null;
  /** How that run goes, once it takes long. */
  readonly progress: SimulationProgress | null;
}

const idle = { pending: false, since: null, progress: null };

/** What the inspector shows. */
export const useLive = create<LiveState>(() => ({ result: null, error: null, ...idle }));

/** Up to this many qubits pairs of them are looked at: it takes 2^n for each pair. */
export const pairQubits = 16;
/** Entries of each table and list that are asked for: more than are drawn. */
const listed = 256;

/** Whether measurements are sampled beside the exact distribution, and with which seed. */
export const useSampling = create<{ readonly shots: number | null; readonly seed: number }>(() => ({
  shots: null,
  seed: 1,
}));

interface Question {
  readonly key: string;
  /** Of the document; what is asked about may be its beginning only. */
  readonly text: string;
  /** Null = all of it. */
  readonly columns: number | null;
  readonly source: string;
  readonly wantsPairs: boolean;
  readonly shots: number | null;
  readonly seed: number;
  /** Values of the circuit's named parameters. */
  readonly parameters: Readonly<Record<string, number | boolean>>;
  /** One run, with outcomes drawn by its seed, as far as it has come; null = every way at once. */
  readonly run: Run | null;
}

let newest: Question | null = null;
/** Names the run that goes on. */
let ticket = '';

/** A slider that is dragged shows what it passes, so what runs is given a little longer. */
const dragPatienceMs = 300;

const { ask, cancel } = newestOnly<Question, SimulationResult>(
  ({ source, wantsPairs, shots, seed, parameters, run }, signal) => {
    ticket = crypto.randomUUID();
    useLive.setState({ since: performance.now(), progress: null });
    const asked = {
      source,
      ticket,
      probabilities: true,
      bloch: true,
      view: { top: listed, pairs: wantsPairs },
      seed,
      parameters,
      ...(run !== null ? { path: true } : shots === null ? {} : { shots }),
    };
    return client().request('circuit.simulate', asked, signal);
  },
  ({ input, output, error }) => {
    if (newest === null || input.key !== newest.key) return;
    const pending = input !== newest;
    // An error about an older text would only flicker; the newer answer is on its way.
    if (error !== null && pending) return;
    const rest = pending ? { pending } : idle;
    useLive.setState({ result: output, error, ...rest });
  },
  ({ key, text }, newer) =>
    key === newer.key && text === newer.text ? dragPatienceMs : patienceMs,
);

/** Gives up what runs; the views say so until the next edit. */
export function cancelSimulation(): void {
  cancel();
  const message = 'The simulation was cancelled. The next edit, or “Try again”, simulates anew.';
  useLive.setState({ result: null, error: new AppError('cancelled', message), ...idle });
}

/** Simulates the active circuit after each edit. Ends with the returned function. */
export function followActiveCircuit(): () => void {
  const look = (): void => {
    const document = activeOf(useWorkspace.getState());
    if (document === null) {
      forget();
      return;
    }
    const { circuit, text } = document.parsed;
    if (circuit === null) {
      // The last good circuit of this tab stays; what another tab showed is nothing to it.
      if (newest?.key !== document.key) forget();
      return;
    }
    const columns = columnsShown(document, useStepping.getState());
    const wantsPairs = useDemand.getState().pairs > 0 && qubitCountOf(circuit) <= pairQubits;
    const run = runOf(document, useRun.getState());
    const { shots } = useSampling.getState();
    const seed = run?.seed ?? useSampling.getState().seed;
    const parameters = bindingsOf(document);
    const isSame =
      sameBindings(newest?.parameters ?? {}, parameters) &&
      newest?.text === text &&
      newest.run === run &&
      newest.columns === columns &&
      newest.wantsPairs === wantsPairs &&
      newest.shots === shots &&
      newest.seed === seed;
    if (newest?.key === document.key && isSame) return;
    if (newest?.key !== document.key) useLive.setState({ result: null, error: null });
    const source = sourceOf(document, columns, run);
    const { key } = document;
    const facts = { key, text, columns, wantsPairs, shots, seed, parameters };
    newest = { ...facts, source: source ?? text, run };
    if (source === null) return;
    useLive.setState({ pending: true });
    ask(newest);
  };
  look();
  const stopLooking = useWorkspace.subscribe(look);
  const stopStepping = useStepping.subscribe(look);
  const stopRunning = useRun.subscribe(look);
  const stopDemand = useDemand.subscribe(look);
  const stopSampling = useSampling.subscribe(look);
  const stopHearing = client().on('circuit.progress', ({ ticket: of, ...progress }) => {
    if (of === ticket && useLive.getState().since !== null) useLive.setState({ progress });
  });
  const stopWaiting = client().onConnection((connected) => connected && simulateAgain());
  return () => {
    stopLooking();
    stopStepping();
    stopRunning();
    stopDemand();
    stopSampling();
    stopHearing();
    stopWaiting();
  };
}

function forget(): void {
  newest = null;
  cancel();
  useLive.setState({ result: null, error: null, ...idle });
}

function sameBindings(a: Question['parameters'], b: Question['parameters']): boolean {
  const names = Object.keys(b);
  return Object.keys(a).length === names.length && names.every((name) => a[name] === b[name]);
}

/** What to simulate; null, with the reason shown, where the beginning cannot be taken apart. */
function sourceOf(document: OpenDocument, columns: number | null, run: Run | null): string | null {
  try {
    if (run !== null) return ranText(document, run);
    return columns === null ? document.parsed.text : prefixOf(document, columns);
  } catch (thrown) {
    cancel();
    useLive.setState({ result: null, error: asAppError(thrown), ...idle });
    return null;
  }
}

/** Asks again, e.g. after the connection was lost. */
export function simulateAgain(): void {
  if (newest === null) return;
  useLive.setState({ error: null, pending: true });
  ask(newest);
}
