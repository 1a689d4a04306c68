import type { Circuit, GateDefinition } from '#shared/circuit/circuit.ts';
import { sourceOfDefinition } from '#shared/qasm/gate-source.ts';
import type { Command } from '#renderer/lib/commands.ts';
import {
  type KeptGate,
  keepGate,
  removeKeptGate,
  useGateLibrary,
} from '#renderer/lib/gate-library.ts';
import { announce, notify, notifyError } from '#renderer/lib/notices.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { placeAtCursor } from './actions.ts';
import { itemId, type PaletteItem, titleOfItem } from './palette-items.ts';
import { designerTarget, indicesInHand } from './hand.ts';

/** The circuit's own gates in their order, then those of the library that it does not have. */
export function ownItems(
  definitions: readonly GateDefinition[],
  kept: readonly KeptGate[],
): readonly PaletteItem[] {
  const names = new Set(definitions.map(({ name }) => name));
  return [
    ...definitions.map(
      (gate): PaletteItem => ({ kind: 'own', gate, definitions: [], inCircuit: true }),
    ),
    ...kept.flatMap(({ name, definitions: needed }): readonly PaletteItem[] => {
      const gate = needed.at(-1);
      if (gate === undefined || names.has(name)) return [];
      return [{ kind: 'own', gate, definitions: needed, inCircuit: false }];
    }),
  ];
}

/** Puts the gate in hand, with those that it calls, into the library that all circuits share. */
export function keepInHand(): void {
  const target = designerTarget();
  const name = target === null ? null : ownGateInHand(target.circuit);
  if (target === null || name === null) {
    announce('Select a gate that this circuit declares itself.');
    return;
  }
  try {
    keepGate(sourceOfDefinition(target.circuit, name)).then(
      () => notify('info', `${name} is kept in your gate library.`),
      notifyError,
    );
  } catch (thrown) {
    notifyError(thrown);
  }
}

function ownGateInHand(circuit: Circuit): string | null {
  const operation = circuit.operations[indicesInHand()[0] ?? -1];
  if (operation?.kind !== 'gate') return null;
  const isOwn = circuit.definitions.some(({ name }) => name === operation.gate);
  return isOwn ? operation.gate : null;
}

/** A command for each gate of one's own, and one for each that can leave the library. */
export function ownGateCommands(): readonly Command[] {
  const { kept } = useGateLibrary.getState();
  const document = activeDocument();
  const items = document === null ? [] : ownItems(document.drawn.definitions, kept);
  const group = 'Your gates';
  return [
    ...items.map((item) => ({
      id: `designer.place-${itemId(item)}`,
      title: `Place ${titleOfItem(item)} at the cursor`,
      group,
      run: () => placeAtCursor(item),
    })),
    ...kept.map(({ name }) => ({
      id: `designer.forget-${name}`,
      title: `Remove ${name} from the gate library`,
      group,
      run: () => removeKeptGate(name),
    })),
  ];
}
