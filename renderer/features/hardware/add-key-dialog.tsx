import { type FormEvent, useRef, useState } from 'react';
import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import { asAppError } from '#shared/base/errors.ts';
import { client } from '#renderer/lib/client.ts';
import { textIn } from '#renderer/lib/form-text.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { credentialFieldsOf } from './credential-fields.ts';

/** The one way in for a secret. The fields are not React state: they are read, sent and wiped. */
export function AddKeyDialog({ onClose }: { onClose: () => void }) {
  const providers = useRequest('catalog.list', { kind: 'provider' });
  return (
    <Dialog title="Add a key" onClose={onClose}>
      {providers.error !== null ? (
        <ErrorState error={providers.error} onRetry={providers.reload} />
      ) : providers.data === null ? (
        <Skeleton lines={4} />
      ) : providers.data.length === 0 ? (
        <p className="note">No vendor that needs a key is built in.</p>
      ) : (
        <KeyForm providers={providers.data} onClose={onClose} />
      )}
    </Dialog>
  );
}

function KeyForm(props: { providers: readonly CatalogEntry[]; onClose: () => void }) {
  const { providers, onClose } = props;
  const form = useRef<HTMLFormElement>(null);
  const [providerId, setProviderId] = useState(providers[0]?.id ?? '');
  const [failure, setFailure] = useState<string | null>(null);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [saving, setSaving] = useState(false);
  const provider = providers.find((entry) => entry.id === providerId);
  const fields = provider === undefined ? [] : credentialFieldsOf(provider);
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const values = Object.fromEntries(fields.map(({ id }) => [id, textIn(typed, `field-${id}`)]));
    const name = textIn(typed, 'name').trim();
    const empty = fields.filter(({ id }) => (values[id] ?? '').trim() === '').map(({ id }) => id);
    setMissing([...(name === '' ? ['name'] : []), ...empty]);
    // What was typed stays: only a key that is sent is wiped.
    if (name === '' || empty.length > 0) return;
    for (const input of form.current?.querySelectorAll<HTMLInputElement>('[data-secret]') ?? []) {
      input.value = '';
    }
    setSaving(true);
    try {
      await client().request('credentials.add', { provider: providerId, name, fields: values });
      onClose();
    } catch (thrown) {
      setFailure(asAppError(thrown).message);
      setSaving(false);
    }
  };
  return (
    <form ref={form} className="stack" noValidate onSubmit={(event) => void save(event)}>
      <SelectField
        label="Vendor"
        help={provider?.summary}
        value={providerId}
        options={providers.map(({ id, title }) => ({ value: id, title }))}
        onChange={(event) => {
          setMissing([]);
          setProviderId(event.target.value);
        }}
      />
      <TextField
        key={providerId}
        label="Name"
        name="name"
        defaultValue={provider?.title ?? ''}
        maxLength={100}
        error={missing.includes('name') ? 'Give the key a name.' : null}
      />
      {fields.map((field) => (
        <TextField
          key={`${providerId} ${field.id}`}
          label={field.title}
          help={field.help}
          name={`field-${field.id}`}
          type={field.isSecret ? 'password' : 'text'}
          autoComplete="off"
          spellCheck={false}
          error={missing.includes(field.id) ? `${field.title} is missing.` : null}
          data-secret={field.isSecret || undefined}
        />
      ))}
      {failure === null ? null : (
        <p className="note note-bad" role="alert">
          {failure}
        </p>
      )}
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" type="submit" disabled={saving}>
          {saving ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
