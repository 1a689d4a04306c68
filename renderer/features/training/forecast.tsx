import { formatBytes } from '#shared/base/format-bytes.ts';
import { formatCost, formatSeconds } from '#renderer/lib/format.ts';
import type { SpecCheck } from '#renderer/lib/use-spec-check.ts';

/** Whether a message stands at a field of the form already. */
function hasField(path: string): boolean {
  return (
    /^(name|shots|seed|algorithm|settings\..+)$/.test(path) ||
    /^problem\.(prices|assets|budget|riskAversion|rows|data|target|features|sampleSize|split\.folds)$/.test(
      path,
    )
  );
}

/** What the job will need, and what is wrong with it that belongs to no field above. */
export function Forecast({ check }: { check: SpecCheck }) {
  if (check.failure !== null) {
    return (
      <p className="note note-bad" role="alert">
        {check.failure.message}
      </p>
    );
  }
  const { forecast } = check;
  const entries = Object.entries(check.errors).filter(([path]) => !hasField(path));
  return (
    <>
      {forecast === null ? null : (
        <dl className="facts">
          {forecast.memoryBytes === null ? null : (
            <>
              <dt>Memory</dt>
              <dd>{formatBytes(forecast.memoryBytes)}</dd>
            </>
          )}
          {forecast.seconds === null ? null : (
            <>
              <dt>Time</dt>
              <dd>about {formatSeconds(forecast.seconds)}</dd>
            </>
          )}
          <dt>Cost</dt>
          <dd>{forecast.cost === 0 ? 'free, runs on this computer' : formatCost(forecast.cost)}</dd>
        </dl>
      )}
      {entries.length === 0 ? null : (
        <ul className="note note-bad" aria-label="What has to be mended">
          {entries.map(([path, message]) => (
            <li key={path}>
              {path === '' ? '' : `${path}: `}
              {message}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
