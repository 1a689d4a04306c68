import { goToPath } from '#renderer/lib/job-draft-store.ts';
import { countOf } from '#renderer/lib/format.ts';
import type { SpecCheck } from '#renderer/lib/use-spec-check.ts';
import { Button } from '#renderer/ui/button.tsx';

interface Props {
  readonly errors: SpecCheck['errors'];
  readonly failure: SpecCheck['failure'];
  /** Lines of the JSON by path; null in the form, where faults are named by their path. */
  readonly lineOf: ((path: string) => number) | null;
}

/** Everything that has to be mended, each with a link that leads to its field or its line. */
export function FaultsPart({ errors, failure, lineOf }: Props) {
  const faults = Object.entries(errors);
  if (failure !== null) {
    return (
      <p className="note note-bad" role="alert">
        {failure.message}
      </p>
    );
  }
  if (faults.length === 0) return null;
  return (
    <section className="card stack faults" aria-label="What has to be mended">
      <h3>{countOf(faults.length, 'fault')} to mend</h3>
      <ul>
        {faults.map(([path, message]) => (
          <li key={path}>
            <Button tone="quiet" className="fault" onClick={() => goToPath(path)}>
              <strong>{lineOf === null ? path || 'Spec' : `Line ${lineOf(path)}`}</strong>
              <span>{message}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
