import { type FormEvent, useState } from 'react';
import type { ModelRow } from '#shared/models/model-summary.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { renameModel } from './actions.ts';

/** Another name; the id and the model stay. */
export function RenameDialog({ model, onClose }: { model: ModelRow; onClose: () => void }) {
  const [name, setName] = useState(model.name);
  const isEmpty = name.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isEmpty) return;
    void renameModel(model, name.trim());
    onClose();
  };
  return (
    <Dialog title="Rename the model" onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextField
          label="Name"
          value={name}
          maxLength={200}
          error={isEmpty ? 'A name has at least one sign.' : null}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="row">
          <span className="spacer" />
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" disabled={isEmpty}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
