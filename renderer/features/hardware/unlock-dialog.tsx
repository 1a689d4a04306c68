import { type FormEvent, useRef, useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import { client } from '#renderer/lib/client.ts';
import { textIn } from '#renderer/lib/form-text.ts';
import { type PassphraseStrength, passphraseStrength } from '#shared/base/passphrase.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';

interface Props {
  /** There is no vault yet: the passphrase makes one. */
  readonly isNew: boolean;
  readonly onClose: () => void;
  readonly onOpen: () => void;
}

interface Faults {
  readonly passphrase?: string;
  readonly again?: string;
}

/** Asks for the passphrase. It lives in the field only, and is wiped as soon as it is sent. */
export function UnlockDialog({ isNew, onClose, onOpen }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<Faults>({});
  const [strength, setStrength] = useState<PassphraseStrength | null>(null);
  const [working, setWorking] = useState(false);
  const unlock = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const passphrase = textIn(fields, 'passphrase');
    const found = faultsOf(passphrase, isNew ? textIn(fields, 'again') : null);
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    form.current?.reset();
    setStrength(null);
    setWorking(true);
    try {
      await client().request('vault.unlock', { passphrase });
      onOpen();
    } catch (thrown) {
      setFaults({ passphrase: asAppError(thrown).message });
      setWorking(false);
    }
  };
  return (
    <Dialog title={isNew ? 'Make a vault' : 'Unlock the vault'} onClose={onClose}>
      <form ref={form} className="stack" noValidate onSubmit={(event) => void unlock(event)}>
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
          help={isNew ? 'At least 8 characters; several words are best.' : undefined}
          error={faults.passphrase}
          onChange={(event) =>
            // Only how strong it is becomes state, never what it is.
            setStrength(
              isNew && event.target.value !== '' ? passphraseStrength(event.target.value) : null,
            )
          }
        />
        {strength === null ? null : <StrengthMeter {...strength} />}
        {isNew ? (
          <TextField
            label="Passphrase again"
            name="again"
            type="password"
            autoComplete="off"
            error={faults.again}
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

/** What is wrong with a passphrase before it is sent; `again` null = it need not be repeated. */
function faultsOf(passphrase: string, again: string | null): Faults {
  if (passphrase === '') return { passphrase: 'Type the passphrase.' };
  if (again === null) return {};
  const { word, advice } = passphraseStrength(passphrase);
  if (word === 'too weak') return { passphrase: `Too weak. ${advice}` };
  return passphrase === again ? {} : { again: 'The two passphrases differ.' };
}

const enoughBits = 80;

function StrengthMeter({ word, bits, advice }: PassphraseStrength) {
  return (
    <div className="strength">
      <span className="meter" aria-hidden>
        <span style={{ width: `${Math.min(100, Math.round((100 * bits) / enoughBits))}%` }} />
      </span>
      <span className="muted" role="status">
        Strength: {word}. {advice}
      </span>
    </div>
  );
}
