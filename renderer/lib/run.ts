import { create } from 'zustand';
import { lineStartsOf, positionAt } from '#shared/qasm/diagnostic.ts';
import { type Trace, traceOf, type TraceStep, traceText } from '#shared/qasm/trace.ts';
import { client } from './client.ts';
import { announce, notify, notifyError } from './notices.ts';
import { bitsAt, type Move, passesOf, stopsIn, targetOf } from './run-moves.ts';
import { stopStepping } from './stepping.ts';
import { isStale, type OpenDocument } from './workspace/open-document.ts';
import { bindingsOf } from './workspace/parameters.ts';
import { placesOf, toggleBreakpoint } from './workspace/places.ts';
import { activeDocument, changePlaces, useWorkspace } from './workspace/workspace-store.ts';

/** A run of one document on one seed, and how far it has come. */
export interface Run {
  readonly key: string;
  /** The text that runs; another text ends the run. */
  readonly text: string;
  readonly seed: number;
  readonly outcomes: readonly (0 | 1)[];
  readonly trace: Trace;
  /** How many steps have run. */
  readonly at: number;
}

interface RunState {
  readonly run: Run | null;
  readonly seed: number;
  /** Whether outcomes are on their way. */
  readonly pending: boolean;
}

/** Stepping through a program statement by statement. */
export const useRun = create<RunState>(() => ({ run: null, seed: 1, pending: false }));

/** The run of a document; null where it has none, or its text has changed since. */
export function runOf(document: OpenDocument, { run }: RunState): Run | null {
  return run !== null && run.key === document.key && run.text === document.parsed.text ? run : null;
}

/** The text of what has run so far. */
export function ranText(document: OpenDocument, run: Run): string {
  return traceText(document.drawn, run.trace.steps.slice(0, run.at));
}

/** Goes on in the active document; the first move begins a run. */
export async function move(how: Move): Promise<void> {
  const document = activeDocument();
  if (document === null || useRun.getState().pending) return;
  if (isStale(document)) {
    notify('warning', 'The text has errors. Mend them before stepping through it.');
    return;
  }
  const current = runOf(document, useRun.getState());
  const run = current ?? begin(document);
  if (run === null) return;
  useRun.setState({ pending: true });
  try {
    const next = await reach(document, run, current === null ? firstMove(run, how) : how);
    settle(document, next);
  } catch (thrown) {
    notifyError(thrown);
  } finally {
    useRun.setState({ pending: false });
  }
}

/** The first move of a run stops before the first statement, unless it goes on to a breakpoint. */
function firstMove({ at }: Run, how: Move): Move | null {
  return how === 'on' && at < 0 ? 'on' : null;
}

function begin(document: OpenDocument): Run | null {
  const trace = traceOf(document.parsed, []);
  if (trace === null || trace.steps.length === 0) {
    announce('There is nothing to step through yet.');
    return null;
  }
  stopStepping();
  const { seed } = useRun.getState();
  const { key, parsed } = document;
  return { key, text: parsed.text, seed, outcomes: [], trace, at: -1 };
}

async function reach(document: OpenDocument, from: Run, how: Move | null): Promise<Run> {
  let run = from;
  const breakpoints = new Set(placesOf(document).breakpoints);
  for (;;) {
    const at = how === null ? 0 : targetOf(run.trace, run.at, how, breakpoints);
    if (at !== null) return withOutcomes(document, { ...run, at });
    const longer = await followed(document, run);
    // Something that cannot be followed, e.g. an endless loop: the run goes as far as it can.
    if (longer.trace.steps.length <= run.trace.steps.length) {
      if (longer.trace.isWhole) run = longer;
      else return stuck(document, longer);
    } else run = longer;
  }
}

function stuck(document: OpenDocument, run: Run): Promise<Run> {
  notify('info', 'The run cannot be followed further than this.');
  return withOutcomes(document, { ...run, at: run.trace.steps.length });
}

/** What was measured before the place is shown there, so it must be known. */
async function withOutcomes(document: OpenDocument, run: Run): Promise<Run> {
  const operations = run.trace.steps.slice(0, run.at).flatMap((step) => step.operations);
  const measured = operations.filter(({ kind }) => kind === 'measure').length;
  return measured <= run.outcomes.length ? run : followed(document, run);
}

/** The run with the outcomes of all that its trace measures. */
async function followed(document: OpenDocument, run: Run): Promise<Run> {
  const { path } = await client().request('circuit.simulate', {
    source: traceText(document.drawn, run.trace.steps),
    path: true,
    seed: run.seed,
    parameters: bindingsOf(document),
  });
  const outcomes = path?.outcomes ?? [];
  return { ...run, outcomes, trace: traceOf(document.parsed, outcomes) ?? run.trace };
}

function settle(document: OpenDocument, run: Run): void {
  const now = useWorkspace.getState().documents.find(({ key }) => key === run.key);
  if (now?.parsed.text !== run.text) return;
  useRun.setState({ run });
  announce(placeOfRun(document, run));
}

/** Ends the run; the views show the whole circuit again. */
export function stopRun(): void {
  if (useRun.getState().run === null) return;
  useRun.setState({ run: null });
  announce('The run is over. The views show the whole circuit.');
}

/** Another seed draws other outcomes: a run begins anew. */
export function chooseSeed(seed: number): void {
  useRun.setState({ seed, run: null });
  void move('into');
}

/** The statement that runs next; null at the end. */
export function nextStep({ trace, at }: Run): TraceStep | null {
  return trace.steps[at] ?? null;
}

/** "Step 3, before line 7: h q[0]; (i = 2)." */
export function placeOfRun({ parsed }: OpenDocument, run: Run): string {
  const step = nextStep(run);
  if (step === null) return 'At the end of the run.';
  const words = parsed.text.slice(step.start, step.end).replaceAll(/\s+/g, ' ');
  const passes = passesOf(step);
  const around = passes.length === 0 ? '' : `, ${passes.join(', ')}`;
  const { line } = positionAt(lineStartsOf(parsed.text), step.start);
  return `Step ${run.at + 1}, before line ${line}${around}: ${words}`;
}

/** The classical registers at the place of the run. */
export function bitsOfRun({ drawn }: OpenDocument, { trace, at }: Run) {
  return bitsAt(drawn, trace, at);
}

/**
 * Puts a breakpoint on the statement at an offset, or on the next one in the text, or takes it away.
 * Says which line it was.
 */
export function breakAt(offset: number): void {
  const document = activeDocument();
  if (document === null) return;
  if (isStale(document)) {
    announce('The text has errors. Mend them before setting breakpoints.');
    return;
  }
  const lines = lineStartsOf(document.parsed.text);
  const { line } = positionAt(lines, offset);
  const lineStart = lines[line - 1] as number;
  const start = stopsIn(document.drawn).find((one) => one >= lineStart);
  if (start === undefined) {
    announce('No statement from here on acts on qubits.');
    return;
  }
  changePlaces((current) => toggleBreakpoint(current, start));
  const isSet = placesOf(activeDocument() ?? document).breakpoints.includes(start);
  announce(`Breakpoint ${isSet ? 'on' : 'taken from'} line ${positionAt(lines, start).line}.`);
}

/** Takes all breakpoints of the active document away. */
export function clearBreakpoints(): void {
  changePlaces((document) => placesOf(document).breakpoints.reduce(toggleBreakpoint, document));
  announce('All breakpoints taken away.');
}
