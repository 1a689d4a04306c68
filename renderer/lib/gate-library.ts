import { create } from 'zustand';
import { asAppError } from '#shared/base/errors.ts';
import type { GateDefinition } from '#shared/circuit/circuit.ts';
import type { LibraryGate } from '#shared/ipc/library.ts';
import { definitionsOfSource } from '#shared/qasm/gate-source.ts';
import { client } from './client.ts';
import { notify, notifyError } from './notices.ts';
import { removeUndoably, settle, useRemovals, withoutHidden } from './removals.ts';

/** A gate of the library as circuits take it: itself last, those that it calls before it. */
export interface KeptGate {
  readonly name: string;
  readonly definitions: readonly GateDefinition[];
}

/** The gates that all circuits share, by name. */
export const useGateLibrary = create<{ readonly kept: readonly KeptGate[] }>(() => ({ kept: [] }));

/** Reads the library. A gate that cannot be read is told and left out. */
export async function loadGates(): Promise<void> {
  const gates = await client().request('gates.list', {});
  all = gates.flatMap(read);
  showKept();
}

let all: readonly KeptGate[] = [];

/** A gate that is being removed is out of sight, and is back where that is undone. */
function showKept(): void {
  const { hidden } = useRemovals.getState();
  useGateLibrary.setState({ kept: withoutHidden(all, hidden, ({ name }) => removalKey(name)) });
}

function removalKey(name: string): string {
  return `gate ${name}`;
}

/** Reads the library anew whenever this window or another one has changed it. */
export function followGates(): void {
  client().on('gates.changed', () => void loadGates().catch(notifyError));
  useRemovals.subscribe(({ hidden }, before) => {
    if (hidden !== before.hidden) showKept();
  });
}

/** Keeps the last gate of the source; one of the same name is replaced. */
export async function keepGate(source: string): Promise<void> {
  // One of the same name may be on its way out, and must not take the new one with it.
  await Promise.all(all.map(({ name }) => settle(removalKey(name))));
  await client().request('gates.write', { source, note: '' });
}

/** Takes a gate out of the library; for a while it can be taken back. */
export function removeKeptGate(name: string): void {
  removeUndoably({ key: removalKey(name), label: name }, () =>
    client().request('gates.remove', { name }),
  );
}

function read({ name, source }: LibraryGate): readonly KeptGate[] {
  try {
    return [{ name, definitions: definitionsOfSource(source) }];
  } catch (thrown) {
    notify('warning', `The gate “${name}” of the library: ${asAppError(thrown).message}`);
    return [];
  }
}
