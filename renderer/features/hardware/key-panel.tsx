import { KeyRound, Lock, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Credential } from '#shared/ipc/hardware.ts';
import { client } from '#renderer/lib/client.ts';
import { formatDate } from '#renderer/lib/format.ts';
import { notify, notifyError } from '#renderer/lib/notices.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { EmptyState, ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { UnlockDialog } from './unlock-dialog.tsx';

/** The vault: which keys there are. The keys themselves never come here. */
export function KeyPanel() {
  const vault = useRequest('vault.status', {});
  const keys = useRequest('credentials.list', {});
  const [dialog, setDialog] = useState<'none' | 'add' | 'unlock'>('none');
  const reloadVault = vault.reload;
  const reloadKeys = keys.reload;
  useEffect(() => client().on('vault.changed', reloadVault), [reloadVault]);
  useEffect(() => client().on('credentials.changed', reloadKeys), [reloadKeys]);
  const state = vault.data?.state ?? null;
  return (
    <section className="card stack" aria-label="Keys">
      <div className="row">
        <h2>Keys</h2>
        <span className="spacer" />
        {state === 'locked' ? (
          <Button
            command="hardware.key"
            icon={<Lock size={14} />}
            onClick={() => setDialog('unlock')}
          >
            Unlock
          </Button>
        ) : (
          <Button
            command="hardware.key"
            icon={<KeyRound size={14} />}
            disabled={state === null}
            onClick={() => setDialog(state === 'open' ? 'add' : 'unlock')}
          >
            Add a key
          </Button>
        )}
      </div>
      {vault.error !== null || keys.error !== null ? (
        <KeyError error={vault.error ?? keys.error} onRetry={() => (reloadVault(), reloadKeys())} />
      ) : keys.data === null ? (
        <Skeleton lines={3} label="Loading keys" />
      ) : state === 'locked' ? (
        <p className="note">The vault is locked. Unlock it with your passphrase to use its keys.</p>
      ) : keys.data.length === 0 ? (
        <EmptyState
          icon={KeyRound}
          title="No key yet"
          text="Keys are encrypted on this machine and sent to their vendor only."
        />
      ) : (
        <ul className="key-list">
          {keys.data.map((key) => (
            <KeyRow key={key.id} credential={key} />
          ))}
        </ul>
      )}
      {dialog === 'add' ? (
        <AddKeyDialog
          onClose={() => {
            setDialog('none');
            reloadKeys();
          }}
        />
      ) : null}
      {dialog === 'unlock' ? (
        <UnlockDialog
          isNew={state === 'absent'}
          onClose={() => setDialog('none')}
          onOpen={() => {
            reloadVault();
            reloadKeys();
            setDialog(state === 'absent' ? 'add' : 'none');
          }}
        />
      ) : null}
    </section>
  );
}

function KeyError(props: {
  error: Parameters<typeof ErrorState>[0]['error'] | null;
  onRetry: () => void;
}) {
  return props.error === null ? null : <ErrorState error={props.error} onRetry={props.onRetry} />;
}

function KeyRow({ credential }: { credential: Credential }) {
  const [testing, setTesting] = useState(false);
  const test = async (): Promise<void> => {
    setTesting(true);
    try {
      const { ok, message } = await client().request('credentials.test', { id: credential.id });
      notify(ok ? 'info' : 'warning', message);
    } catch (thrown) {
      notifyError(thrown);
    } finally {
      setTesting(false);
    }
  };
  const [asking, setAsking] = useState(false);
  return (
    <li>
      <span className="hardware-job-name">
        <span className="ellipsis">{credential.name}</span>
        <span className="muted">
          {credential.provider} · added {formatDate(credential.addedAt)}
        </span>
      </span>
      <Button disabled={testing} onClick={() => void test()}>
        {testing ? 'Testing…' : 'Test'}
      </Button>
      <IconButton label={`Remove ${credential.name}`} onClick={() => setAsking(true)}>
        <Trash2 size={14} />
      </IconButton>
      {asking ? <RemoveDialog credential={credential} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}

/** A key cannot be brought back from what is stored here: asked before, not undone after. */
function RemoveDialog({ credential, onClose }: { credential: Credential; onClose: () => void }) {
  const remove = async (): Promise<void> => {
    try {
      await client().request('credentials.remove', { id: credential.id });
    } catch (thrown) {
      notifyError(thrown);
    }
    onClose();
  };
  return (
    <Dialog
      title={`Remove the key “${credential.name}”?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button tone="danger" onClick={() => void remove()}>
            Remove the key
          </Button>
        </>
      }
    >
      <p>
        It is deleted from this machine and cannot be brought back; the vendor’s site can make a new
        one. Jobs that wait at {credential.provider} can no longer be followed.
      </p>
    </Dialog>
  );
}
