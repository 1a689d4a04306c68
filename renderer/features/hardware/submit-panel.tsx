import { useMemo, useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Device, DeviceEstimate } from '#shared/ipc/hardware.ts';
import { countOf, formatCost, formatNumber, formatSeconds } from '#renderer/lib/format.ts';
import { submitJob } from '#renderer/lib/jobs.ts';
import { notify } from '#renderer/lib/notices.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';

/** What the open circuit would cost on the chosen device, and the way to run it there. */
export function SubmitPanel({ device }: { device: Device | null }) {
  const document = useActiveDocument();
  return (
    <section className="card stack" aria-label="Run the open circuit">
      <h2>Run the open circuit</h2>
      {document === null ? (
        <p className="muted">Open a circuit in the Circuits workspace first.</p>
      ) : device === null ? (
        <p className="muted">
          Choose a device to see what “{document.name}” would need there and what it would cost.
        </p>
      ) : (
        <SubmitForm key={device.id} device={device} document={document} />
      )}
    </section>
  );
}

function SubmitForm({ device, document }: { device: Device; document: OpenDocument }) {
  const [shotsText, setShotsText] = useState('1000');
  const [confirming, setConfirming] = useState(false);
  const shots = Number(shotsText);
  const range = device.shots ?? { min: 1, max: 1_000_000 };
  const isCount = Number.isInteger(shots) && shots >= range.min && shots <= range.max;
  const hasErrors = document.parsed.circuit === null;
  const question = useMemo(
    () =>
      isCount && !hasErrors ? { deviceId: device.id, source: document.parsed.text, shots } : null,
    [device.id, document.parsed.text, shots, isCount, hasErrors],
  );
  const estimate = useRequest('devices.estimate', question);
  const canRun = estimate.data !== null && estimate.data.obstacles.length === 0;
  return (
    <>
      <dl className="facts">
        <dt>Circuit</dt>
        <dd>
          {document.name}, {countOf(qubitCountOf(document.drawn), 'qubit')}
        </dd>
        <dt>Device</dt>
        <dd>{device.name}</dd>
      </dl>
      <TextField
        label="Shots"
        inputMode="numeric"
        value={shotsText}
        help={`${range.min} to ${range.max.toLocaleString('en')}`}
        error={isCount ? null : `Expected a whole number from ${range.min} to ${range.max}.`}
        onChange={(event) => setShotsText(event.target.value)}
      />
      {hasErrors ? (
        <p className="note note-bad">The circuit's text has errors. Mend them first.</p>
      ) : estimate.error !== null ? (
        <ErrorState error={estimate.error} onRetry={estimate.reload} />
      ) : estimate.data === null ? (
        isCount ? (
          <Skeleton lines={4} label="Estimating" />
        ) : null
      ) : (
        <Estimate estimate={estimate.data} />
      )}
      <Button tone="primary" disabled={!canRun} onClick={() => setConfirming(true)}>
        Submit…
      </Button>
      {confirming && estimate.data !== null ? (
        <Confirm
          device={device}
          document={document}
          shots={shots}
          estimate={estimate.data}
          onClose={() => setConfirming(false)}
        />
      ) : null}
    </>
  );
}

function Estimate({ estimate }: { estimate: DeviceEstimate }) {
  return (
    <>
      <dl className="facts" aria-label="Estimate">
        <dt>Cost</dt>
        <dd>
          <strong>{formatCost(estimate.cost)}</strong>{' '}
          <span className="muted">{estimate.costBasis}</span>
        </dd>
        <dt>Gates</dt>
        <dd className="number">
          {estimate.oneQubitGates} on one qubit, {estimate.twoQubitGates} on two
        </dd>
        <dt>Expected fidelity</dt>
        <dd className="number">{formatNumber(estimate.fidelity, 3)}</dd>
        <dt>Running</dt>
        <dd>
          {estimate.executionSeconds === null ? '–' : formatSeconds(estimate.executionSeconds)}
        </dd>
        <dt>Waiting</dt>
        <dd>{estimate.queueSeconds === null ? 'unknown' : formatSeconds(estimate.queueSeconds)}</dd>
      </dl>
      {estimate.obstacles.length === 0 ? null : (
        <ul className="note note-bad" aria-label="Why it cannot run there">
          {estimate.obstacles.map((obstacle) => (
            <li key={obstacle}>{obstacle}</li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ConfirmProps {
  readonly device: Device;
  readonly document: OpenDocument;
  readonly shots: number;
  readonly estimate: DeviceEstimate;
  readonly onClose: () => void;
}

function Confirm({ device, document, shots, estimate, onClose }: ConfirmProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const cost = formatCost(estimate.cost);
  const send = async (): Promise<void> => {
    setSending(true);
    try {
      await submitJob({
        algorithm: 'sample',
        problem: { kind: 'circuit', qasm: document.parsed.text },
        backend: device.id,
        shots,
        name: `${document.name} on ${device.name}`.slice(0, 200),
        // The job stops where the vendor would ask for more than what was agreed here.
        ...(estimate.cost === null ? {} : { limits: { cost: estimate.cost } }),
      });
      notify('info', 'Submitted. Its progress is listed below the devices.');
      onClose();
    } catch (thrown) {
      setFailure(asAppError(thrown).message);
      setSending(false);
    }
  };
  return (
    <Dialog
      title="Submit to hardware?"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={sending} onClick={() => void send()}>
            {sending ? 'Submitting…' : `Submit for ${cost}`}
          </Button>
        </>
      }
    >
      <p>
        {countOf(shots, 'shot')} of “{document.name}” on {device.name} cost <strong>{cost}</strong>.{' '}
        {estimate.costBasis}
      </p>
      {failure === null ? null : (
        <p className="note note-bad" role="alert">
          {failure}
        </p>
      )}
    </Dialog>
  );
}
