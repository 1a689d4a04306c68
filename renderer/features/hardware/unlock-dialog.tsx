import { type FormEvent, useRef, useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import { client } from '#renderer/lib/client.ts';
import { textIn } from '#renderer/lib/form-text.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';

interface Props {
  /** There is no vault yet: the passphrase makes one. */
  readonly isNew: boolean;
  readonly onClose: () => void;
  readonly onOpen: () => void;
}

/** Asks for the passphrase. It lives in the field only, and is wiped as soon as it is sent. */
export function UnlockDialog({ isNew, onClose, onOpen }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const unlock = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const passphrase = textIn(fields, 'passphrase');
    if (isNew && passphrase !== textIn(fields, 'again')) {
      setFailure('The two passphrases differ.');
      return;
    }
    form.current?.reset();
    setWorking(true);
    try {
      await client().request('vault.unlock', { passphrase });
      onOpen();
    } catch (thrown) {
      setFailure(asAppError(thrown).message);
      setWorking(false);
    }
  };
  return (
    <Dialog title={isNew ? 'Make a vault' : 'Unlock the vault'} onClose={onClose}>
      <form ref={form} className="stack" onSubmit={(event) => void unlock(event)}>
        {isNew ? (
          <p className="muted">
            Your keys are encrypted under this passphrase. It cannot be recovered.
          </p>
        ) : null}
        <TextField
          label="Passphrase"
          name="passphrase"
          type="password"
          autoComplete="off"
          required
          error={failure}
        />
        {isNew ? (
          <TextField
            label="Passphrase again"
            name="again"
            type="password"
            autoComplete="off"
            required
          />
        ) : null}
        <div className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" disabled={working}>
            {working ? 'Opening…' : isNew ? 'Make it' : 'Unlock'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
