import { create } from 'zustand';
import { asAppError } from '#shared/base/errors.ts';
import type { GateDefinition } from '#shared/circuit/circuit.ts';
import type { LibraryGate } from '#shared/ipc/library.ts';
import { definitionsOfSource } from '#shared/qasm/gate-source.ts';
import { client } from './client.ts';
import { notify, notifyError } from './notices.ts';

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
  useGateLibrary.setState({ kept: gates.flatMap(read) });
}

/** Reads the library anew whenever this window or another one has changed it. */
export function followGates(): void {
  client().on('gates.changed', () => void loadGates().catch(notifyError));
}

/** Keeps the last gate of the source; one of the same name is replaced. */
export async function keepGate(source: string): Promise<void> {
  await client().request('gates.write', { source, note: '' });
}

export async function removeKeptGate(name: string): Promise<void> {
  await client().request('gates.remove', { name });
}

function read({ name, source }: LibraryGate): readonly KeptGate[] {
  try {
    return [{ name, definitions: definitionsOfSource(source) }];
  } catch (thrown) {
    notify('warning', `The gate “${name}” of the library: ${asAppError(thrown).message}`);
    return [];
  }
}
