import { useState } from 'react';
import { countOf } from '#renderer/lib/format.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { groupAs } from './actions.ts';
import { closeDialog } from './designer-store.ts';

/** What OpenQASM takes as the name of a gate in both versions. */
const nameForm = /^[a-z][A-Za-z0-9_]*$/;

/** Names the gate that the selected operations become. */
export function GroupDialog({ indices }: { indices: readonly number[] }) {
  const [name, setName] = useState('');
  const isValid = nameForm.test(name);
  const make = (): void => {
    if (isValid && groupAs(name, indices)) closeDialog();
  };
  return (
    <Dialog
      title={`Make a gate of ${countOf(indices.length, 'operation')}`}
      onClose={closeDialog}
      footer={
        <Button tone="primary" disabled={!isValid} onClick={make}>
          Make the gate
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <TextField
          label="Name"
          className="field-input mono"
          value={name}
          error={
            name === '' || isValid
              ? null
              : 'A name begins with a small letter and goes on with letters, digits and _.'
          }
          onChange={({ target }) => setName(target.value)}
        />
      </form>
    </Dialog>
  );
}
