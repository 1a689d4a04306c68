import { AppError } from '#shared/base/errors.ts';
import type { LibraryGate } from '#shared/ipc/library.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** More gates are refused. */
const maximumGates = 2000;

/** Gates that are shared across circuits; one document. */
export function createGateHandlers({ library, hub, reader }: App): HandlersOf<'gates'> {
  const { gates } = library;
  return {
    'gates.list': () => [...gates.value],
    'gates.write': async ({ source, note }, signal) => {
      const declared = await reader.read({ kind: 'gate', source }, { signal });
      const { name, qubits, parameters } = declared;
      const gate: LibraryGate = {
        name,
        source,
        note,
        qubits,
        parameters: [...parameters],
        modifiedAt: new Date().toISOString(),
      };
      await gates.write((before) => withGate(before, gate));
      hub.emit('gates.changed', {});
      return gate;
    },
    'gates.remove': async ({ name }) => {
      await gates.write((before) => withoutGate(before, name));
      hub.emit('gates.changed', {});
      return { ok: true };
    },
  };
}

function withGate(before: readonly LibraryGate[], gate: LibraryGate): readonly LibraryGate[] {
  const others = before.filter(({ name }) => name !== gate.name);
  if (others.length >= maximumGates) {
    const message = `The library has ${maximumGates} gates already. Remove one that is not used.`;
    throw new AppError('too-large', message, { gates: others.length });
  }
  return [...others, gate].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function withoutGate(before: readonly LibraryGate[], name: string): readonly LibraryGate[] {
  const rest = before.filter((one) => one.name !== name);
  if (rest.length < before.length) return rest;
  throw new AppError('not-found', `There is no gate “${name}” in the library.`, { name });
}
