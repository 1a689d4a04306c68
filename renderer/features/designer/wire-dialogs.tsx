import { useState } from 'react';
import { nameOfIndex } from '#shared/circuit/circuit.ts';
import { countOf } from '#renderer/lib/format.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { closeDialog } from './designer-store.ts';
import { countOnWire, registerAt } from './plan-wires.ts';
import { removeWireNow, renameRegister } from './wire-actions.ts';

/** Asks before a wire goes with what stands on it. */
export function RemoveWireDialog({ document, row }: { document: OpenDocument; row: number }) {
  const circuit = document.drawn;
  const count = countOf(countOnWire(circuit, row), 'operation');
  const name = nameOfIndex(circuit.qubitRegisters, row);
  return (
    <Dialog
      title={`Remove the wire ${name}?`}
      onClose={closeDialog}
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button
            tone="danger"
            onClick={() => {
              closeDialog();
              removeWireNow(row);
            }}
          >
            {`Remove it with ${count}`}
          </Button>
        </>
      }
    >
      <p>
        {count} on {name} would go with it, also where they act on other wires. Undo brings all of
        it back.
      </p>
    </Dialog>
  );
}

/** Gives a register of qubits or bits another name. */
export function RenameRegisterDialog({ document, row }: { document: OpenDocument; row: number }) {
  const { qubitRegisters, bitRegisters } = document.drawn;
  const choices = [
    ...qubitRegisters.map(({ name }) => ({ of: 'qubit' as const, name })),
    ...bitRegisters.map(({ name }) => ({ of: 'bit' as const, name })),
  ];
  const qubits = qubitRegisters.reduce((sum, { size }) => sum + size, 0);
  const first =
    registerAt(document.drawn, row)?.register.name ?? bitRegisters[row - qubits]?.name ?? '';
  const [chosen, setChosen] = useState(first);
  const [typed, setTyped] = useState(first);
  const register = choices.find(({ name }) => name === chosen);
  const problem = typed === chosen ? null : problemOf(document, typed);
  const save = (): void => {
    if (register === undefined || typed === '' || problem !== null) return;
    if (typed === chosen || renameRegister(register.of, chosen, typed)) closeDialog();
  };
  return (
    <Dialog
      title="Rename a register"
      onClose={closeDialog}
      footer={
        <Button tone="primary" disabled={typed === '' || problem !== null} onClick={save}>
          Rename
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label="New name"
          className="field-input mono"
          value={typed}
          error={typed === '' ? null : problem}
          onFocus={(event) => event.currentTarget.select()}
          onChange={({ target }) => setTyped(target.value)}
        />
        {choices.length < 2 ? null : (
          <SelectField
            label="Register"
            value={chosen}
            options={choices.map(({ of, name }) => ({
              value: name,
              title: `${name} (${of === 'qubit' ? 'qubits' : 'bits'})`,
            }))}
            onChange={({ target }) => {
              setChosen(target.value);
              setTyped(target.value);
            }}
          />
        )}
      </form>
    </Dialog>
  );
}

/** Why a register cannot have the name; null = it can. */
function problemOf({ drawn, parsed }: OpenDocument, name: string): string | null {
  const { qubitRegisters, bitRegisters, definitions, parameters } = drawn;
  const taken = [...qubitRegisters, ...bitRegisters, ...definitions, ...parameters];
  if (taken.some((one) => one.name === name)) return `“${name}” is taken already.`;
  const form = parsed.language === 2 ? /^[a-z][A-Za-z0-9_]*$/ : /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
  if (form.test(name)) return null;
  return 'A name begins with a small letter and goes on with letters, digits and _.';
}
