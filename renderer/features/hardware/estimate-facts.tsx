import type { DeviceEstimate } from '#shared/ipc/hardware.ts';
import { countOf, formatCost, formatNumber, formatSeconds } from '#renderer/lib/format.ts';

interface Props {
  readonly estimate: DeviceEstimate;
  /** Whose answer is on its way; null = nothing is asked. */
  readonly waitingFor: string | null;
}

/** The figures of an estimate; those that a vendor still has to give say so. */
export function EstimateFacts({ estimate, waitingFor }: Props) {
  const asked = (text: string): string => (waitingFor === null ? text : `asking ${waitingFor}…`);
  const { cost, costBasis, executionSeconds, queueSeconds, fidelity } = estimate;
  const isFree = cost === 0;
  return (
    <>
      <dl className="facts" aria-label="Estimate" aria-busy={waitingFor !== null}>
        <dt>Cost</dt>
        <dd>
          {waitingFor === null ? (
            <>
              <strong>{isFree ? 'free' : formatCost(cost)}</strong>
              {costBasis === '' ? null : <span className="muted">, {costBasis}</span>}
            </>
          ) : (
            asked('')
          )}
        </dd>
        <dt>Gates</dt>
        <dd className="number">
          {estimate.oneQubitGates.toLocaleString('en')} on one qubit,{' '}
          {estimate.twoQubitGates.toLocaleString('en')} on two
        </dd>
        <dt>Expected fidelity</dt>
        <dd className="number">
          {fidelity === null ? 'no errors are published' : formatNumber(fidelity, 3)}
        </dd>
        {isFree ? null : (
          <>
            <dt>Running</dt>
            <dd>
              {executionSeconds === null ? asked('unknown') : formatSeconds(executionSeconds)}
            </dd>
            <dt>Waiting</dt>
            <dd>{queueSeconds === null ? asked('unknown') : formatSeconds(queueSeconds)}</dd>
          </>
        )}
      </dl>
      {estimate.obstacles.length === 0 ? null : (
        <ul
          className="note note-bad"
          aria-label={`Why it cannot run there: ${countOf(estimate.obstacles.length, 'reason')}`}
        >
          {estimate.obstacles.map((obstacle) => (
            <li key={obstacle}>{obstacle}</li>
          ))}
        </ul>
      )}
    </>
  );
}
