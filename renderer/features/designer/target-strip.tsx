import { useEffect, useState } from 'react';
import type { DeviceLint } from '#shared/devices/device-lint.ts';
import type { Device } from '#shared/ipc/hardware.ts';
import { countOf, formatPercent, formatSeconds } from '#renderer/lib/format.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { isStale, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { select } from '#renderer/lib/workspace/workspace-store.ts';
import { nameOfOperation } from './labels.ts';
import { targetShots, useDevices, useLoadDevices, useTarget, useTargetCheck } from './target.ts';

/** Which device the circuit is drawn for. */
export function TargetChoice() {
  useLoadDevices();
  const chosen = useSettings((state) => state.settings.target);
  const devices = useDevices((state) => state.devices);
  return (
    <label className="target-choice">
      Device
      <select
        className="field-input"
        value={devices.some(({ id }) => id === chosen) ? (chosen ?? '') : ''}
        onChange={({ target }) =>
          changeSettings({ target: target.value === '' ? null : target.value })
        }
      >
        <option value="">Any</option>
        {devices
          .filter(({ kind, provider }) => kind !== 'simulator' || provider !== 'local')
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </select>
    </label>
  );
}

/** Fidelity, time and cost on the device, and what it does not do as it stands. */
export function TargetStrip({ document }: { document: OpenDocument }) {
  const device = useTarget();
  if (device === null) return null;
  return <Strip document={document} device={device} />;
}

function Strip({ document, device }: { document: OpenDocument; device: Device }) {
  const [isOpen, setOpen] = useState(false);
  const { lints, estimate } = useTargetCheck(document);
  const obstacles = lints.filter(({ severity }) => severity === 'obstacle').length;
  return (
    <section className="target-strip" aria-label={`On ${device.name}`}>
      <div className="target-figures" role="status">
        <strong>{device.name}</strong>
        {estimate === null || estimate.fidelity === null ? (
          <span>fidelity not known</span>
        ) : (
          <span title="Product of 1 − error over gates and readouts, before compilation">
            fidelity about <strong className="number">{formatPercent(estimate.fidelity)}</strong>
          </span>
        )}
        {estimate === null || estimate.seconds === null ? null : (
          <span>
            <span className="number">{formatSeconds(estimate.seconds)}</span> for {targetShots}{' '}
            shots
          </span>
        )}
        <Cost document={document} device={device} />
        <button
          type="button"
          className="button"
          aria-expanded={isOpen}
          disabled={lints.length === 0}
          onClick={() => setOpen(!isOpen)}
        >
          {lints.length === 0
            ? 'Nothing stands in the way'
            : `${countOf(obstacles, 'obstacle')}, ${countOf(lints.length - obstacles, 'rewrite')}`}
        </button>
      </div>
      {isOpen && lints.length > 0 ? <LintList document={document} lints={lints} /> : null}
    </section>
  );
}

const listed = 200;

function LintList({ document, lints }: { document: OpenDocument; lints: readonly DeviceLint[] }) {
  const circuit = document.drawn;
  return (
    <ul className="target-list" aria-label="What the device does not do as it stands">
      {lints.slice(0, listed).map(({ index, severity, reason }, k) => {
        const operation = index === null ? undefined : circuit.operations[index];
        const where = operation === undefined ? 'The circuit' : nameOfOperation(circuit, operation);
        return (
          <li key={k}>
            <button
              type="button"
              disabled={index === null}
              onClick={() => index !== null && select([index])}
            >
              <span className={`target-${severity}`}>
                {severity === 'obstacle' ? 'Cannot run' : 'Rewritten'}
              </span>
              <span>
                {where}: {reason}
              </span>
            </button>
          </li>
        );
      })}
      {lints.length > listed ? <li>… and {lints.length - listed} more</li> : null}
    </ul>
  );
}

const settleMs = 400;

/** The price is asked of main, once the circuit has stood still for a moment. */
function Cost({ document, device }: { document: OpenDocument; device: Device }) {
  const { text } = document.parsed;
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data } = useRequest(
    'devices.estimate',
    isStale(document) ? null : { deviceId: device.id, source: settled, shots: targetShots },
  );
  if (data === null) return null;
  return (
    <span title={data.costBasis}>
      {data.cost === null ? (
        'cost not known'
      ) : (
        <strong className="number">${data.cost.toFixed(2)}</strong>
      )}
    </span>
  );
}
