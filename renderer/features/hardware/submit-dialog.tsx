import { useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import { countOf, formatCost } from '#renderer/lib/format.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { valuesText } from './local-estimate.ts';
import { submitCircuit, type Submission } from './submit-circuit.ts';

/** Asks before a machine is paid for. */
export function SubmitDialog({ onClose, ...submission }: Submission & { onClose: () => void }) {
  const { device, document, shots, estimate } = submission;
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const values = valuesText(document);
  const price = estimate.cost === null ? 'an unknown price' : formatCost(estimate.cost);
  const send = async (): Promise<void> => {
    setSending(true);
    try {
      await submitCircuit(submission);
      onClose();
    } catch (thrown) {
      setFailure(asAppError(thrown).message);
      setSending(false);
    }
  };
  return (
    <Dialog
      title={`Submit to ${device.name}?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={sending} onClick={() => void send()}>
            {sending ? 'Submitting…' : `Submit for ${price}`}
          </Button>
        </>
      }
    >
      <p>
        {countOf(shots, 'shot')} of “{document.name}”{values === '' ? '' : ` with ${values}`} on{' '}
        {device.name} cost <strong>{price}</strong>
        {estimate.costBasis === '' ? '' : ` (${estimate.costBasis})`}.
      </p>
      {failure === null ? null : (
        <p className="note note-bad" role="alert">
          {failure}
        </p>
      )}
    </Dialog>
  );
}
