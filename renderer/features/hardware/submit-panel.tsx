import { useMemo, useState } from 'react';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Device, DeviceEstimate } from '#shared/ipc/hardware.ts';
import { boundSource } from '#renderer/lib/bound-circuit.ts';
import { countOf } from '#renderer/lib/format.ts';
import { editSpec } from '#renderer/lib/job-draft-store.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { ErrorState } from '#renderer/ui/states.tsx';
import { EstimateFacts } from './estimate-facts.tsx';
import { isLocal, localEstimate, valuesText } from './local-estimate.ts';
import { specOfCircuit, submitCircuit } from './submit-circuit.ts';
import { SubmitDialog } from './submit-dialog.tsx';

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
  const shots = Number(shotsText);
  const range = device.shots ?? { min: 1, max: 1_000_000 };
  const isCount = Number.isInteger(shots) && shots >= range.min && shots <= range.max;
  const hasErrors = document.parsed.circuit === null;
  const values = hasErrors ? '' : valuesText(document);
  return (
    <>
      <dl className="facts">
        <dt>Circuit</dt>
        <dd>
          {document.name}, {countOf(qubitCountOf(document.drawn), 'qubit')}
        </dd>
        {values === '' ? null : (
          <>
            <dt>Parameters</dt>
            <dd>
              {values} <span className="muted">as at the sliders</span>
            </dd>
          </>
        )}
        <dt>Device</dt>
        <dd>{device.name}</dd>
      </dl>
      <TextField
        label="Shots"
        inputMode="numeric"
        value={shotsText}
        help={`${range.min.toLocaleString('en')} to ${range.max.toLocaleString('en')}`}
        error={
          isCount
            ? null
            : `Expected a whole number from ${range.min.toLocaleString('en')} to ${range.max.toLocaleString('en')}.`
        }
        onChange={(event) => setShotsText(event.target.value)}
      />
      {hasErrors ? (
        <p className="note note-bad">The circuit’s text has errors. Mend them first.</p>
      ) : isCount ? (
        <Offer device={device} document={document} shots={shots} />
      ) : null}
    </>
  );
}

interface OfferProps {
  readonly device: Device;
  readonly document: OpenDocument;
  readonly shots: number;
}

/** What is known here at once; what only the vendor knows is asked for beside it. */
function Offer({ device, document, shots }: OfferProps) {
  const [dialog, setDialog] = useState(false);
  const source = useMemo(() => boundSource(document), [document]);
  const known = useMemo(() => localEstimate(device, document, shots), [device, document, shots]);
  const local = isLocal(device);
  const asked = useRequest(
    'devices.estimate',
    local || known.obstacles.length > 0 ? null : { deviceId: device.id, source, shots },
  );
  const estimate: DeviceEstimate = asked.data ?? known;
  const canRun = estimate.obstacles.length === 0 && (local || asked.data !== null);
  const run = (): void => {
    if (local) submitCircuit({ device, document, shots, estimate }).catch(notifyError);
    else setDialog(true);
  };
  return (
    <>
      <EstimateFacts
        estimate={estimate}
        waitingFor={asked.loading && asked.data === null ? device.provider : null}
      />
      {asked.error === null ? null : <ErrorState error={asked.error} onRetry={asked.reload} />}
      <Button command="hardware.submit" tone="primary" disabled={!canRun} onClick={run}>
        {local ? 'Run on this computer' : 'Submit…'}
      </Button>
      <Button
        command="hardware.edit"
        onClick={() =>
          editSpec(
            specOfCircuit({ device, document, shots }),
            `The form holds “${document.name}” on ${device.name}.`,
          )
        }
      >
        Edit as a job
      </Button>
      {dialog ? (
        <SubmitDialog
          device={device}
          document={document}
          shots={shots}
          estimate={estimate}
          onClose={() => setDialog(false)}
        />
      ) : null}
    </>
  );
}
