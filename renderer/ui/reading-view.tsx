import type { Fact, Headline, Reading } from '#shared/results/reading.ts';
import { formatEstimate, formatNumber, formatPercent } from '#renderer/lib/format.ts';
import { turned } from '#renderer/lib/histogram-rows.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Badge } from './badge.tsx';
import { DataTableView } from './data-table-view.tsx';
import { FigureView } from './figure-view.tsx';

/** A result of any kind: its headline, what stands beside it, tables and figures. */
export function ReadingView({ reading, name }: { reading: Reading; name: string }) {
  const { headline, chosen = [], facts, notes, tables, figures } = reading;
  const details = tables.filter(({ isDetail }) => isDetail === true);
  return (
    <>
      {notes.map(({ tone, text }) => (
        <p key={text} className={tone === 'warning' ? 'note note-warn' : 'note'}>
          {text}
        </p>
      ))}
      <div className="reading-head">
        <dl className="figures">
          <HeadlineView headline={headline} />
          {facts.map((fact) => (
            <FactView key={fact.title} fact={fact} />
          ))}
        </dl>
        {chosen.length === 0 ? null : (
          <ul className="reading-chosen" aria-label="Chosen">
            {chosen.map((one) => (
              <li key={one}>
                <Badge tone="accent">{one}</Badge>
              </li>
            ))}
          </ul>
        )}
      </div>
      {tables
        .filter(({ isDetail }) => isDetail !== true)
        .map((table) => (
          <DataTableView key={table.id} table={table} name={name} />
        ))}
      {figures.length === 0 ? null : (
        <div className="reading-figures">
          {figures.map((figure) => (
            <FigureView key={figure.id} figure={figure} name={name} />
          ))}
        </div>
      )}
      {details.map((table) => (
        <details key={table.id}>
          <summary>{table.title}</summary>
          <DataTableView table={table} name={name} />
        </details>
      ))}
    </>
  );
}

function HeadlineView({ headline }: { headline: Headline }) {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const { title, bits } = headline;
  return (
    <div data-testid="headline">
      <dt>
        {title}
        {bits === undefined ? null : <span className="mono"> {turned(bits, bitOrder)}</span>}
      </dt>
      <dd className="number reading-headline">{textOfFact(headline)}</dd>
    </div>
  );
}

function FactView({ fact }: { fact: Fact }) {
  return (
    <div>
      <dt>{fact.title}</dt>
      <dd className="number">
        {textOfFact(fact)}
        {fact.praise === undefined ? null : (
          <>
            {' '}
            <Badge tone="good">{fact.praise}</Badge>
          </>
        )}
      </dd>
    </div>
  );
}

/** "0.802 ± 0.014", "75.0 %"; the error is left out where there is none. */
function textOfFact({ value, unit = '' }: Fact): string {
  const estimate = typeof value === 'number' ? { value, stderr: null } : value;
  const { stderr } = estimate;
  if (Number.isNaN(estimate.value)) return '–';
  const hasError = stderr !== null && Number.isFinite(stderr) && stderr > 0;
  if (unit === '%') {
    return `${formatPercent(estimate.value)}${hasError ? ` ± ${formatPercent(stderr)}` : ''}`;
  }
  const text = hasError ? formatEstimate(estimate.value, stderr) : formatNumber(estimate.value, 6);
  return unit === '' ? text : `${text} ${unit}`;
}
