import { create } from 'zustand';
import { asAppError } from '#shared/base/errors.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { client } from './client.ts';
import { newestOnly } from './newest-only.ts';
import { prefixOf } from './stepping.ts';
import { displaysOf } from './workspace/displays.ts';
import { isStale, type OpenDocument } from './workspace/open-document.ts';
import { bindingsOf } from './workspace/parameters.ts';
import { inWindowWords } from './window-words.ts';
import { activeOf, useWorkspace } from './workspace/workspace-store.ts';

/** The state behind a column, or why it is not known. */
export type InlineState =
  | { readonly kind: 'state'; readonly result: SimulationResult }
  | { readonly kind: 'unknown'; readonly reason: string };

interface InlineStates {
  /** The tab that they are of. */
  readonly key: string | null;
  readonly byColumn: ReadonlyMap<number, InlineState>;
}

/** The states behind the columns that have displays. */
export const useInlineStates = create<InlineStates>(() => ({ key: null, byColumn: new Map() }));

interface Question {
  readonly document: OpenDocument;
  readonly columns: readonly number[];
  /** Two questions with the same words have the same answer. */
  readonly words: string;
}

/** Entries of tables that are asked for: more than a display draws. */
const listed = 64;

let newest: Question | null = null;

const { ask } = newestOnly<Question, ReadonlyMap<number, InlineState>>(
  async ({ document, columns }, signal) => {
    const states = new Map<number, InlineState>();
    const displays = displaysOf(document);
    for (const column of columns) {
      const draws = displays.some((one) => one.column === column && one.show === 'samples');
      states.set(column, await stateBehind(document, column, draws, signal));
      signal.throwIfAborted();
    }
    return states;
  },
  ({ input, output }) => {
    if (output === null || newest?.document.key !== input.document.key) return;
    useInlineStates.setState({ key: input.document.key, byColumn: output });
  },
);

/** With the table of all outcomes only where samples are drawn from it: it is the one part that is large. */
async function stateBehind(
  document: OpenDocument,
  column: number,
  probabilities: boolean,
  signal: AbortSignal,
): Promise<InlineState> {
  try {
    const asked = {
      source: prefixOf(document, column + 1),
      probabilities,
      bloch: true,
      view: { top: listed },
      parameters: bindingsOf(document),
    };
    const result = await client().request('circuit.simulate', asked, signal);
    return { kind: 'state', result };
  } catch (thrown) {
    return { kind: 'unknown', reason: inWindowWords(asAppError(thrown).message) };
  }
}

/** Keeps the states of the active circuit's displays up to date. Ends with the returned function. */
export function followInlineStates(): () => void {
  newest = null;
  const look = (): void => {
    const document = activeOf(useWorkspace.getState());
    if (document === null || isStale(document)) return;
    const columns = [...new Set(displaysOf(document).map(({ column }) => column))];
    if (columns.length === 0) {
      newest = null;
      return;
    }
    const { text } = document.parsed;
    const words = JSON.stringify([
      document.key,
      columns,
      bindingsOf(document),
      document.beside.view,
    ]);
    const isSame = newest?.words === words && newest.document.parsed.text === text;
    if (isSame && newest?.document.placed === document.placed) return;
    newest = { document, columns, words };
    ask(newest);
  };
  look();
  return useWorkspace.subscribe(look);
}
