import type { Device } from '#shared/ipc/hardware.ts';
import type { Forecast } from '#shared/jobs/forecast.ts';
import type { JobDraft } from '#renderer/lib/job-draft.ts';
import { formatCost } from '#renderer/lib/format.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';

interface Props {
  readonly machines: readonly Device[];
  readonly forecast: Forecast | null;
  readonly onStart: () => void;
  readonly onClose: () => void;
}

/** The machines of vendors that a draft would run on: they are paid for. */
export function machinesOf({ spec }: JobDraft, devices: readonly Device[]): readonly Device[] {
  const chosen: readonly unknown[] = [spec['backend']].flat();
  return devices.filter(({ id, kind }) => kind === 'qpu' && chosen.includes(id));
}

/** Asks before machines are paid for. */
export function ConfirmDialog({ machines, forecast, onStart, onClose }: Props) {
  const names = machines.map(({ name }) => name).join(' and ');
  const cost = forecast?.cost ?? null;
  const price = cost === null ? 'an unknown price' : formatCost(cost);
  return (
    <Dialog
      title={`Start on ${names}?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" onClick={onStart}>
            Start for {price}
          </Button>
        </>
      }
    >
      <p>
        {names} {machines.length === 1 ? 'is' : 'are'} paid for: <strong>{price}</strong>.{' '}
        {forecast?.basis}
      </p>
      {cost === null ? (
        <p className="note note-warn">
          A limit of the cost, under Run, ends the job before it costs more. The budget of a month
          in the settings holds as well.
        </p>
      ) : null}
    </Dialog>
  );
}
