import { formatBytes } from '#shared/base/format-bytes.ts';
import { formatCost, formatSeconds } from '#renderer/lib/format.ts';
import type { SpecCheck } from '#renderer/lib/use-spec-check.ts';

const count = (value: number): string => value.toLocaleString('en');

/** What the job will need, as far as it is known; while a check is on its way, of the spec before. */
export function ForecastPart({ check }: { check: SpecCheck }) {
  const { forecast, isChecking, failure } = check;
  return (
    <section className="card stack" aria-label="Forecast" aria-busy={isChecking}>
      <h3>Forecast</h3>
      {forecast === null ? (
        <p className="muted">
          {failure !== null
            ? 'There is none: the spec could not be checked.'
            : isChecking
              ? 'Computing…'
              : 'It stands here as soon as the spec has no faults.'}
        </p>
      ) : (
        <>
          <dl className={isChecking ? 'facts muted' : 'facts'}>
            <Fact
              title="Time"
              value={forecast.seconds}
              print={(s) => `about ${formatSeconds(s)}`}
            />
            <Fact title="Memory" value={forecast.memoryBytes} print={formatBytes} />
            <Fact title="Circuits" value={forecast.circuits} print={count} />
            <Fact
              title="Shots"
              value={forecast.shots}
              print={(n) => (n === 0 ? 'none: exact' : count(n))}
            />
            <Fact
              title="Cost"
              value={forecast.cost}
              print={(c) => (c === 0 ? 'free' : formatCost(c))}
            />
          </dl>
          <p className="field-help">{forecast.basis}</p>
        </>
      )}
    </section>
  );
}

interface FactProps {
  readonly title: string;
  readonly value: number | null;
  readonly print: (value: number) => string;
}

function Fact({ title, value, print }: FactProps) {
  return (
    <>
      <dt>{title}</dt>
      <dd className="number">
        {value === null ? <span className="muted">not known</span> : print(value)}
      </dd>
    </>
  );
}
