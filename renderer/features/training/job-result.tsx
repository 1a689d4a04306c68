import type { JobDocument } from '#shared/jobs/job.ts';
import { formatNumber, formatPercent } from '#renderer/lib/format.ts';
import { histogramOf } from '#renderer/lib/histogram-rows.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Bars } from '#renderer/ui/bars.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { AngleTable } from './angle-table.tsx';
import { LearnerView } from './learner-view.tsx';
import { type OptimisationResult, readResult, scalarsOf, stoppedEarly } from './result.ts';
import { saveJob } from './save-job.ts';

/** The result of a finished job, drawn by its kind; the whole of the job can be saved as JSON. */
export function JobResult({ job, name }: { job: JobDocument; name: string }) {
  const { result } = job;
  const view = readResult(result);
  return (
    <section className="card stack" aria-label="Result">
      <div className="row">
        <h3>Result</h3>
        <span className="spacer" />
        <Button onClick={() => void saveJob(job, name)}>Save as JSON</Button>
      </div>
      {stoppedEarly(result) ? (
        <p className="note note-warn">
          The optimiser stopped before converging. Give it more iterations, or take the result as
          provisional.
        </p>
      ) : null}
      {view.kind === 'learner' ? <LearnerView result={view.result} /> : null}
      {view.kind === 'optimisation' ? <Optimisation result={view.result} /> : null}
      {view.kind === 'counts' ? <Counts counts={view.counts} /> : null}
      {view.kind === 'observables' ? <Observables rows={view.rows} /> : null}
      <Scalars value={result} />
    </section>
  );
}

function Optimisation({ result }: { result: OptimisationResult }) {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const { best, exact, samples } = result;
  const chosen = best.labels ?? best.x.flatMap((bit, index) => (bit === 1 ? [`x${index}`] : []));
  const isOptimal = exact !== undefined && Math.abs(best.value - exact.value) < 1e-9;
  const shares = Object.fromEntries(samples.map(({ bits, probability }) => [bits, probability]));
  return (
    <>
      <div className="best">
        <span className="muted">Best found</span>
        <ul className="best-assets" aria-label="Chosen assets">
          {chosen.map((name) => (
            <li key={name}>
              <Badge tone="accent">{name}</Badge>
            </li>
          ))}
        </ul>
        <dl className="figures">
          <div>
            <dt>Value</dt>
            <dd className="number">{formatNumber(best.value, 6)}</dd>
          </div>
          {exact === undefined ? null : (
            <div>
              <dt>Exact optimum</dt>
              <dd className="number">
                {formatNumber(exact.value, 6)}{' '}
                {isOptimal ? <Badge tone="good">reached</Badge> : null}
              </dd>
            </div>
          )}
          {result.approximationRatio === undefined ? null : (
            <div>
              <dt>Approximation ratio</dt>
              <dd className="number">{formatNumber(result.approximationRatio, 4)}</dd>
            </div>
          )}
          {result.feasibleProbability === undefined ? null : (
            <div>
              <dt>Feasible</dt>
              <dd className="number">{formatPercent(result.feasibleProbability)}</dd>
            </div>
          )}
          {result.optimumProbability === undefined ? null : (
            <div>
              <dt>Optimum</dt>
              <dd className="number">{formatPercent(result.optimumProbability)}</dd>
            </div>
          )}
        </dl>
      </div>
      {result.parameters === undefined ? null : <AngleTable angles={result.parameters} />}
      {samples.length === 0 ? null : (
        <>
          <h3>Most probable samples</h3>
          <Bars histogram={histogramOf(shares, { limit: 12, order: 'probability', bitOrder })} />
        </>
      )}
    </>
  );
}

function Counts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const shares = Object.fromEntries(
    Object.entries(counts).map(([key, count]) => [key, count / Math.max(total, 1e-300)]),
  );
  return <Bars histogram={histogramOf(shares, { limit: 64, order: 'value', bitOrder })} />;
}

interface ObservableRow {
  readonly observable: string;
  readonly value: number | null;
  readonly stderr: number | null;
}

function Observables({ rows }: { rows: readonly ObservableRow[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Observable</th>
          <th scope="col" className="right">
            Value
          </th>
          <th scope="col" className="right">
            Standard error
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.observable}>
            <td className="mono">{row.observable}</td>
            <td className="right">{formatNumber(row.value, 6)}</td>
            <td className="right">{formatNumber(row.stderr, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every single figure of the result, whatever its kind. */
function Scalars({ value }: { value: unknown }) {
  const rows = scalarsOf(value);
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>All figures</summary>
      <dl className="facts">
        {rows.map(([name, text]) => (
          <div key={name} className="facts-row">
            <dt>{name}</dt>
            <dd className="number">{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
