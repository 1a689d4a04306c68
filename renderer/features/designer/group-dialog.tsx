import { useState } from 'react';
import { countOf } from '#renderer/lib/format.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { groupAs } from './actions.ts';
import { focusGrid, useDesigner } from './designer-store.ts';

/** What OpenQASM takes as the name of a gate in both versions. */
const nameForm = /^[a-z][A-Za-z0-9_]*$/;

/** Names the gate that the selected operations become. */
export function GroupDialog() {
  const indices = useDesigner((state) => state.naming);
  return indices === null ? null : <Naming indices={indices} />;
}

function Naming({ indices }: { indices: readonly number[] }) {
  const [name, setName] = useState('');
  const isValid = nameForm.test(name);
  const close = (): void => {
    useDesigner.setState({ naming: null });
    // The page takes focus again only once the dialog is gone.
    requestAnimationFrame(focusGrid);
  };
  const make = (): void => {
    if (isValid && groupAs(name, indices)) close();
  };
  return (
    <Dialog
      title={`Make a gate of ${countOf(indices.length, 'operation')}`}
      onClose={close}
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
