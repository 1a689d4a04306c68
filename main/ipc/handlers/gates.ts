import { AppError } from '#shared/base/errors.ts';
import type { GateDefinition } from '#shared/circuit/circuit.ts';
import type { LibraryGate } from '#shared/ipc/library.ts';
import { definitionsOfSource } from '#shared/qasm/gate-source.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** More gates are refused. */
const maximumGates = 2000;

/** Gates that are shared across circuits; one document. */
export function createGateHandlers({ library, hub }: App): HandlersOf<'gates'> {
  const { gates } = library;
  const without = (name: string): readonly LibraryGate[] =>
    gates.value.filter((one) => one.name !== name);
  return {
    'gates.list': () => [...gates.value],
    'gates.write': async ({ source, note }) => {
      const definition = definitionsOfSource(source).at(-1) as GateDefinition;
      const { name, qubitNames, parameterNames } = definition;
      const others = without(name);
      if (others.length >= maximumGates) {
        const message = `The library has ${maximumGates} gates already. Remove one that is not used.`;
        throw new AppError('too-large', message, { gates: others.length });
      }
      const gate: LibraryGate = {
        name,
        source,
        note,
        qubits: qubitNames.length,
        parameters: [...parameterNames],
        modifiedAt: new Date().toISOString(),
      };
      gates.set([...others, gate].sort((a, b) => (a.name < b.name ? -1 : 1)));
      await gates.flush();
      hub.emit('gates.changed', {});
      return gate;
    },
    'gates.remove': async ({ name }) => {
      const rest = without(name);
      if (rest.length === gates.value.length) {
        throw new AppError('not-found', `There is no gate “${name}” in the library.`, { name });
      }
      gates.set(rest);
      await gates.flush();
      hub.emit('gates.changed', {});
      return { ok: true };
    },
  };
}
