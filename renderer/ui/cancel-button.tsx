import { Square } from 'lucide-react';
import { useState } from 'react';
import { notifyError } from '#renderer/lib/notices.ts';
import { Button } from './button.tsx';

interface Props {
  readonly onCancel: () => Promise<unknown>;
  /** The command that presses it. */
  readonly command?: string;
  /** It was cancelled from elsewhere and has not ended yet. */
  readonly isCancelling: boolean;
}

/** Cancels what runs. It stays where it is, and dead, until that has ended. */
export function CancelButton({ onCancel, command, isCancelling }: Props) {
  const [asked, setAsked] = useState(false);
  const isBusy = asked || isCancelling;
  const cancel = (): void => {
    setAsked(true);
    onCancel().catch((thrown: unknown) => {
      setAsked(false);
      notifyError(thrown);
    });
  };
  return (
    <Button
      tone="danger"
      {...(command === undefined ? {} : { command })}
      icon={<Square size={14} />}
      disabled={isBusy}
      onClick={cancel}
    >
      {isBusy ? 'Cancelling…' : 'Cancel'}
    </Button>
  );
}
